ALTER TABLE "frozen_picture" DROP CONSTRAINT "frozen_picture_picture_id_picture_id_fk";
--> statement-breakpoint
ALTER TABLE "drawing" DROP CONSTRAINT "drawing_pkey";--> statement-breakpoint
ALTER TABLE "picture" DROP CONSTRAINT "picture_pkey";--> statement-breakpoint
ALTER TABLE "drawing" ADD CONSTRAINT "drawing_session_id_id_pk" PRIMARY KEY("session_id","id");--> statement-breakpoint
ALTER TABLE "picture" ADD CONSTRAINT "picture_session_id_id_pk" PRIMARY KEY("session_id","id");--> statement-breakpoint
ALTER TABLE "frozen_picture" ADD CONSTRAINT "frozen_picture_session_id_picture_id_picture_session_id_id_fk" FOREIGN KEY ("session_id","picture_id") REFERENCES "public"."picture"("session_id","id") ON DELETE no action ON UPDATE no action;
