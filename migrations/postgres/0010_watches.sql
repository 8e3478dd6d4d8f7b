CREATE TABLE "watches" (
	"saved_id" bigint PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"day" bigint NOT NULL,
	"threshold_tiyin" bigint NOT NULL,
	"period" text collate "C" NOT NULL,
	"look_day" text collate "C" NOT NULL,
	"due_at" bigint NOT NULL,
	"lease_until" bigint DEFAULT 0 NOT NULL,
	"tries" bigint DEFAULT 0 NOT NULL,
	"looked_at" bigint,
	"looked_period" text collate "C",
	"owed_tiyin" bigint,
	"is_missed" boolean DEFAULT false NOT NULL,
	"tell_day" text collate "C",
	"created_at" bigint NOT NULL,
	CONSTRAINT "watches_day" CHECK ("watches"."day" between 1 and 31),
	CONSTRAINT "watches_threshold" CHECK ("watches"."threshold_tiyin" >= 0)
);
--> statement-breakpoint
CREATE INDEX "watches_user" ON "watches" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "watches_due" ON "watches" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "watches_tell" ON "watches" USING btree ("tell_day") WHERE "watches"."tell_day" is not null;