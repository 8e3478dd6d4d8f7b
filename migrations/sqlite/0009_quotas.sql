CREATE TABLE `quota_uses` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`action` text NOT NULL,
	`subject` text DEFAULT '' NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `quota_uses_user` ON `quota_uses` (`user_id`,`action`,`subject`,`at`);--> statement-breakpoint
CREATE INDEX `quota_uses_at` ON `quota_uses` (`at`);--> statement-breakpoint
ALTER TABLE `provider_requests` ADD `user_id` integer;