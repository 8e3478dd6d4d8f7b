CREATE TABLE `terms` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`changed_by` integer NOT NULL,
	`second_id` integer,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_admin_actions` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text,
	`amount_tiyin` integer NOT NULL,
	`before_tiyin` integer,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`second_id` integer,
	`created_at` integer NOT NULL,
	`pending_at` integer,
	`ended_at` integer,
	CONSTRAINT "admin_actions_kind" CHECK("__new_admin_actions"."kind" in ('credit', 'debit', 'approve', 'review_credit', 'suspense_credit', 'bill_refund', 'bill_paid', 'bill_unpaid', 'taken_back', 'term')),
	CONSTRAINT "admin_actions_state" CHECK("__new_admin_actions"."state" in ('asked', 'pending', 'done', 'dropped', 'expired')),
	CONSTRAINT "admin_actions_positive" CHECK("__new_admin_actions"."amount_tiyin" > 0 or "__new_admin_actions"."kind" = 'term'),
	CONSTRAINT "admin_actions_two" CHECK("__new_admin_actions"."second_id" is null or "__new_admin_actions"."second_id" <> "__new_admin_actions"."owner_id")
);
--> statement-breakpoint
INSERT INTO `__new_admin_actions`("id", "owner_id", "user_id", "kind", "subject", "amount_tiyin", "before_tiyin", "reason", "state", "second_id", "created_at", "pending_at", "ended_at") SELECT "id", "owner_id", "user_id", "kind", "subject", "amount_tiyin", "before_tiyin", "reason", "state", "second_id", "created_at", "pending_at", "ended_at" FROM `admin_actions`;--> statement-breakpoint
DROP TABLE `admin_actions`;--> statement-breakpoint
ALTER TABLE `__new_admin_actions` RENAME TO `admin_actions`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `admin_actions_pending` ON `admin_actions` (`created_at`) WHERE "admin_actions"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `admin_actions_user` ON `admin_actions` (`user_id`,`created_at`);