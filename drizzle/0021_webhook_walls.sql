-- Who may touch webhooks, what is promised to them, and the order in which everything is told.
ALTER TABLE webhooks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE webhook_deliveries FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON webhooks TO habeas_app;
--> statement-breakpoint
-- What ended a while ago is thrown away: the history tells what happened, this only whether it was heard.
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_deliveries TO habeas_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON feed TO habeas_app;
--> statement-breakpoint

-- Transaction ids order the feed. A dump that is restored into another cluster meets ids there that are lower than those it holds:
-- the migration then counts this one up, so that whatever comes goes on after what was there (src/storage/feed-epoch.ts).
CREATE FUNCTION feed_epoch() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT 1::bigint';
--> statement-breakpoint
-- Where an entry that is written now stands in the feed: not before its own transaction, nor before any that has ended, so that what
-- one request lived through stays in its order. A number drawn from a sequence would not do: whoever draws first may commit last.
CREATE FUNCTION feed_position() RETURNS bigint LANGUAGE sql AS $$
  SELECT (feed_epoch() << 48) + greatest(pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)
$$;
--> statement-breakpoint
-- Before this nothing can appear any more: every transaction that could write there has ended. What stands behind it waits for those
-- that have not.
CREATE FUNCTION feed_horizon() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT (feed_epoch() << 48) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint
$$;
--> statement-breakpoint

-- What was there before comes first, in the order of its time. Its owner is held back by row security while that is forced.
ALTER TABLE events NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO feed (tenant_id, position, request_id, seq)
  SELECT tenant_id, row_number() OVER (ORDER BY at, request_id, seq), request_id, seq FROM events;
--> statement-breakpoint
ALTER TABLE events FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE feed FORCE ROW LEVEL SECURITY;
--> statement-breakpoint

-- Every entry gets its place in the feed, and is promised to whoever wants to hear of it, in the transaction that writes it. No
-- writer can forget it. Where nobody listens, that is one look at an index. The jobs have no key: two transactions that promised
-- under one would wait for each other.
CREATE FUNCTION announce_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  place bigint := feed_position();
  jobs json;
BEGIN
  INSERT INTO feed (tenant_id, position, request_id, seq) SELECT tenant_id, place, request_id, seq FROM fresh;

  IF NOT EXISTS (SELECT FROM webhooks WHERE tenant_id = (SELECT tenant_id FROM fresh LIMIT 1) AND enabled) THEN
    RETURN NULL;
  END IF;
  WITH promised AS (
    INSERT INTO webhook_deliveries (tenant_id, id, webhook_id, kind, position, request_id, seq, state, next_try_at, created_at)
      SELECT w.tenant_id, gen_random_uuid(), w.id, e.kind, place, e.request_id, e.seq, 'pending', e.at, e.at
        FROM fresh e JOIN webhooks w ON w.tenant_id = e.tenant_id AND w.enabled AND (w.kinds IS NULL OR e.kind = ANY (w.kinds))
      RETURNING tenant_id, webhook_id)
  SELECT json_agg(json_build_object('kind', 'deliver_webhooks', 'payload', json_build_object('tenantId', tenant_id, 'webhookId', webhook_id)))
    INTO jobs FROM (SELECT DISTINCT tenant_id, webhook_id FROM promised) each_once;
  IF jobs IS NOT NULL THEN
    PERFORM promise(jobs);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER announce_events AFTER INSERT ON events REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION announce_events();
