CREATE TABLE `auto_payments` (
	`user_id` integer NOT NULL,
	`account_key` text NOT NULL,
	`period` text NOT NULL,
	`saved_id` integer NOT NULL,
	`pay_day` text NOT NULL,
	`owed_tiyin` integer NOT NULL,
	`amount_tiyin` integer,
	`fee_tiyin` integer,
	`state` text NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`due_at` integer NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`user_id`, `account_key`, `period`),
	CONSTRAINT "auto_payments_state" CHECK("auto_payments"."state" in ('announced', 'going', 'paid', 'failed', 'skipped')),
	CONSTRAINT "auto_payments_positive" CHECK("auto_payments"."owed_tiyin" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `auto_payments_once` ON `auto_payments` (`account_key`,`period`) WHERE "auto_payments"."state" in ('going', 'paid');--> statement-breakpoint
CREATE INDEX `auto_payments_open` ON `auto_payments` (`due_at`) WHERE "auto_payments"."state" in ('announced', 'going');--> statement-breakpoint
CREATE INDEX `auto_payments_ended` ON `auto_payments` (`ended_at`);--> statement-breakpoint
ALTER TABLE `watches` ADD `auto_cap_tiyin` integer;--> statement-breakpoint
ALTER TABLE `watches` ADD `auto_owner` text;--> statement-breakpoint
ALTER TABLE `watches` ADD `auto_failures` integer DEFAULT 0 NOT NULL;