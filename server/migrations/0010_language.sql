ALTER TABLE "device" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;