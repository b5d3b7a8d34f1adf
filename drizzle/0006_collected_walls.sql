-- What may be collected, and when an erasure may be begun, whoever asks.

-- Data is handed in for a task that collects, by whoever holds it, while its request is in fulfilment. The request named in the
-- row is the task's own: a copy is made from it, and must never hold another person's data.
CREATE FUNCTION collected_in_fulfilment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM tasks JOIN subject_requests request ON request.tenant_id = tasks.tenant_id AND request.id = tasks.request_id
      WHERE tasks.tenant_id = NEW.tenant_id AND tasks.id = NEW.task_id AND tasks.request_id = NEW.request_id
        AND tasks.kind = 'collect' AND tasks.state = 'claimed' AND request.state = 'in_fulfilment') THEN
    RAISE EXCEPTION 'data is handed in for a task that is worked on' USING ERRCODE = 'check_violation', CONSTRAINT = 'collected_only_in_fulfilment';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER collected_in_fulfilment BEFORE INSERT OR UPDATE ON collected FOR EACH ROW EXECUTE FUNCTION collected_in_fulfilment();
--> statement-breakpoint

-- A copy that the person came to ask for after the erasure was planned still comes first: no system begins to erase meanwhile.
CREATE FUNCTION erasure_begins_after_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM subject_requests mine
      JOIN cases my_case ON my_case.tenant_id = mine.tenant_id AND my_case.id = mine.case_id
      JOIN cases their_case ON their_case.tenant_id = mine.tenant_id AND their_case.subject_keys && my_case.subject_keys
      JOIN subject_requests owed ON owed.tenant_id = their_case.tenant_id AND owed.case_id = their_case.id
      WHERE mine.tenant_id = NEW.tenant_id AND mine.id = NEW.request_id AND owed.id <> mine.id AND owed.verified_at IS NOT NULL
        AND owed.subject_right IN ('access', 'portability')
        AND owed.state IN ('verified', 'awaiting_clarification', 'in_fulfilment', 'in_review')) THEN
    RAISE EXCEPTION 'an erasure waits for open access and portability requests' USING ERRCODE = 'check_violation', CONSTRAINT = 'erasure_waits_for_access';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER erasure_begins_after_copies BEFORE UPDATE OF state ON tasks FOR EACH ROW
  WHEN (NEW.kind = 'erase' AND NEW.state = 'claimed' AND OLD.state <> 'claimed') EXECUTE FUNCTION erasure_begins_after_copies();
