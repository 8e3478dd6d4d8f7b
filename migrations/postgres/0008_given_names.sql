CREATE TABLE "given_names" (
	"kind" text collate "C" NOT NULL,
	"key" text collate "C" NOT NULL,
	"language" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "given_names_kind_key_language_pk" PRIMARY KEY("kind","key","language")
);
