CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`may_be_negative` integer NOT NULL,
	`balance_tiyin` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "accounts_not_negative" CHECK("accounts"."may_be_negative" = 1 or "accounts"."balance_tiyin" >= 0),
	CONSTRAINT "accounts_exact" CHECK(abs("accounts"."balance_tiyin") <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE `admin_actions` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`kind` text NOT NULL,
	`amount_tiyin` integer NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "admin_actions_kind" CHECK("admin_actions"."kind" in ('credit', 'debit')),
	CONSTRAINT "admin_actions_state" CHECK("admin_actions"."state" in ('asked', 'done', 'dropped')),
	CONSTRAINT "admin_actions_positive" CHECK("admin_actions"."amount_tiyin" > 0)
);
--> statement-breakpoint
CREATE TABLE `alarms` (
	`key` text PRIMARY KEY NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`told_at` integer NOT NULL,
	`silent` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `conversation_states` (
	`key` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`body_hash` text NOT NULL,
	`kind` text NOT NULL,
	`actor` text NOT NULL,
	`reason` text,
	`reverses` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entries_key` ON `entries` (`key`);--> statement-breakpoint
CREATE UNIQUE INDEX `entries_reverses` ON `entries` (`reverses`);--> statement-breakpoint
CREATE TABLE `holds` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`amount_tiyin` integer NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "holds_state" CHECK("holds"."state" in ('held', 'captured', 'released')),
	CONSTRAINT "holds_positive" CHECK("holds"."amount_tiyin" > 0)
);
--> statement-breakpoint
CREATE INDEX `holds_user` ON `holds` (`user_id`,`state`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`update_id` integer PRIMARY KEY NOT NULL,
	`lane` integer NOT NULL,
	`update` text NOT NULL,
	`received_at` integer NOT NULL,
	`done_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` integer NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `inbox_waiting` ON `inbox` (`lane`,`update_id`) WHERE "inbox"."done_at" is null;--> statement-breakpoint
CREATE INDEX `inbox_done` ON `inbox` (`done_at`);--> statement-breakpoint
CREATE TABLE `lines` (
	`entry_id` integer NOT NULL,
	`position` integer NOT NULL,
	`account_id` text NOT NULL,
	`amount_tiyin` integer NOT NULL,
	PRIMARY KEY(`entry_id`, `position`),
	FOREIGN KEY (`entry_id`) REFERENCES `entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "lines_not_zero" CHECK("lines"."amount_tiyin" <> 0)
);
--> statement-breakpoint
CREATE INDEX `lines_account` ON `lines` (`account_id`,`entry_id`);--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`chat_id` integer NOT NULL,
	`kind` text NOT NULL,
	`params` text NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`due_at` integer NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	CONSTRAINT "outbox_state" CHECK("outbox"."state" in ('waiting', 'sent', 'dropped', 'parked'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`) WHERE "outbox"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX `outbox_chat` ON `outbox` (`chat_id`,`id`);--> statement-breakpoint
CREATE TABLE `provider_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`provider` text NOT NULL,
	`topup_id` text NOT NULL,
	`body` text NOT NULL,
	`body_hash` text NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `provider_events_once` ON `provider_events` (`topup_id`,`body_hash`);--> statement-breakpoint
CREATE INDEX `provider_events_received` ON `provider_events` (`received_at`);--> statement-breakpoint
CREATE TABLE `provider_requests` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`provider` text NOT NULL,
	`priority` text NOT NULL,
	`sent_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `provider_requests_sent` ON `provider_requests` (`provider`,`sent_at`);--> statement-breakpoint
CREATE TABLE `provider_states` (
	`provider` text PRIMARY KEY NOT NULL,
	`paused_at` integer,
	`rest_until` integer DEFAULT 0 NOT NULL,
	`rate_limited_until` integer DEFAULT 0 NOT NULL,
	`failures_in_a_row` integer DEFAULT 0 NOT NULL,
	`last_problem` text,
	`last_problem_detail` text,
	`last_problem_at` integer,
	`last_answer_at` integer
);
--> statement-breakpoint
CREATE TABLE `taken_sums` (
	`provider` text NOT NULL,
	`card_key` text NOT NULL,
	`amount_tiyin` integer NOT NULL,
	`topup_id` text NOT NULL,
	`free_at` integer,
	PRIMARY KEY(`provider`, `card_key`, `amount_tiyin`)
);
--> statement-breakpoint
CREATE INDEX `taken_sums_topup` ON `taken_sums` (`topup_id`);--> statement-breakpoint
CREATE INDEX `taken_sums_free` ON `taken_sums` (`free_at`);--> statement-breakpoint
CREATE TABLE `topup_history` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`topup_id` text NOT NULL,
	`at` integer NOT NULL,
	`to_state` text NOT NULL,
	`cause` text NOT NULL,
	`note` text,
	FOREIGN KEY (`topup_id`) REFERENCES `topups`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `topup_history_topup` ON `topup_history` (`topup_id`);--> statement-breakpoint
CREATE TABLE `topups` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`provider` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`base_tiyin` integer NOT NULL,
	`amount_tiyin` integer NOT NULL,
	`paid_tiyin` integer,
	`method` text,
	`order_code` text NOT NULL,
	`provider_order` text,
	`pay_url` text,
	`card_key` text,
	`card_number` text,
	`card_holder` text,
	`receipt_url` text,
	`screen_message_id` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	`paid_at` integer,
	`due_at` integer,
	`urgency` integer DEFAULT 1 NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`checked_at` integer,
	`checks` integer DEFAULT 0 NOT NULL,
	`last_problem` text,
	`cancel_wanted` integer DEFAULT false NOT NULL,
	CONSTRAINT "topups_state" CHECK("topups"."state" in ('creating', 'waiting', 'paid', 'expired', 'cancelled', 'failed', 'review', 'refused')),
	CONSTRAINT "topups_amount" CHECK("topups"."amount_tiyin" > 0 and "topups"."base_tiyin" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `topups_order_code` ON `topups` (`order_code`);--> statement-breakpoint
CREATE UNIQUE INDEX `topups_provider_order` ON `topups` (`provider`,`provider_order`);--> statement-breakpoint
CREATE UNIQUE INDEX `topups_one_live` ON `topups` (`user_id`,`provider`) WHERE "topups"."state" in ('creating', 'waiting');--> statement-breakpoint
CREATE INDEX `topups_due` ON `topups` (`provider`,`urgency`,`due_at`) WHERE "topups"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `topups_live` ON `topups` (`state`,`expires_at`) WHERE "topups"."state" in ('creating', 'waiting', 'review');--> statement-breakpoint
CREATE INDEX `topups_user` ON `topups` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY NOT NULL,
	`first_name` text DEFAULT '' NOT NULL,
	`last_name` text DEFAULT '' NOT NULL,
	`username` text,
	`language` text,
	`telegram_language` text,
	`blocked_at` integer,
	`unreachable_at` integer,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `users_username` ON `users` (`username`);