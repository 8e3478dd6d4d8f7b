CREATE TABLE `watches` (
	`saved_id` integer PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`day` integer NOT NULL,
	`threshold_tiyin` integer NOT NULL,
	`period` text NOT NULL,
	`look_day` text NOT NULL,
	`due_at` integer NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`looked_at` integer,
	`looked_period` text,
	`owed_tiyin` integer,
	`is_missed` integer DEFAULT false NOT NULL,
	`tell_day` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "watches_day" CHECK("watches"."day" between 1 and 31),
	CONSTRAINT "watches_threshold" CHECK("watches"."threshold_tiyin" >= 0)
);
--> statement-breakpoint
CREATE INDEX `watches_user` ON `watches` (`user_id`);--> statement-breakpoint
CREATE INDEX `watches_due` ON `watches` (`due_at`);--> statement-breakpoint
CREATE INDEX `watches_tell` ON `watches` (`tell_day`) WHERE "watches"."tell_day" is not null;