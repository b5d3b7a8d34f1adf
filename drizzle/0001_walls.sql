-- What Drizzle cannot say: who may touch which table, and what no caller may ever do.
-- Both roles exist before this runs, because roles belong to the cluster and not to a database.

-- Owners skip row security unless it is forced, and scripts run as the owner.
DO $$
DECLARE relation regclass;
BEGIN
  FOR relation IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', relation);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO habeas_app, habeas_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON tenants, systems, staff, api_keys, cases, subject_requests, tokens, timers, tasks, packages, letters, inbound, register_entries TO habeas_app;
--> statement-breakpoint
-- What happened stays: the history, the answers, the policy's versions and the checkpoints are only added to.
GRANT SELECT, INSERT ON events, responses, policies, checkpoints, messages, notes TO habeas_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON doors, idempotency_keys TO habeas_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits, collected TO habeas_app;
--> statement-breakpoint
GRANT SELECT ON timers TO habeas_worker;
--> statement-breakpoint

-- The lifecycle, row by row as in src/domain/lifecycle.ts; a test compares the two.
CREATE FUNCTION lifecycle_allows(from_state text, move text, to_state text, mover text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (from_state, move, to_state, mover) IN (VALUES
    ('received', 'ask_verification', 'awaiting_verification', 'agent'),
    ('received', 'ask_verification', 'awaiting_verification', 'integration'),
    ('received', 'ask_verification', 'awaiting_verification', 'system'),
    ('received', 'verify', 'verified', 'subject'),
    ('received', 'verify', 'verified', 'agent'),
    ('received', 'verify', 'verified', 'integration'),
    ('received', 'refuse', 'in_review', 'agent'),
    ('received', 'withdraw', 'withdrawn', 'subject'),
    ('received', 'withdraw', 'withdrawn', 'agent'),
    ('received', 'cancel', 'cancelled', 'agent'),
    ('received', 'cancel', 'cancelled', 'subject'),
    ('awaiting_verification', 'ask_verification', 'awaiting_verification', 'agent'),
    ('awaiting_verification', 'ask_verification', 'awaiting_verification', 'integration'),
    ('awaiting_verification', 'ask_verification', 'awaiting_verification', 'system'),
    ('awaiting_verification', 'verify', 'verified', 'subject'),
    ('awaiting_verification', 'verify', 'verified', 'agent'),
    ('awaiting_verification', 'verify', 'verified', 'integration'),
    ('awaiting_verification', 'expire', 'expired', 'system'),
    ('awaiting_verification', 'refuse', 'in_review', 'agent'),
    ('awaiting_verification', 'withdraw', 'withdrawn', 'subject'),
    ('awaiting_verification', 'withdraw', 'withdrawn', 'agent'),
    ('awaiting_verification', 'cancel', 'cancelled', 'agent'),
    ('awaiting_verification', 'cancel', 'cancelled', 'subject'),
    ('verified', 'start', 'in_fulfilment', 'agent'),
    ('verified', 'start', 'in_fulfilment', 'system'),
    ('verified', 'ask_clarification', 'awaiting_clarification', 'agent'),
    ('verified', 'forward', 'in_review', 'agent'),
    ('verified', 'refuse', 'in_review', 'agent'),
    ('verified', 'withdraw', 'withdrawn', 'subject'),
    ('verified', 'withdraw', 'withdrawn', 'agent'),
    ('verified', 'cancel', 'cancelled', 'agent'),
    ('awaiting_clarification', 'clarify', 'verified', 'subject'),
    ('awaiting_clarification', 'clarify', 'verified', 'agent'),
    ('awaiting_clarification', 'refuse', 'in_review', 'agent'),
    ('awaiting_clarification', 'withdraw', 'withdrawn', 'subject'),
    ('awaiting_clarification', 'withdraw', 'withdrawn', 'agent'),
    ('awaiting_clarification', 'cancel', 'cancelled', 'agent'),
    ('in_fulfilment', 'finish', 'in_review', 'system'),
    ('in_fulfilment', 'finish', 'in_review', 'agent'),
    ('in_fulfilment', 'ask_clarification', 'awaiting_clarification', 'agent'),
    ('in_fulfilment', 'refuse', 'in_review', 'agent'),
    ('in_fulfilment', 'withdraw', 'withdrawn', 'subject'),
    ('in_fulfilment', 'withdraw', 'withdrawn', 'agent'),
    ('in_fulfilment', 'cancel', 'cancelled', 'agent'),
    ('in_review', 'respond', 'responded', 'agent'),
    ('in_review', 'rework', 'in_fulfilment', 'agent'),
    ('in_review', 'withdraw', 'withdrawn', 'subject'),
    ('in_review', 'withdraw', 'withdrawn', 'agent'),
    ('in_review', 'cancel', 'cancelled', 'agent'),
    ('responded', 'close', 'closed', 'system'),
    ('responded', 'close', 'closed', 'agent'),
    ('responded', 'reopen', 'verified', 'subject'),
    ('responded', 'reopen', 'verified', 'agent')
  )
$$;
--> statement-breakpoint
CREATE FUNCTION is_move(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT kind IN ('ask_verification', 'verify', 'refuse', 'withdraw', 'cancel', 'expire', 'start', 'ask_clarification', 'forward', 'clarify', 'finish', 'respond', 'rework', 'close', 'reopen')
$$;
--> statement-breakpoint

-- Chains the history: each entry follows the last one of its request, and moves only as the lifecycle allows.
-- The hash covers the commitment to a sealed text, not the text, so that it still verifies after an erasure.
CREATE FUNCTION chain_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
  SELECT seq, to_state, hash INTO last FROM events
    WHERE tenant_id = NEW.tenant_id AND request_id = NEW.request_id ORDER BY seq DESC LIMIT 1;
  IF NOT FOUND THEN
    IF NEW.kind <> 'opened' OR NEW.from_state <> 'received' OR NEW.to_state <> 'received' THEN
      RAISE EXCEPTION 'a history begins with a request received' USING ERRCODE = 'check_violation', CONSTRAINT = 'events_begin_with_opened';
    END IF;
    NEW.seq := 1;
    NEW.previous_hash := decode(repeat('00', 32), 'hex');
  ELSE
    IF NEW.from_state <> last.to_state THEN
      RAISE EXCEPTION 'the request is no longer in this state' USING ERRCODE = 'check_violation', CONSTRAINT = 'events_follow_the_last';
    END IF;
    NEW.seq := last.seq + 1;
    NEW.previous_hash := last.hash;
    IF is_move(NEW.kind) THEN
      IF NOT lifecycle_allows(NEW.from_state, NEW.kind, NEW.to_state, NEW.mover) THEN
        RAISE EXCEPTION 'the lifecycle has no such move' USING ERRCODE = 'check_violation', CONSTRAINT = 'events_lifecycle';
      END IF;
    ELSIF NEW.from_state <> NEW.to_state OR NEW.kind = 'opened' THEN
      RAISE EXCEPTION 'only a move changes the state' USING ERRCODE = 'check_violation', CONSTRAINT = 'events_lifecycle';
    END IF;
  END IF;
  NEW.hash := sha256(convert_to(concat_ws(E'\n',
    NEW.tenant_id, NEW.request_id, NEW.seq, NEW.kind, NEW.from_state, NEW.to_state, NEW.mover, coalesce(NEW.actor_id, ''),
    (extract(epoch FROM NEW.at) * 1000000)::bigint, NEW.data::text, coalesce(encode(NEW.commitment, 'hex'), ''),
    encode(NEW.previous_hash, 'hex')), 'UTF8'));
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER chain_event BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION chain_event();
--> statement-breakpoint

-- The state of a request is what its last entry says: no entry without the row, no row without the entry.
ALTER TABLE subject_requests ADD CONSTRAINT subject_requests_state_is_in_history
  FOREIGN KEY (tenant_id, id, last_event_seq, state) REFERENCES events (tenant_id, request_id, seq, to_state)
  DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE FUNCTION entry_is_the_rows_last() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM subject_requests WHERE tenant_id = NEW.tenant_id AND id = NEW.request_id AND last_event_seq >= NEW.seq) THEN
    RAISE EXCEPTION 'the request does not know of its last entry' USING ERRCODE = 'check_violation', CONSTRAINT = 'events_are_known_to_the_row';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entry_is_the_rows_last AFTER INSERT ON events
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entry_is_the_rows_last();
--> statement-breakpoint

-- Nothing is collected, corrected or erased but in fulfilment, and that comes after identity was proven.
CREATE FUNCTION task_in_fulfilment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM subject_requests WHERE tenant_id = NEW.tenant_id AND id = NEW.request_id
                 AND state = 'in_fulfilment' AND verified_at IS NOT NULL) THEN
    RAISE EXCEPTION 'tasks belong to a request in fulfilment' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_only_in_fulfilment';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER task_in_fulfilment BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION task_in_fulfilment();
