CREATE TABLE "requests" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"kind" text collate "C" NOT NULL,
	"service_id" text collate "C",
	"service_name" text collate "C",
	"account" text collate "C",
	"labels" text collate "C",
	"amount_tiyin" bigint NOT NULL,
	"state" text collate "C" NOT NULL,
	"payer_id" bigint,
	"bill_id" text collate "C",
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "requests_state" CHECK ("requests"."state" in ('open', 'paying', 'paid', 'withdrawn')),
	CONSTRAINT "requests_kind" CHECK (("requests"."kind" = 'balance' and "requests"."service_id" is null) or ("requests"."kind" = 'bill' and "requests"."service_id" is not null)),
	CONSTRAINT "requests_payer" CHECK (("requests"."state" in ('paying', 'paid')) = ("requests"."payer_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "bills" ADD COLUMN "request_id" text collate "C";--> statement-breakpoint
CREATE INDEX "requests_user" ON "requests" USING btree ("user_id","created_at");