-- A calendar's link is made, is used and ends. What it shows does not change under those who subscribed to it.
ALTER TABLE calendar_feeds FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (last_used_at, revoked_at) ON calendar_feeds TO habeas_app;
