-- What the register and the checkpoints never allow, whoever asks.

ALTER TABLE checkpoint_heads FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- A checkpoint stays as it was signed.
GRANT SELECT, INSERT ON checkpoint_heads TO habeas_app;
--> statement-breakpoint

-- An entry says the same for as long as it stands, and a lifted one stays lifted: who is restricted anew is entered anew.
-- A restriction ends only after the person was told (GDPR Art. 18(3)), and told means that the letter has left.
CREATE FUNCTION register_walls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.lifted_at IS NOT NULL OR NEW.notice_at IS NOT NULL THEN
      RAISE EXCEPTION 'an entry begins standing' USING ERRCODE = 'check_violation', CONSTRAINT = 'register_entries_begin_standing';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.lifted_at IS NOT NULL THEN
    RAISE EXCEPTION 'the entry was lifted' USING ERRCODE = 'check_violation', CONSTRAINT = 'register_entries_lifted_once';
  END IF;
  IF (NEW.tenant_id, NEW.id, NEW.request_id, NEW.subject_key, NEW.kind, NEW.since_at)
       IS DISTINCT FROM (OLD.tenant_id, OLD.id, OLD.request_id, OLD.subject_key, OLD.kind, OLD.since_at)
     OR NEW.purpose IS DISTINCT FROM OLD.purpose THEN
    RAISE EXCEPTION 'an entry does not change' USING ERRCODE = 'check_violation', CONSTRAINT = 'register_entries_stay';
  END IF;
  IF NEW.lifted_at IS NOT NULL AND NEW.kind = 'restricted' AND NOT EXISTS (
    SELECT FROM letters WHERE tenant_id = NEW.tenant_id AND id = NEW.notice_letter_id AND request_id = NEW.request_id
      AND kind IN ('restriction_lift_notice', 'response') AND state = 'sent' AND sent_at <= NEW.lifted_at) THEN
    RAISE EXCEPTION 'the person was not told' USING ERRCODE = 'check_violation', CONSTRAINT = 'register_entries_told_before_lifting';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER register_walls BEFORE INSERT OR UPDATE ON register_entries FOR EACH ROW EXECUTE FUNCTION register_walls();
--> statement-breakpoint

-- What the tenant's data map calls direct marketing, for the few checks that meet an objection to it.
CREATE FUNCTION marketing_purposes(tenant uuid) RETURNS TABLE (purpose text) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT DISTINCT jsonb_array_elements_text(category->'purposes')
    FROM systems, jsonb_array_elements(systems.categories) category
    WHERE systems.tenant_id = tenant AND systems.removed_at IS NULL AND (category->>'directMarketing')::boolean;
END $$;
--> statement-breakpoint

-- The heads are written while they are read, the statement over them once all were seen.
ALTER TABLE checkpoint_heads ALTER CONSTRAINT checkpoint_heads_checkpoint_fk DEFERRABLE INITIALLY DEFERRED;
