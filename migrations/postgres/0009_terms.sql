CREATE TABLE "terms" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"value" text collate "C" NOT NULL,
	"changed_by" bigint NOT NULL,
	"second_id" bigint,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "admin_actions" DROP CONSTRAINT "admin_actions_kind";--> statement-breakpoint
ALTER TABLE "admin_actions" DROP CONSTRAINT "admin_actions_positive";--> statement-breakpoint
ALTER TABLE "admin_actions" ADD CONSTRAINT "admin_actions_kind" CHECK ("admin_actions"."kind" in ('credit', 'debit', 'approve', 'review_credit', 'suspense_credit', 'bill_refund', 'bill_paid', 'bill_unpaid', 'taken_back', 'term'));--> statement-breakpoint
ALTER TABLE "admin_actions" ADD CONSTRAINT "admin_actions_positive" CHECK ("admin_actions"."amount_tiyin" > 0 or "admin_actions"."kind" = 'term');