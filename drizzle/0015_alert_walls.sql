-- What staff were alerted of stays as it was raised; only that they were told is added.
ALTER TABLE alerts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (told_at) ON alerts TO habeas_app;
--> statement-breakpoint
-- The worker looks after every tenant, so it has to know of each; of what they are called and sealed with it knows nothing.
GRANT SELECT (id) ON tenants TO habeas_worker;
