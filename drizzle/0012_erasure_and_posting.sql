ALTER TABLE "register_entries" DROP CONSTRAINT "register_entries_told_before_lifting";--> statement-breakpoint
ALTER TABLE "inbound" ALTER COLUMN "sealed" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "posted_on" date;--> statement-breakpoint
ALTER TABLE "register_entries" ADD COLUMN "because" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "timers" ADD COLUMN "inbound_id" uuid;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "automated_decisions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_erased" CHECK (("inbound"."sealed" is null) = ("inbound"."erased_at" is not null));--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_posted" CHECK ("letters"."posted_on" is null or "letters"."state" = 'sent');--> statement-breakpoint
ALTER TABLE "register_entries" ADD CONSTRAINT "register_entries_told_before_lifting" CHECK ("register_entries"."lifted_at" is null or "register_entries"."kind" <> 'restricted' or coalesce("register_entries"."because", '') = 'request_withdrawn' or ("register_entries"."notice_at" is not null and "register_entries"."notice_at" < "register_entries"."lifted_at"));--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_erased" CHECK (("cases"."sealed_key" is null) = ("cases"."erased_at" is not null));