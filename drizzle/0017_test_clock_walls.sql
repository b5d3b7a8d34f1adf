-- The clocks of sandboxes: whose they are, and that they only go forward.

ALTER TABLE test_clocks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON test_clocks TO habeas_app;
--> statement-breakpoint
GRANT SELECT ON test_clocks TO habeas_worker;
--> statement-breakpoint

-- A live tenant whose time can be moved, or a sandbox whose requests suddenly count, would make every date in it doubtful.
CREATE FUNCTION tenant_stays_what_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sandbox <> OLD.sandbox THEN
    RAISE EXCEPTION 'a sandbox stays one, and so does a live tenant' USING ERRCODE = 'check_violation', CONSTRAINT = 'tenants_stay_what_they_are';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER tenant_stays_what_it_is BEFORE UPDATE ON tenants FOR EACH ROW EXECUTE FUNCTION tenant_stays_what_it_is();
--> statement-breakpoint

CREATE FUNCTION test_clock_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.shown_at < OLD.shown_at OR NEW.shown_at - NEW.runs_since < OLD.shown_at - OLD.runs_since THEN
    RAISE EXCEPTION 'a test clock never goes back' USING ERRCODE = 'check_violation', CONSTRAINT = 'test_clocks_only_forward';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER test_clock_goes_forward BEFORE UPDATE ON test_clocks FOR EACH ROW EXECUTE FUNCTION test_clock_goes_forward();
--> statement-breakpoint

-- Whoever reads `hab_test_` has to be right that nothing real can come of it, and `hab_live_` that it does.
CREATE FUNCTION api_key_says_what_it_opens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF starts_with(NEW.prefix, 'hab_test_') IS DISTINCT FROM (SELECT sandbox FROM tenants WHERE id = NEW.tenant_id) THEN
    RAISE EXCEPTION 'test keys are for sandboxes, live keys for live tenants' USING ERRCODE = 'check_violation', CONSTRAINT = 'api_keys_say_what_they_open';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER api_key_says_what_it_opens BEFORE INSERT ON api_keys FOR EACH ROW EXECUTE FUNCTION api_key_says_what_it_opens();
