CREATE TABLE "case_words" (
	"tenant_id" uuid NOT NULL,
	"word" "bytea" NOT NULL,
	"case_id" uuid NOT NULL,
	CONSTRAINT "case_words_pk" PRIMARY KEY("tenant_id","word","case_id")
);
--> statement-breakpoint
ALTER TABLE "case_words" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "cases_by_subject";--> statement-breakpoint
DROP INDEX "cases_by_words";--> statement-breakpoint
CREATE INDEX "subject_requests_open_by_due" ON "subject_requests" USING btree ("tenant_id","due_on","id") WHERE "subject_requests"."state" in ('received', 'awaiting_verification', 'verified', 'awaiting_clarification', 'in_fulfilment', 'in_review');--> statement-breakpoint
CREATE INDEX "subject_requests_by_right" ON "subject_requests" USING btree ("tenant_id","subject_right","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "subject_requests_by_regime" ON "subject_requests" USING btree ("tenant_id","regime","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
-- The words of the cases that are there move along; their owner is held back by row security while it is forced.
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO case_words (tenant_id, word, case_id) SELECT DISTINCT tenant_id, word, id FROM cases, unnest(search_words) word;--> statement-breakpoint
ALTER TABLE cases FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cases" DROP COLUMN "search_words";--> statement-breakpoint
CREATE POLICY "tenant_only" ON "case_words" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));