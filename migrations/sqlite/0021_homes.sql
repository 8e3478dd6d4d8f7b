CREATE TABLE `home_accounts` (
	`saved_id` integer PRIMARY KEY NOT NULL,
	`home_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `home_accounts_home` ON `home_accounts` (`home_id`);--> statement-breakpoint
CREATE TABLE `home_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`home_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_by` integer
);
--> statement-breakpoint
CREATE INDEX `home_invitations_home` ON `home_invitations` (`home_id`,`expires_at`);--> statement-breakpoint
CREATE TABLE `home_members` (
	`home_id` text NOT NULL,
	`user_id` integer NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`home_id`, `user_id`)
);
--> statement-breakpoint
CREATE INDEX `home_members_user` ON `home_members` (`user_id`);--> statement-breakpoint
CREATE TABLE `homes` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`name` text NOT NULL,
	`is_told` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "homes_name" CHECK(length("homes"."name") > 0)
);
--> statement-breakpoint
CREATE INDEX `homes_user` ON `homes` (`user_id`);