CREATE TABLE "duties" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"holder" text collate "C",
	"slot" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "processes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"beat" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bills" ADD COLUMN "holder" text collate "C";--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "holder" text collate "C";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "holder" text collate "C";--> statement-breakpoint
ALTER TABLE "topups" ADD COLUMN "holder" text collate "C";