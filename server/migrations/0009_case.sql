ALTER TABLE "code" ADD COLUMN "direct_call" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "scheduled_for" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "stars" real;