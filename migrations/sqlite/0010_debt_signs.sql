CREATE TABLE `service_rules` (
	`service_id` text PRIMARY KEY NOT NULL,
	`debt_sign` text DEFAULT 'unknown' NOT NULL,
	`said_by` integer,
	`said_at` integer,
	`seen` text NOT NULL,
	CONSTRAINT "service_rules_sign" CHECK("service_rules"."debt_sign" in ('negative', 'positive', 'unknown'))
);
