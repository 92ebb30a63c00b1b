CREATE TABLE "direct_call" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"code_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"language" text NOT NULL,
	"called_at" timestamp (3) with time zone NOT NULL,
	"rings_until" timestamp (3) with time zone NOT NULL,
	"is_ringing" boolean DEFAULT true NOT NULL,
	"answered_by" uuid,
	"request_session_id" uuid
);
--> statement-breakpoint
CREATE TABLE "direct_call_ring" (
	"session_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"has_declined" boolean DEFAULT false NOT NULL,
	CONSTRAINT "direct_call_ring_session_id_member_id_pk" PRIMARY KEY("session_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "member_availability" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"chosen" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "direct_call" ADD CONSTRAINT "direct_call_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "direct_call" ADD CONSTRAINT "direct_call_code_id_code_id_fk" FOREIGN KEY ("code_id") REFERENCES "public"."code"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "direct_call" ADD CONSTRAINT "direct_call_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."device"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "direct_call" ADD CONSTRAINT "direct_call_answered_by_member_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "direct_call" ADD CONSTRAINT "direct_call_request_session_id_session_id_fk" FOREIGN KEY ("request_session_id") REFERENCES "public"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "direct_call_ring" ADD CONSTRAINT "direct_call_ring_session_id_direct_call_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."direct_call"("session_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "direct_call_ring" ADD CONSTRAINT "direct_call_ring_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_availability" ADD CONSTRAINT "member_availability_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "direct_call_ringing" ON "direct_call" USING btree ("is_ringing");--> statement-breakpoint
CREATE INDEX "direct_call_device" ON "direct_call" USING btree ("device_id");