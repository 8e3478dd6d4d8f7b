CREATE TABLE "home_accounts" (
	"saved_id" bigint PRIMARY KEY NOT NULL,
	"home_id" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "home_invitations" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"home_id" text collate "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_by" bigint
);
--> statement-breakpoint
CREATE TABLE "home_members" (
	"home_id" text collate "C" NOT NULL,
	"user_id" bigint NOT NULL,
	"joined_at" bigint NOT NULL,
	CONSTRAINT "home_members_home_id_user_id_pk" PRIMARY KEY("home_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "homes" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"name" text collate "C" NOT NULL,
	"is_told" boolean DEFAULT false NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "homes_name" CHECK (length("homes"."name") > 0)
);
--> statement-breakpoint
CREATE INDEX "home_accounts_home" ON "home_accounts" USING btree ("home_id");--> statement-breakpoint
CREATE INDEX "home_invitations_home" ON "home_invitations" USING btree ("home_id","expires_at");--> statement-breakpoint
CREATE INDEX "home_members_user" ON "home_members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "homes_user" ON "homes" USING btree ("user_id");