CREATE TABLE "chat_moves" (
	"from_chat_id" bigint PRIMARY KEY NOT NULL,
	"to_chat_id" bigint NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reserved_sums" (
	"card_hash" text collate "C" NOT NULL,
	"amount_tiyin" bigint NOT NULL,
	"topup_id" text collate "C" NOT NULL,
	"user_id" bigint NOT NULL,
	"free_at" bigint,
	CONSTRAINT "reserved_sums_card_hash_amount_tiyin_pk" PRIMARY KEY("card_hash","amount_tiyin")
);
--> statement-breakpoint
ALTER TABLE "admin_actions" DROP CONSTRAINT "admin_actions_kind";--> statement-breakpoint
ALTER TABLE "admin_actions" ADD COLUMN "before_tiyin" bigint;--> statement-breakpoint
ALTER TABLE "bills" ADD COLUMN "taken_back_at" bigint;--> statement-breakpoint
ALTER TABLE "topups" ADD COLUMN "card_hash" text collate "C";--> statement-breakpoint
ALTER TABLE "topups" ADD COLUMN "provider_ends_at" bigint;--> statement-breakpoint
ALTER TABLE "topups" ADD COLUMN "reported_at" bigint;--> statement-breakpoint
ALTER TABLE "topups" ADD COLUMN "reported_paid_at" bigint;--> statement-breakpoint
ALTER TABLE "topups" ADD COLUMN "taken_back_at" bigint;--> statement-breakpoint
ALTER TABLE "topups" ADD COLUMN "taken_back_tiyin" bigint;--> statement-breakpoint
ALTER TABLE "topups" ADD COLUMN "taken_back_end" text collate "C";--> statement-breakpoint
CREATE INDEX "reserved_sums_topup" ON "reserved_sums" USING btree ("topup_id");--> statement-breakpoint
CREATE INDEX "reserved_sums_free" ON "reserved_sums" USING btree ("free_at");--> statement-breakpoint
CREATE INDEX "reserved_sums_user" ON "reserved_sums" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "topups_card_sum" ON "topups" USING btree ("card_hash","amount_tiyin") WHERE "topups"."card_hash" is not null;--> statement-breakpoint
CREATE INDEX "topups_taken_back" ON "topups" USING btree ("taken_back_at") WHERE "topups"."taken_back_at" is not null;--> statement-breakpoint
ALTER TABLE "admin_actions" ADD CONSTRAINT "admin_actions_kind" CHECK ("admin_actions"."kind" in ('credit', 'debit', 'approve', 'review_credit', 'suspense_credit', 'bill_refund', 'bill_paid', 'bill_unpaid', 'taken_back'));