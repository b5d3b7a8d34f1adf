-- What was kept back by an answer that is out already is looked at once, and gets the day on which it is looked at again then: days
-- that staff named are sealed. The owner is held back by row security while that is forced.
ALTER TABLE timers NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE subject_requests NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
SET row_security = off;
--> statement-breakpoint
INSERT INTO timers (tenant_id, id, request_id, kind, due_at)
  SELECT r.tenant_id, gen_random_uuid(), r.id, 'look_again', now()
    FROM subject_requests r JOIN cases c ON c.tenant_id = r.tenant_id AND c.id = r.case_id
    WHERE r.state IN ('responded', 'closed') AND r.outcome IN ('partly_granted', 'refused') AND c.sealed_key IS NOT NULL;
--> statement-breakpoint
RESET row_security;
--> statement-breakpoint
ALTER TABLE timers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE subject_requests FORCE ROW LEVEL SECURITY;
