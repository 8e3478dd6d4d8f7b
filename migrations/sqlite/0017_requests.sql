CREATE TABLE `requests` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`kind` text NOT NULL,
	`service_id` text,
	`service_name` text,
	`account` text,
	`labels` text,
	`amount_tiyin` integer NOT NULL,
	`state` text NOT NULL,
	`payer_id` integer,
	`bill_id` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "requests_state" CHECK("requests"."state" in ('open', 'paying', 'paid', 'withdrawn')),
	CONSTRAINT "requests_kind" CHECK(("requests"."kind" = 'balance' and "requests"."service_id" is null) or ("requests"."kind" = 'bill' and "requests"."service_id" is not null)),
	CONSTRAINT "requests_payer" CHECK(("requests"."state" in ('paying', 'paid')) = ("requests"."payer_id" is not null))
);
--> statement-breakpoint
CREATE INDEX `requests_user` ON `requests` (`user_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `bills` ADD `request_id` text;