CREATE TABLE "screenshot" (
	"session_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"of" jsonb NOT NULL,
	"author" jsonb NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"erased_at" timestamp (3) with time zone,
	CONSTRAINT "screenshot_session_id_id_pk" PRIMARY KEY("session_id","id"),
	CONSTRAINT "screenshot_number" UNIQUE("session_id","number")
);
--> statement-breakpoint
CREATE TABLE "screenshot_version" (
	"session_id" uuid NOT NULL,
	"screenshot_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"author" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"drawings" jsonb NOT NULL,
	"blurred" boolean NOT NULL,
	"picture_of" integer NOT NULL,
	"picture_type" text NOT NULL,
	"painted_type" text NOT NULL,
	"thumbnail_type" text NOT NULL,
	CONSTRAINT "screenshot_version_session_id_screenshot_id_number_pk" PRIMARY KEY("session_id","screenshot_id","number")
);
--> statement-breakpoint
ALTER TABLE "screenshot" ADD CONSTRAINT "screenshot_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "screenshot_version" ADD CONSTRAINT "screenshot_version_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "screenshot_version" ADD CONSTRAINT "screenshot_version_session_id_screenshot_id_screenshot_session_id_id_fk" FOREIGN KEY ("session_id","screenshot_id") REFERENCES "public"."screenshot"("session_id","id") ON DELETE cascade ON UPDATE no action;