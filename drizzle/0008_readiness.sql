-- The service tells a balancer whether the database is of its version: it reads the list of migrations, and only reads it.
GRANT USAGE ON SCHEMA drizzle TO habeas_app;
--> statement-breakpoint
GRANT SELECT ON drizzle.__drizzle_migrations TO habeas_app;
