-- As before, but: whoever says that their system is not concerned has not searched it, so that alone nothing was found.
CREATE OR REPLACE FUNCTION request_walls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.case_id <> OLD.case_id OR NEW.id <> OLD.id OR NEW.tenant_id <> OLD.tenant_id THEN
    RAISE EXCEPTION 'a request stays in its case' USING ERRCODE = 'check_violation', CONSTRAINT = 'subject_requests_stay';
  END IF;
  IF NEW.state = OLD.state THEN RETURN NEW; END IF;

  -- An erasure waits for the copy that the same person asked for. Only a proven request can make another wait.
  IF NEW.state = 'in_fulfilment' AND NEW.subject_right = 'erasure' AND EXISTS (
    SELECT FROM subject_requests other
      JOIN cases theirs ON theirs.tenant_id = other.tenant_id AND theirs.id = other.case_id
      JOIN cases mine ON mine.tenant_id = NEW.tenant_id AND mine.id = NEW.case_id
      WHERE other.tenant_id = NEW.tenant_id AND other.id <> NEW.id AND other.verified_at IS NOT NULL
        AND other.subject_right IN ('access', 'portability')
        AND other.state IN ('verified', 'awaiting_clarification', 'in_fulfilment', 'in_review')
        AND theirs.subject_keys && mine.subject_keys) THEN
    RAISE EXCEPTION 'an erasure waits for open access and portability requests' USING ERRCODE = 'check_violation', CONSTRAINT = 'erasure_waits_for_access';
  END IF;

  IF (NEW.state = 'responded'
      OR (NEW.state = 'in_review' AND OLD.state = 'in_fulfilment' AND NOT (NEW.outcome IS NOT DISTINCT FROM 'refused' AND EXISTS (
        SELECT FROM events WHERE tenant_id = NEW.tenant_id AND request_id = NEW.id AND seq = NEW.last_event_seq AND kind = 'refuse'))))
     AND EXISTS (SELECT FROM tasks WHERE tenant_id = NEW.tenant_id AND request_id = NEW.id AND state IN ('open', 'claimed', 'failed')) THEN
    RAISE EXCEPTION 'a system in scope has not answered' USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_waits_for_every_system';
  END IF;

  -- "Nothing found" says that somebody looked, and that nobody found anything.
  IF NEW.state = 'responded' AND NEW.outcome = 'nothing_found' AND (
     NOT EXISTS (SELECT FROM tasks WHERE tenant_id = NEW.tenant_id AND request_id = NEW.id AND result = 'nothing_found')
     OR EXISTS (SELECT FROM tasks WHERE tenant_id = NEW.tenant_id AND request_id = NEW.id AND result IN ('done', 'withheld'))) THEN
    RAISE EXCEPTION 'nothing found needs a search that found nothing' USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_found_was_searched';
  END IF;

  IF NEW.state = 'responded' AND NOT EXISTS (SELECT FROM responses WHERE tenant_id = NEW.tenant_id AND request_id = NEW.id AND outcome = NEW.outcome) THEN
    RAISE EXCEPTION 'an answer is on record before a request is answered' USING ERRCODE = 'check_violation', CONSTRAINT = 'responded_with_a_response';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- No entry of this kind was ever written: nobody waits for one. The owner is held back by row security while that is forced.
ALTER TABLE webhooks NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE webhooks SET kinds = array_remove(kinds, 'verification_resent') WHERE 'verification_resent' = ANY (kinds);
--> statement-breakpoint
ALTER TABLE webhooks FORCE ROW LEVEL SECURITY;
