-- What erasing a person's data never touches, when a system has answered, and how a restriction may end, whoever asks.

-- A case keeps its key until it is destroyed, and then for good. It is destroyed once nothing of the case is open; not while the
-- same person is owed a copy of their data (GDPR Art. 15), nor while their data may only be stored (Art. 18(2)).
CREATE FUNCTION case_erasure_walls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sealed_key IS NOT DISTINCT FROM OLD.sealed_key THEN RETURN NEW; END IF;
  IF NEW.sealed_key IS NOT NULL THEN
    RAISE EXCEPTION 'a case keeps its key' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_keep_their_key';
  END IF;
  IF EXISTS (SELECT FROM subject_requests WHERE tenant_id = OLD.tenant_id AND case_id = OLD.id
             AND state NOT IN ('closed', 'expired', 'withdrawn', 'cancelled')) THEN
    RAISE EXCEPTION 'a case is erased once it has ended' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_erased_once_ended';
  END IF;
  IF EXISTS (
    SELECT FROM subject_requests owed JOIN cases theirs ON theirs.tenant_id = owed.tenant_id AND theirs.id = owed.case_id
      WHERE owed.tenant_id = OLD.tenant_id AND owed.verified_at IS NOT NULL AND owed.subject_right IN ('access', 'portability')
        AND owed.state IN ('verified', 'awaiting_clarification', 'in_fulfilment', 'in_review')
        AND theirs.subject_keys && OLD.subject_keys) THEN
    RAISE EXCEPTION 'an erasure waits for open access and portability requests' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_erasure_waits_for_copies';
  END IF;
  IF EXISTS (
    SELECT FROM register_entries WHERE tenant_id = OLD.tenant_id AND kind = 'restricted' AND lifted_at IS NULL
      AND (subject_key = ANY (OLD.subject_keys)
        OR request_id IN (SELECT id FROM subject_requests WHERE tenant_id = OLD.tenant_id AND case_id = OLD.id))) THEN
    RAISE EXCEPTION 'restricted data may only be stored' USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_erasure_waits_for_restriction';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER case_erasure_walls BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION case_erasure_walls();
--> statement-breakpoint

-- As before, but: to end fulfilment every system has to have answered, whatever the outcome says. Only the move that refuses may
-- come first, and it drops what is still open, so that no answer of any kind leaves past an open task.
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
     NOT EXISTS (SELECT FROM tasks WHERE tenant_id = NEW.tenant_id AND request_id = NEW.id AND result IN ('nothing_found', 'not_applicable'))
     OR EXISTS (SELECT FROM tasks WHERE tenant_id = NEW.tenant_id AND request_id = NEW.id AND result IN ('done', 'withheld'))) THEN
    RAISE EXCEPTION 'nothing found needs a search that found nothing' USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_found_was_searched';
  END IF;

  IF NEW.state = 'responded' AND NOT EXISTS (SELECT FROM responses WHERE tenant_id = NEW.tenant_id AND request_id = NEW.id AND outcome = NEW.outcome) THEN
    RAISE EXCEPTION 'an answer is on record before a request is answered' USING ERRCODE = 'check_violation', CONSTRAINT = 'responded_with_a_response';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- As before, with two more ways in which a person knows that their restriction ends: the letter that says that the request was
-- cancelled, and their own word with which they withdrew it.
CREATE OR REPLACE FUNCTION register_walls() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF NEW.lifted_at IS NOT NULL AND NEW.kind = 'restricted'
     AND NOT (coalesce(NEW.because, '') = 'request_withdrawn' AND EXISTS (
       SELECT FROM subject_requests WHERE tenant_id = NEW.tenant_id AND id = NEW.request_id AND state = 'withdrawn'))
     AND NOT EXISTS (
       SELECT FROM letters WHERE tenant_id = NEW.tenant_id AND id = NEW.notice_letter_id AND request_id = NEW.request_id
         AND kind IN ('restriction_lift_notice', 'response', 'cancelled_notice') AND state = 'sent' AND sent_at <= NEW.lifted_at) THEN
    RAISE EXCEPTION 'the person was not told' USING ERRCODE = 'check_violation', CONSTRAINT = 'register_entries_told_before_lifting';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- What has ended already is looked at once, and gets the day on which it is erased then. The owner is held back by row security
-- while that is forced.
ALTER TABLE timers NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE subject_requests NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE inbound NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO timers (tenant_id, id, case_id, kind, due_at)
  SELECT tenant_id, gen_random_uuid(), id, 'retention', now() FROM cases
    WHERE sealed_key IS NOT NULL AND NOT EXISTS (
      SELECT FROM subject_requests r WHERE r.tenant_id = cases.tenant_id AND r.case_id = cases.id
        AND r.state NOT IN ('closed', 'expired', 'withdrawn', 'cancelled'));
--> statement-breakpoint
INSERT INTO timers (tenant_id, id, inbound_id, kind, due_at)
  SELECT tenant_id, gen_random_uuid(), id, 'retention', now() FROM inbound WHERE case_id IS NULL AND sealed IS NOT NULL;
--> statement-breakpoint
ALTER TABLE timers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE subject_requests FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE inbound FORCE ROW LEVEL SECURITY;
