CREATE TABLE `message_places` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`chat_id` integer NOT NULL,
	`message_id` integer NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `message_places_once` ON `message_places` (`chat_id`,`message_id`);--> statement-breakpoint
CREATE INDEX `message_places_subject` ON `message_places` (`subject`);--> statement-breakpoint
CREATE INDEX `message_places_at` ON `message_places` (`at`);--> statement-breakpoint
CREATE TABLE `ticket_messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ticket_id` text NOT NULL,
	`staff_id` integer,
	`chat_id` integer NOT NULL,
	`message_id` integer NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`ticket_id`) REFERENCES `tickets`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ticket_messages_kind" CHECK("ticket_messages"."kind" in ('text', 'photo', 'document'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ticket_messages_once` ON `ticket_messages` (`chat_id`,`message_id`);--> statement-breakpoint
CREATE INDEX `ticket_messages_ticket` ON `ticket_messages` (`ticket_id`,`id`);--> statement-breakpoint
CREATE TABLE `tickets` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`about` text DEFAULT '' NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`waiting_since` integer,
	`answered_at` integer,
	`closed_at` integer,
	`closed_by` integer,
	CONSTRAINT "tickets_state" CHECK("tickets"."state" in ('open', 'answered', 'closed')),
	CONSTRAINT "tickets_turn" CHECK(("tickets"."state" = 'open') = ("tickets"."waiting_since" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tickets_one_open` ON `tickets` (`user_id`,`about`) WHERE "tickets"."state" in ('open', 'answered');--> statement-breakpoint
CREATE INDEX `tickets_waiting` ON `tickets` (`waiting_since`) WHERE "tickets"."waiting_since" is not null;--> statement-breakpoint
CREATE INDEX `tickets_user` ON `tickets` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `tickets_created` ON `tickets` (`created_at`);