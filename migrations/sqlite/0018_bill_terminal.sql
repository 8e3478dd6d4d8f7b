ALTER TABLE `bills` ADD `terminal` text;--> statement-breakpoint
ALTER TABLE `bills` ADD `merchant` text;