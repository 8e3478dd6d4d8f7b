CREATE TABLE "auto_payments" (
	"user_id" bigint NOT NULL,
	"account_key" text collate "C" NOT NULL,
	"period" text collate "C" NOT NULL,
	"saved_id" bigint NOT NULL,
	"pay_day" text collate "C" NOT NULL,
	"owed_tiyin" bigint NOT NULL,
	"amount_tiyin" bigint,
	"fee_tiyin" bigint,
	"state" text collate "C" NOT NULL,
	"reason" text collate "C",
	"created_at" bigint NOT NULL,
	"ended_at" bigint,
	"due_at" bigint NOT NULL,
	"lease_until" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "auto_payments_user_id_account_key_period_pk" PRIMARY KEY("user_id","account_key","period"),
	CONSTRAINT "auto_payments_state" CHECK ("auto_payments"."state" in ('announced', 'going', 'paid', 'failed', 'skipped')),
	CONSTRAINT "auto_payments_positive" CHECK ("auto_payments"."owed_tiyin" > 0)
);
--> statement-breakpoint
ALTER TABLE "watches" ADD COLUMN "auto_cap_tiyin" bigint;--> statement-breakpoint
ALTER TABLE "watches" ADD COLUMN "auto_owner" text collate "C";--> statement-breakpoint
ALTER TABLE "watches" ADD COLUMN "auto_failures" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "auto_payments_once" ON "auto_payments" USING btree ("account_key","period") WHERE "auto_payments"."state" in ('going', 'paid');--> statement-breakpoint
CREATE INDEX "auto_payments_open" ON "auto_payments" USING btree ("due_at") WHERE "auto_payments"."state" in ('announced', 'going');--> statement-breakpoint
CREATE INDEX "auto_payments_ended" ON "auto_payments" USING btree ("ended_at");