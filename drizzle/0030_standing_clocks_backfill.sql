-- What stands when this runs knows which day goes on: a promise that was not given up for an extension, and the day of a law that
-- knows no pause. The owner is held back by row security while that is forced.
ALTER TABLE subject_requests NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
SET row_security = off;
--> statement-breakpoint
UPDATE subject_requests r SET
  due_on_while_paused = least(
    CASE WHEN extended_at IS NULL THEN promised_on END,
    (SELECT min((law ->> 'dueOn')::date) FROM jsonb_array_elements(clock -> 'laws') law
      WHERE law ->> 'regime' NOT IN ('eu-gdpr', 'uk-gdpr'))),
  clock = clock || jsonb_build_object('standing', (
    SELECT coalesce(jsonb_agg(regime), '[]') FROM (
      SELECT r.regime UNION SELECT law ->> 'regime' FROM jsonb_array_elements(clock -> 'laws') law) its (regime)
    WHERE regime IN ('eu-gdpr', 'uk-gdpr')))
WHERE paused_at IS NOT NULL;
--> statement-breakpoint
RESET row_security;
--> statement-breakpoint
ALTER TABLE subject_requests FORCE ROW LEVEL SECURITY;
