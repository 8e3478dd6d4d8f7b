CREATE TABLE `duties` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text,
	`slot` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `processes` (
	`id` text PRIMARY KEY NOT NULL,
	`beat` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `bills` ADD `holder` text;--> statement-breakpoint
ALTER TABLE `inbox` ADD `holder` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `holder` text;--> statement-breakpoint
ALTER TABLE `topups` ADD `holder` text;