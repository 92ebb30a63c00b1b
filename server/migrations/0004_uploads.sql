CREATE TABLE "upload" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"purpose" text NOT NULL,
	"metadata" jsonb NOT NULL,
	"session_id" uuid NOT NULL,
	"size" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_byte_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "upload_by_owner" ON "upload" USING btree ("owner","last_byte_at");