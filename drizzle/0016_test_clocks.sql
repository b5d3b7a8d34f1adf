CREATE TABLE "test_clocks" (
	"tenant_id" uuid NOT NULL,
	"sandbox" boolean DEFAULT true NOT NULL,
	"shown_at" timestamp with time zone NOT NULL,
	"runs_since" timestamp with time zone,
	"from_at" timestamp with time zone,
	"to_at" timestamp with time zone,
	"fired" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "test_clocks_pk" PRIMARY KEY("tenant_id"),
	CONSTRAINT "test_clocks_of_sandboxes" CHECK ("test_clocks"."sandbox"),
	CONSTRAINT "test_clocks_never_behind" CHECK ("test_clocks"."runs_since" is null or "test_clocks"."shown_at" >= "test_clocks"."runs_since"),
	CONSTRAINT "test_clocks_on_its_way" CHECK ("test_clocks"."runs_since" is not null or ("test_clocks"."to_at" is not null and "test_clocks"."shown_at" between "test_clocks"."from_at" and "test_clocks"."to_at"))
);
--> statement-breakpoint
ALTER TABLE "test_clocks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "sandbox" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD CONSTRAINT "tenants_sandbox" UNIQUE("id","sandbox");--> statement-breakpoint
ALTER TABLE "test_clocks" ADD CONSTRAINT "test_clocks_tenant_fk" FOREIGN KEY ("tenant_id","sandbox") REFERENCES "public"."tenants"("id","sandbox") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "tenant_only" ON "test_clocks" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "worker_reads_test_clocks" ON "test_clocks" AS PERMISSIVE FOR SELECT TO "habeas_worker" USING (true);