--> statement-breakpoint
-- A task changes only while its request is in fulfilment; when the request ends otherwise, it can only be dropped.
CREATE FUNCTION task_moves_in_fulfilment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'dropped' AND NOT EXISTS (SELECT FROM subject_requests WHERE tenant_id = NEW.tenant_id AND id = NEW.request_id
                 AND state = 'in_fulfilment') THEN
    RAISE EXCEPTION 'the request is not in fulfilment' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_only_in_fulfilment';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER task_moves_in_fulfilment BEFORE UPDATE OF state, result ON tasks FOR EACH ROW EXECUTE FUNCTION task_moves_in_fulfilment();
--> statement-breakpoint

CREATE FUNCTION request_walls() RETURNS trigger LANGUAGE plpgsql AS $$
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

  -- No answer on what was found while a system in scope has not said what it found.
  IF ((NEW.state = 'in_review' AND OLD.state = 'in_fulfilment' AND NEW.outcome IS DISTINCT FROM 'refused')
      OR (NEW.state = 'responded' AND NEW.outcome IN ('granted', 'partly_granted', 'nothing_found')))
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
CREATE TRIGGER request_walls BEFORE UPDATE ON subject_requests FOR EACH ROW EXECUTE FUNCTION request_walls();
--> statement-breakpoint

