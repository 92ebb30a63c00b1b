CREATE TABLE "session_request" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"device_id" uuid NOT NULL,
	"email" text,
	"words" text NOT NULL,
	"wished_at" timestamp (3) with time zone,
	"proposal" jsonb,
	"answered_by" uuid,
	"answered_at" timestamp (3) with time zone,
	"reason" text DEFAULT '' NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"reminded_of" timestamp (3) with time zone,
	"sequence" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "session_request" ADD CONSTRAINT "session_request_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_request" ADD CONSTRAINT "session_request_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."device"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_request" ADD CONSTRAINT "session_request_answered_by_member_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "session_request_by_expiry" ON "session_request" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "session_request_by_device" ON "session_request" USING btree ("device_id");