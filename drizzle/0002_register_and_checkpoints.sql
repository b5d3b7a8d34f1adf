CREATE TABLE "checkpoint_heads" (
	"tenant_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"checkpoint_seq" integer NOT NULL,
	"event_seq" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "checkpoint_heads_pk" PRIMARY KEY("tenant_id","request_id","checkpoint_seq")
);
--> statement-breakpoint
ALTER TABLE "checkpoint_heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inbound" ADD COLUMN "browser_hash" "bytea";--> statement-breakpoint
ALTER TABLE "checkpoints" ADD COLUMN "statement" text NOT NULL;--> statement-breakpoint
ALTER TABLE "register_entries" ADD COLUMN "notice_letter_id" uuid;--> statement-breakpoint
ALTER TABLE "register_entries" ADD COLUMN "lifts_on" date;--> statement-breakpoint
ALTER TABLE "checkpoint_heads" ADD CONSTRAINT "checkpoint_heads_checkpoint_fk" FOREIGN KEY ("tenant_id","checkpoint_seq") REFERENCES "public"."checkpoints"("tenant_id","seq") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_entries" ADD CONSTRAINT "register_entries_notice_fk" FOREIGN KEY ("tenant_id","notice_letter_id") REFERENCES "public"."letters"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbound_by_case" ON "inbound" USING btree ("tenant_id","case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "register_entries_once" ON "register_entries" USING btree ("tenant_id","request_id","kind",coalesce(purpose, ''),"subject_key") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "register_entries_by_notice" ON "register_entries" USING btree ("tenant_id","notice_letter_id") WHERE lifted_at is null;--> statement-breakpoint
ALTER TABLE "register_entries" DROP CONSTRAINT "register_entries_pk";
--> statement-breakpoint
ALTER TABLE "register_entries" ADD CONSTRAINT "register_entries_pk" PRIMARY KEY("tenant_id","id","subject_key");--> statement-breakpoint
ALTER TABLE "register_entries" ADD CONSTRAINT "register_entries_purpose" CHECK ("register_entries"."purpose" ~ '^[a-z0-9][a-z0-9_]{0,63}$');--> statement-breakpoint
ALTER TABLE "register_entries" ADD CONSTRAINT "register_entries_notice" CHECK (("register_entries"."notice_at" is null) = ("register_entries"."notice_letter_id" is null));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "checkpoint_heads" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));