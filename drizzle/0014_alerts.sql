CREATE TABLE "alerts" (
	"tenant_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"about_on" date NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone,
	CONSTRAINT "alerts_pk" PRIMARY KEY("tenant_id","request_id","kind","about_on"),
	CONSTRAINT "alerts_kind" CHECK ("alerts"."kind" like 'alert:%')
);
--> statement-breakpoint
ALTER TABLE "alerts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "timers_due";--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_request_fk" FOREIGN KEY ("tenant_id","request_id") REFERENCES "public"."subject_requests"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_to_tell" ON "alerts" USING btree ("tenant_id") WHERE told_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "timers_one_digest" ON "timers" USING btree ("tenant_id") WHERE kind = 'digest' and fired_at is null;--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("due_at","tenant_id","id") WHERE fired_at is null;--> statement-breakpoint
CREATE POLICY "worker_knows_of_each" ON "tenants" AS PERMISSIVE FOR SELECT TO "habeas_worker" USING (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "alerts" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));