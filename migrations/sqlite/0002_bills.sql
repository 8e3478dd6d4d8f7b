CREATE TABLE `bill_history` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`bill_id` text NOT NULL,
	`at` integer NOT NULL,
	`to_state` text NOT NULL,
	`cause` text NOT NULL,
	`transaction_id` text,
	`note` text,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `bill_history_bill` ON `bill_history` (`bill_id`);--> statement-breakpoint
CREATE INDEX `bill_history_transaction` ON `bill_history` (`transaction_id`) WHERE "bill_history"."transaction_id" is not null;--> statement-breakpoint
CREATE TABLE `bills` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`confirmation_id` text NOT NULL,
	`service_id` text NOT NULL,
	`service_name` text NOT NULL,
	`account` text NOT NULL,
	`amount_tiyin` integer NOT NULL,
	`fee_tiyin` integer DEFAULT 0 NOT NULL,
	`source` text NOT NULL,
	`card_id` text,
	`card_mask` text,
	`state` text NOT NULL,
	`transaction_id` text,
	`reason` text,
	`hint` text,
	`otp_phone` text,
	`otp_tries` integer DEFAULT 0 NOT NULL,
	`new_codes` integer DEFAULT 0 NOT NULL,
	`payment_ref` text,
	`paid_at` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`unknown_since` integer,
	`evidence` text,
	`due_at` integer,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`checks` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "bills_state" CHECK("bills"."state" in ('held', 'created', 'drafting', 'awaiting_code', 'paying', 'unknown', 'stuck', 'paid', 'failed', 'refunded')),
	CONSTRAINT "bills_source" CHECK(("bills"."source" = 'balance' and "bills"."card_id" is null) or ("bills"."source" = 'card' and "bills"."card_id" is not null)),
	CONSTRAINT "bills_amount" CHECK("bills"."amount_tiyin" > 0 and "bills"."fee_tiyin" >= 0),
	CONSTRAINT "bills_named" CHECK("bills"."transaction_id" is not null or "bills"."state" in ('held', 'drafting', 'failed'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bills_confirmation` ON `bills` (`confirmation_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `bills_transaction` ON `bills` (`transaction_id`) WHERE "bills"."transaction_id" is not null;--> statement-breakpoint
CREATE INDEX `bills_user` ON `bills` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `bills_ended` ON `bills` (`state`,`ended_at`);--> statement-breakpoint
CREATE INDEX `bills_due` ON `bills` (`due_at`) WHERE "bills"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `bills_open` ON `bills` (`state`,`lease_until`) WHERE "bills"."state" in ('held', 'created', 'drafting', 'paying');--> statement-breakpoint
CREATE TABLE `cards` (
	`user_id` integer NOT NULL,
	`card_id` text NOT NULL,
	`mask` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `card_id`)
);
--> statement-breakpoint
CREATE TABLE `saved_accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`service_id` text NOT NULL,
	`service_name` text NOT NULL,
	`name` text NOT NULL,
	`account` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_accounts_once` ON `saved_accounts` (`user_id`,`service_id`,`account`);