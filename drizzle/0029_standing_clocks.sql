ALTER TABLE "messages" ADD COLUMN "received_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subject_requests" ADD COLUMN "due_on_while_paused" date;