-- A job is promised by SQL, so that it stands or falls with the change that needs it. It names its tenant,
-- and nobody promises for another's. The definer owns the queue; the caller has no other way to it.
CREATE FUNCTION promise(kind text, payload json, run_at timestamptz, job_key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF payload->>'tenantId' IS DISTINCT FROM current_setting('app.tenant_id') THEN
    RAISE EXCEPTION 'a promise is made for the tenant at hand' USING ERRCODE = 'check_violation', CONSTRAINT = 'promise_names_its_tenant';
  END IF;
  PERFORM graphile_worker.add_job(identifier => kind, payload => payload, run_at => run_at, job_key => job_key);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION promise(text, json, timestamptz, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION promise(text, json, timestamptz, text) TO habeas_app;
--> statement-breakpoint

-- Which tenant hangs behind a name: row security shows the one row whose key the caller can say.
CREATE FUNCTION open_door(name text) RETURNS TABLE (tenant_id uuid, target_id uuid) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.door', name, true);
  RETURN QUERY SELECT doors.tenant_id, doors.target_id FROM doors WHERE doors.key = name;
END $$;
--> statement-breakpoint

-- A case with its requests, their first entries, their first timers and the promise of what comes next, in one round trip.
-- The same idempotency key gives the first case back, with the fingerprint it came with.
CREATE FUNCTION open_case(
  tenant uuid, idempotency jsonb, key_fingerprint bytea,
  new_case jsonb, case_sealed_key bytea, case_sealed bytea, case_subject_keys bytea[], case_search_words bytea[],
  new_requests jsonb, requests_sealed bytea[], new_events jsonb, new_timers jsonb, promises jsonb
) RETURNS TABLE (case_id uuid, fresh boolean, fingerprint bytea) LANGUAGE plpgsql AS $$
DECLARE promised jsonb;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);

  IF idempotency IS NOT NULL THEN
    INSERT INTO idempotency_keys (tenant_id, credential, route, key, fingerprint, resource_id, created_at)
      VALUES (tenant, idempotency->>'credential', idempotency->>'route', idempotency->>'key', key_fingerprint,
              (new_case->>'id')::uuid, (idempotency->>'at')::timestamptz)
      ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      RETURN QUERY SELECT known.resource_id, false, known.fingerprint FROM idempotency_keys known
        WHERE known.tenant_id = tenant AND known.credential = idempotency->>'credential'
          AND known.route = idempotency->>'route' AND known.key = idempotency->>'key';
      RETURN;
    END IF;
  END IF;

  INSERT INTO cases (tenant_id, id, reference, channel, locale, country, region, external_id, received_at, sealed_key, sealed,
                     subject_keys, search_words, verified_at, proof, created_at)
    SELECT tenant, c.id, c.reference, c.channel, c.locale, c.country, c.region, c.external_id, c.received_at, case_sealed_key, case_sealed,
           case_subject_keys, case_search_words, c.verified_at, c.proof, c.created_at
      FROM jsonb_to_record(new_case) AS c(id uuid, reference text, channel text, locale text, country text, region text,
           external_id text, received_at timestamptz, verified_at timestamptz, proof jsonb, created_at timestamptz);

  INSERT INTO subject_requests (tenant_id, id, case_id, subject_right, right_guessed, regime, state, last_event_seq, received_at, received_on,
      due_on, target_on, statutory_due_on, promised_on, acknowledge_by, extension_notice_by, refusal_by, due_ends_at, clock,
      external_id, direct_marketing, sealed, verified_at, created_at, updated_at)
    SELECT tenant, r.id, (new_case->>'id')::uuid, r.subject_right, r.right_guessed, r.regime, r.state, r.last_event_seq, r.received_at, r.received_on,
      r.due_on, r.target_on, r.statutory_due_on, r.promised_on, r.acknowledge_by, r.extension_notice_by, r.refusal_by, r.due_ends_at, r.clock,
      r.external_id, r.direct_marketing, requests_sealed[r.place], r.verified_at, r.created_at, r.created_at
      FROM jsonb_to_recordset(new_requests) AS r(place int, id uuid, subject_right text, right_guessed boolean, regime text, state text,
        last_event_seq int, received_at timestamptz, received_on date, due_on date, target_on date, statutory_due_on date, promised_on date,
        acknowledge_by date, extension_notice_by date, refusal_by date, due_ends_at timestamptz, clock jsonb, external_id text,
        direct_marketing boolean, verified_at timestamptz, created_at timestamptz);

  INSERT INTO events (tenant_id, request_id, seq, kind, from_state, to_state, mover, actor_id, at, data, previous_hash, hash)
    SELECT tenant, e.request_id, e.seq, e.kind, e.from_state, e.to_state, e.mover, e.actor_id, e.at, e.data, '', ''
      FROM jsonb_to_recordset(new_events) AS e(request_id uuid, seq int, kind text, from_state text, to_state text, mover text,
        actor_id text, at timestamptz, data jsonb)
      ORDER BY e.request_id, e.seq;

  INSERT INTO timers (tenant_id, id, request_id, case_id, kind, due_at)
    SELECT tenant, t.id, t.request_id, t.case_id, t.kind, t.due_at
      FROM jsonb_to_recordset(new_timers) AS t(id uuid, request_id uuid, case_id uuid, kind text, due_at timestamptz);

  FOR promised IN SELECT * FROM jsonb_array_elements(promises) LOOP
    PERFORM promise(promised->>'kind', (promised->'payload')::json, (promised->>'runAt')::timestamptz, promised->>'jobKey');
  END LOOP;

  RETURN QUERY SELECT (new_case->>'id')::uuid, true, key_fingerprint;
END $$;
--> statement-breakpoint

-- May these people be processed? One round trip that carries its tenant.
CREATE FUNCTION standing_entries(tenant uuid, keys bytea[])
RETURNS TABLE (subject_key bytea, kind text, purpose text, since_at timestamptz) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);
  RETURN QUERY SELECT e.subject_key, e.kind, e.purpose, e.since_at FROM register_entries e
    WHERE e.tenant_id = tenant AND e.subject_key = ANY (keys) AND e.lifted_at IS NULL;
END $$;
