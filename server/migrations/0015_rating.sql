CREATE TABLE "call_quality" (
	"participant_id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"seconds" real NOT NULL,
	"round_trip_ms" real NOT NULL,
	"loss_share" real NOT NULL,
	"frozen_seconds" real NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rating" (
	"session_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"stars" integer NOT NULL,
	"comment" text NOT NULL,
	"went_wrong" text[] NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rating_session_id_device_id_pk" PRIMARY KEY("session_id","device_id")
);
--> statement-breakpoint
ALTER TABLE "call_quality" ADD CONSTRAINT "call_quality_participant_id_participant_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_quality" ADD CONSTRAINT "call_quality_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating" ADD CONSTRAINT "rating_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating" ADD CONSTRAINT "rating_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."device"("id") ON DELETE no action ON UPDATE no action;