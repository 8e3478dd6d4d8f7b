CREATE TABLE "service_rules" (
	"service_id" text collate "C" PRIMARY KEY NOT NULL,
	"debt_sign" text collate "C" DEFAULT 'unknown' NOT NULL,
	"said_by" bigint,
	"said_at" bigint,
	"seen" text collate "C" NOT NULL,
	CONSTRAINT "service_rules_sign" CHECK ("service_rules"."debt_sign" in ('negative', 'positive', 'unknown'))
);
