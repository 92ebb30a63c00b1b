ALTER TABLE "member" ADD COLUMN "may_record" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "policies" jsonb;