-- What may wait for nobody enters the register with the case, where the proof of identity comes along. As before but for that; the
-- version of the service that does not know of it calls it as it did.
DROP FUNCTION open_cases(uuid, json, json, json, json, json, json);
--> statement-breakpoint
CREATE FUNCTION open_cases(tenant uuid, claims json, new_cases json, new_requests json, new_events json, new_timers json, promises json,
  new_entries json DEFAULT NULL)
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
                     subject_keys, verified_at, proof, created_at)
    SELECT tenant, c.id, c.reference, c.channel, c.locale, c.country, c.region, c."externalId", c."receivedAt", c."sealedKey", c.sealed,
           c."subjectKeys", c."verifiedAt", c.proof, c."createdAt"
      FROM json_to_recordset(new_cases) AS c(id uuid, reference text, channel text, locale text, country text, region text,
           "externalId" text, "receivedAt" timestamptz, "sealedKey" bytea, sealed bytea, "subjectKeys" bytea[],
           "verifiedAt" timestamptz, proof jsonb, "createdAt" timestamptz);

  INSERT INTO case_words (tenant_id, word, case_id)
    SELECT tenant, word, c.id FROM json_to_recordset(new_cases) AS c(id uuid, words bytea[]), unnest(c.words) word;

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

  IF new_entries IS NOT NULL THEN
    INSERT INTO register_entries (tenant_id, id, request_id, subject_key, kind, purpose, since_at)
      SELECT tenant, n.id, n."requestId", key, n.kind, n.purpose, n."sinceAt"
        FROM json_to_recordset(new_entries) AS n(id uuid, "requestId" uuid, kind text, purpose text, "sinceAt" timestamptz,
             "subjectKeys" bytea[]), unnest(n."subjectKeys") key;
  END IF;

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
