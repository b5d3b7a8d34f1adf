CREATE TABLE "feed" (
	"tenant_id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"request_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "feed_pk" PRIMARY KEY("tenant_id","position","request_id","seq")
);
--> statement-breakpoint
ALTER TABLE "feed" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"webhook_id" uuid NOT NULL,
	"kind" text,
	"position" bigint,
	"request_id" uuid,
	"seq" integer,
	"state" text NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone,
	"last_tried_at" timestamp with time zone,
	"last_status" integer,
	"last_failure" text,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "webhook_deliveries_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "webhook_deliveries_state" CHECK ("webhook_deliveries"."state" in ('pending', 'delivered', 'failed')),
	CONSTRAINT "webhook_deliveries_failure" CHECK ("webhook_deliveries"."last_failure" in ('not_taken', 'redirected', 'timed_out', 'not_resolved', 'address_refused', 'tls_failed', 'not_connected', 'disabled')),
	CONSTRAINT "webhook_deliveries_pending_or_ended" CHECK (("webhook_deliveries"."state" = 'pending') = ("webhook_deliveries"."next_try_at" is not null) and ("webhook_deliveries"."state" = 'pending') = ("webhook_deliveries"."ended_at" is null)),
	CONSTRAINT "webhook_deliveries_about_an_entry" CHECK (num_nulls("webhook_deliveries"."kind", "webhook_deliveries"."position", "webhook_deliveries"."request_id", "webhook_deliveries"."seq") in (0, 4))
);
--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "webhooks" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"description" text,
	"kinds" text[],
	"enabled" boolean NOT NULL,
	"disabled_reason" text,
	"disabled_at" timestamp with time zone,
	"sealed" "bytea",
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	"last_failure_at" timestamp with time zone,
	"rests_until" timestamp with time zone,
	"busy_until" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "webhooks_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "webhooks_disabled_reason" CHECK ("webhooks"."disabled_reason" in ('staff', 'gone', 'failing')),
	CONSTRAINT "webhooks_disabled_for_a_reason" CHECK ("webhooks"."enabled" = ("webhooks"."disabled_reason" is null) and "webhooks"."enabled" = ("webhooks"."disabled_at" is null)),
	CONSTRAINT "webhooks_forgotten_when_removed" CHECK (("webhooks"."removed_at" is null) = ("webhooks"."sealed" is not null)),
	CONSTRAINT "webhooks_silent_when_removed" CHECK (not "webhooks"."enabled" or "webhooks"."removed_at" is null)
);
--> statement-breakpoint
ALTER TABLE "webhooks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_fk" FOREIGN KEY ("tenant_id","webhook_id") REFERENCES "public"."webhooks"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_newest" ON "webhook_deliveries" USING btree ("tenant_id","webhook_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("tenant_id","webhook_id","next_try_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_ended" ON "webhook_deliveries" USING btree ("tenant_id","ended_at") WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX "webhooks_listening" ON "webhooks" USING btree ("tenant_id") WHERE enabled;--> statement-breakpoint
CREATE POLICY "tenant_only" ON "feed" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "webhook_deliveries" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "webhooks" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));