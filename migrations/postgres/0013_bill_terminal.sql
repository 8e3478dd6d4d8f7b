ALTER TABLE "bills" ADD COLUMN "terminal" text collate "C";--> statement-breakpoint
ALTER TABLE "bills" ADD COLUMN "merchant" text collate "C";