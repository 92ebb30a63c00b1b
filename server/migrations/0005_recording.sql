CREATE TABLE "recording" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"state" text NOT NULL,
	"state_since" timestamp (3) with time zone NOT NULL,
	"started_by" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"kept_days" integer,
	"ended_at" timestamp (3) with time zone,
	"ended_early" boolean DEFAULT false NOT NULL,
	"finish_asked_at" timestamp (3) with time zone,
	"duration_ms" integer,
	"bytes" bigint,
	"type" text,
	"stretches" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"erased_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "recording_consent" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"recording_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"person" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"answer" text NOT NULL,
	"wording_version" integer,
	"wording_language" text,
	"wording_text" text
);
--> statement-breakpoint
CREATE TABLE "recording_part" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recording_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"participant_id" uuid NOT NULL,
	"tab_id" uuid NOT NULL,
	"type" text NOT NULL,
	"upload_id" uuid,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"began_at" timestamp (3) with time zone,
	"last_bytes_at" timestamp (3) with time zone,
	"heard_at" timestamp (3) with time zone NOT NULL,
	"flush_until" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "recording_part_number" UNIQUE("recording_id","number")
);
--> statement-breakpoint
CREATE TABLE "recording_secret" (
	"id" integer PRIMARY KEY NOT NULL,
	"secret" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "recording" ADD CONSTRAINT "recording_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recording_consent" ADD CONSTRAINT "recording_consent_recording_id_recording_id_fk" FOREIGN KEY ("recording_id") REFERENCES "public"."recording"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recording_consent" ADD CONSTRAINT "recording_consent_participant_id_participant_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recording_part" ADD CONSTRAINT "recording_part_recording_id_recording_id_fk" FOREIGN KEY ("recording_id") REFERENCES "public"."recording"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recording_part" ADD CONSTRAINT "recording_part_participant_id_participant_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participant"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recording_by_session" ON "recording" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "recording_by_start" ON "recording" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "recording_open" ON "recording" USING btree ("state") WHERE "recording"."state" not in ('ready', 'failed', 'declined', 'erased');--> statement-breakpoint
CREATE UNIQUE INDEX "recording_is_one" ON "recording" USING btree ("session_id") WHERE "recording"."state" in ('asking', 'agreed', 'recording', 'paused', 'interrupted');--> statement-breakpoint
CREATE INDEX "recording_consent_by_recording" ON "recording_consent" USING btree ("recording_id");