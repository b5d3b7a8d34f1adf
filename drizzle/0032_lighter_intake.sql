DROP INDEX "subject_requests_by_external_id";--> statement-breakpoint
DROP INDEX "subject_requests_by_assignee";--> statement-breakpoint
DROP INDEX "timers_by_request";--> statement-breakpoint
DROP INDEX "timers_by_case";--> statement-breakpoint
CREATE INDEX "subject_requests_by_external_id" ON "subject_requests" USING btree ("tenant_id","external_id") WHERE "subject_requests"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "subject_requests_by_assignee" ON "subject_requests" USING btree ("tenant_id","assignee","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "subject_requests"."assignee" is not null;--> statement-breakpoint
CREATE INDEX "timers_by_request" ON "timers" USING btree ("tenant_id","request_id") WHERE fired_at is null and request_id is not null;--> statement-breakpoint
CREATE INDEX "timers_by_case" ON "timers" USING btree ("tenant_id","case_id") WHERE fired_at is null and case_id is not null;