CREATE TABLE `waiting_bills` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`service_id` text NOT NULL,
	`service_name` text NOT NULL,
	`account` text NOT NULL,
	`account_labels` text,
	`amount_tiyin` integer NOT NULL,
	`fee_tiyin` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`due_at` integer NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "waiting_bills_state" CHECK("waiting_bills"."state" in ('open', 'paid', 'asks', 'dropped')),
	CONSTRAINT "waiting_bills_positive" CHECK("waiting_bills"."amount_tiyin" > 0 and "waiting_bills"."fee_tiyin" >= 0)
);
--> statement-breakpoint
CREATE INDEX `waiting_bills_open` ON `waiting_bills` (`due_at`) WHERE "waiting_bills"."state" = 'open';--> statement-breakpoint
CREATE INDEX `waiting_bills_user` ON `waiting_bills` (`user_id`,`created_at`);