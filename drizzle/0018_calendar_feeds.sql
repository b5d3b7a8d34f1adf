CREATE TABLE "calendar_feeds" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"subject_right" text,
	"assignee" text,
	"dates" text[] NOT NULL,
	"locale" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "calendar_feeds_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "calendar_feeds_hash" UNIQUE("tenant_id","hash"),
	CONSTRAINT "calendar_feeds_right" CHECK ("calendar_feeds"."subject_right" in ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'withdraw_consent', 'automated_decision', 'opt_out', 'limit_use', 'complaint', 'appeal', 'information')),
	CONSTRAINT "calendar_feeds_locale" CHECK ("calendar_feeds"."locale" in ('en', 'da', 'el')),
	CONSTRAINT "calendar_feeds_dates" CHECK (cardinality("calendar_feeds"."dates") > 0 and "calendar_feeds"."dates" <@ array['dueOn', 'targetOn', 'acknowledgeBy', 'extensionNoticeBy'])
);
--> statement-breakpoint
ALTER TABLE "calendar_feeds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "subject_requests_by_answer" ON "subject_requests" USING btree ("tenant_id","responded_at") WHERE "subject_requests"."responded_at" is not null;--> statement-breakpoint
CREATE INDEX "subject_requests_by_extension" ON "subject_requests" USING btree ("tenant_id","extended_at") WHERE "subject_requests"."extended_at" is not null;--> statement-breakpoint
CREATE POLICY "tenant_only" ON "calendar_feeds" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));