CREATE TABLE `given_names` (
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`language` text NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`kind`, `key`, `language`)
);
