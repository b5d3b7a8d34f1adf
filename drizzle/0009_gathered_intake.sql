-- Several cases of a tenant come in one transaction: with many callers at once, the transaction costs more than the case in it.

-- Jobs are promised by SQL, so that they stand or fall with the change that needs them. Each names its tenant, and nobody promises
-- for another's. The definer owns the queue; the caller has no other way to it.
CREATE FUNCTION promise(promises json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM json_array_elements(promises) promised
             WHERE promised->'payload'->>'tenantId' IS DISTINCT FROM current_setting('app.tenant_id')) THEN
    RAISE EXCEPTION 'a promise is made for the tenant at hand' USING ERRCODE = 'check_violation', CONSTRAINT = 'promise_names_its_tenant';
  END IF;
  PERFORM graphile_worker.add_jobs(ARRAY(
    SELECT (p.kind, p.payload, NULL, p."runAt", NULL, p."jobKey", NULL, NULL)::graphile_worker.job_spec
      FROM json_to_recordset(promises) AS p(kind text, payload json, "runAt" timestamptz, "jobKey" text)));
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION promise(json) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION promise(json) TO habeas_app;
--> statement-breakpoint
-- One job, with the rights of whoever asks.
CREATE OR REPLACE FUNCTION promise(kind text, payload json, run_at timestamptz, job_key text) RETURNS void LANGUAGE sql AS $$
  SELECT promise(json_build_array(json_build_object('kind', kind, 'payload', payload, 'runAt', run_at, 'jobKey', job_key)))
$$;
--> statement-breakpoint

DROP FUNCTION open_case(uuid, jsonb, bytea, jsonb, bytea, bytea, bytea[], bytea[], jsonb, bytea[], jsonb, jsonb, jsonb);
--> statement-breakpoint
-- Cases with their requests, their first entries, their first timers and the promises of what comes next, in one round trip: all or none.
-- The same idempotency key gives the first case back, with the fingerprint it came with. That is one caller's answer and not the
-- others': where several come together, they are refused, and each comes again alone.
CREATE FUNCTION open_cases(tenant uuid, claims json, new_cases json, new_requests json, new_events json, new_timers json, promises json)
RETURNS TABLE (case_id uuid, fingerprint bytea) LANGUAGE plpgsql AS $$
DECLARE claimed int;
BEGIN
  PERFORM set_config('app.tenant_id', tenant::text, true);

  IF claims IS NOT NULL THEN
    INSERT INTO idempotency_keys (tenant_id, credential, route, key, fingerprint, resource_id, created_at)
      SELECT tenant, c.credential, c.route, c.key, c.fingerprint, c."caseId", c.at
        FROM json_to_recordset(claims) AS c(credential text, route text, key text, fingerprint bytea, "caseId" uuid, at timestamptz)
        ORDER BY c.credential, c.route, c.key
      ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS claimed = ROW_COUNT;
    IF claimed < json_array_length(claims) THEN
      IF json_array_length(new_cases) > 1 THEN
        RAISE EXCEPTION 'one of these was asked for before' USING ERRCODE = 'unique_violation', CONSTRAINT = 'idempotency_keys_pk';
      END IF;
      RETURN QUERY SELECT known.resource_id, known.fingerprint
        FROM json_to_recordset(claims) AS c(credential text, route text, key text)
        JOIN idempotency_keys known
          ON known.tenant_id = tenant AND known.credential = c.credential AND known.route = c.route AND known.key = c.key;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the key was forgotten at this moment' USING ERRCODE = 'serialization_failure';
      END IF;
      RETURN;
    END IF;
  END IF;

  INSERT INTO cases (tenant_id, id, reference, channel, locale, country, region, external_id, received_at, sealed_key, sealed,
                     subject_keys, search_words, verified_at, proof, created_at)
    SELECT tenant, c.id, c.reference, c.channel, c.locale, c.country, c.region, c."externalId", c."receivedAt", c."sealedKey", c.sealed,
           c."subjectKeys", c."searchWords", c."verifiedAt", c.proof, c."createdAt"
      FROM json_to_recordset(new_cases) AS c(id uuid, reference text, channel text, locale text, country text, region text,
           "externalId" text, "receivedAt" timestamptz, "sealedKey" bytea, sealed bytea, "subjectKeys" bytea[], "searchWords" bytea[],
           "verifiedAt" timestamptz, proof jsonb, "createdAt" timestamptz);

  INSERT INTO subject_requests (tenant_id, id, case_id, subject_right, right_guessed, regime, state, last_event_seq, received_at, received_on,
      due_on, target_on, statutory_due_on, promised_on, acknowledge_by, extension_notice_by, refusal_by, due_ends_at, clock,
      external_id, direct_marketing, sealed, verified_at, created_at, updated_at)
    SELECT tenant, r.id, r."caseId", r."right", r."rightGuessed", r.regime, r.state, r."lastEventSeq", r."receivedAt", r."receivedOn",
      r."dueOn", r."targetOn", r."statutoryDueOn", r."promisedOn", r."acknowledgeBy", r."extensionNoticeBy", r."refusalBy", r."dueEndsAt", r.clock,
      r."externalId", r."directMarketing", r.sealed, r."verifiedAt", r."createdAt", r."createdAt"
      FROM json_to_recordset(new_requests) AS r(id uuid, "caseId" uuid, "right" text, "rightGuessed" boolean, regime text, state text,
        "lastEventSeq" int, "receivedAt" timestamptz, "receivedOn" date, "dueOn" date, "targetOn" date, "statutoryDueOn" date, "promisedOn" date,
        "acknowledgeBy" date, "extensionNoticeBy" date, "refusalBy" date, "dueEndsAt" timestamptz, clock jsonb, "externalId" text,
        "directMarketing" boolean, sealed bytea, "verifiedAt" timestamptz, "createdAt" timestamptz);

  INSERT INTO events (tenant_id, request_id, seq, kind, from_state, to_state, mover, actor_id, at, data, previous_hash, hash)
    SELECT tenant, e."requestId", e.seq, e.kind, e."fromState", e."toState", e.mover, e."actorId", e.at, e.data, '', ''
      FROM json_to_recordset(new_events) AS e("requestId" uuid, seq int, kind text, "fromState" text, "toState" text, mover text,
        "actorId" text, at timestamptz, data jsonb)
      ORDER BY e."requestId", e.seq;

  INSERT INTO timers (tenant_id, id, request_id, case_id, kind, due_at)
    SELECT tenant, t.id, t."requestId", t."caseId", t.kind, t."dueAt"
      FROM json_to_recordset(new_timers) AS t(id uuid, "requestId" uuid, "caseId" uuid, kind text, "dueAt" timestamptz);

  IF json_array_length(promises) > 0 THEN
    PERFORM promise(promises);
  END IF;
END $$;
