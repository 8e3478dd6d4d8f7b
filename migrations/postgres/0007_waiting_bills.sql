CREATE TABLE "waiting_bills" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"service_id" text collate "C" NOT NULL,
	"service_name" text collate "C" NOT NULL,
	"account" text collate "C" NOT NULL,
	"account_labels" text collate "C",
	"amount_tiyin" bigint NOT NULL,
	"fee_tiyin" bigint NOT NULL,
	"state" text collate "C" NOT NULL,
	"reason" text collate "C",
	"created_at" bigint NOT NULL,
	"ended_at" bigint,
	"due_at" bigint NOT NULL,
	"lease_until" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "waiting_bills_state" CHECK ("waiting_bills"."state" in ('open', 'paid', 'asks', 'dropped')),
	CONSTRAINT "waiting_bills_positive" CHECK ("waiting_bills"."amount_tiyin" > 0 and "waiting_bills"."fee_tiyin" >= 0)
);
--> statement-breakpoint
CREATE INDEX "waiting_bills_open" ON "waiting_bills" USING btree ("due_at") WHERE "waiting_bills"."state" = 'open';--> statement-breakpoint
CREATE INDEX "waiting_bills_user" ON "waiting_bills" USING btree ("user_id","created_at");