CREATE TABLE `broadcasts` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` integer NOT NULL,
	`content` text NOT NULL,
	`audience` text NOT NULL,
	`state` text NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`sent` integer DEFAULT 0 NOT NULL,
	`blocked` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`cursor_user_id` integer DEFAULT 0 NOT NULL,
	`up_to_user_id` integer,
	`progress_chat_id` integer,
	`progress_message_id` integer,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	CONSTRAINT "broadcasts_state" CHECK("broadcasts"."state" in ('draft', 'running', 'stopped', 'done', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE `entry_seals` (
	`entry_id` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`entry_id`) REFERENCES `entries`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reports` (
	`kind` text NOT NULL,
	`day` text NOT NULL,
	`data` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `day`)
);
--> statement-breakpoint
CREATE TABLE `staff_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`staff_id` integer NOT NULL,
	`action` text NOT NULL,
	`subject` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `staff_log_subject` ON `staff_log` (`subject`);--> statement-breakpoint
CREATE TABLE `suspense_items` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`provider` text NOT NULL,
	`amount_tiyin` integer NOT NULL,
	`kind` text NOT NULL,
	`topup_id` text,
	`note` text,
	`data` text,
	`state` text NOT NULL,
	`credited_to` integer,
	`decided_by` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "suspense_items_state" CHECK("suspense_items"."state" in ('open', 'credited', 'returned')),
	CONSTRAINT "suspense_items_positive" CHECK("suspense_items"."amount_tiyin" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `suspense_items_key` ON `suspense_items` (`key`);--> statement-breakpoint
CREATE INDEX `suspense_items_open` ON `suspense_items` (`created_at`) WHERE "suspense_items"."state" = 'open';--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_admin_actions` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text,
	`amount_tiyin` integer NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`second_id` integer,
	`created_at` integer NOT NULL,
	`pending_at` integer,
	`ended_at` integer,
	CONSTRAINT "admin_actions_kind" CHECK("__new_admin_actions"."kind" in ('credit', 'debit', 'approve', 'review_credit', 'suspense_credit', 'bill_refund', 'bill_paid', 'bill_unpaid')),
	CONSTRAINT "admin_actions_state" CHECK("__new_admin_actions"."state" in ('asked', 'pending', 'done', 'dropped', 'expired')),
	CONSTRAINT "admin_actions_positive" CHECK("__new_admin_actions"."amount_tiyin" > 0),
	CONSTRAINT "admin_actions_two" CHECK("__new_admin_actions"."second_id" is null or "__new_admin_actions"."second_id" <> "__new_admin_actions"."owner_id")
);
--> statement-breakpoint
INSERT INTO `__new_admin_actions`("id", "owner_id", "user_id", "kind", "subject", "amount_tiyin", "reason", "state", "second_id", "created_at", "pending_at", "ended_at") SELECT "id", "owner_id", "user_id", "kind", NULL, "amount_tiyin", "reason", "state", NULL, "created_at", NULL, "ended_at" FROM `admin_actions`;--> statement-breakpoint
DROP TABLE `admin_actions`;--> statement-breakpoint
ALTER TABLE `__new_admin_actions` RENAME TO `admin_actions`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `admin_actions_pending` ON `admin_actions` (`created_at`) WHERE "admin_actions"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `admin_actions_user` ON `admin_actions` (`user_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `bills` ADD `account_labels` text;--> statement-breakpoint
ALTER TABLE `bills` ADD `details` text;--> statement-breakpoint
ALTER TABLE `provider_events` ADD `source` text DEFAULT 'webhook' NOT NULL;--> statement-breakpoint
ALTER TABLE `provider_states` ADD `paused_by` text;--> statement-breakpoint
ALTER TABLE `provider_states` ADD `trial_at` integer;--> statement-breakpoint
ALTER TABLE `provider_states` ADD `facts` text;--> statement-breakpoint
ALTER TABLE `provider_states` ADD `facts_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `phone` text;--> statement-breakpoint
ALTER TABLE `users` ADD `search_text` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `users_phone` ON `users` (`phone`) WHERE "users"."phone" is not null;