CREATE TABLE "mail" (
	"id" uuid PRIMARY KEY NOT NULL,
	"content" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"failure" text,
	"failed_at" timestamp (3) with time zone,
	"given_up_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "mail_failed" ON "mail" USING btree ("failed_at");