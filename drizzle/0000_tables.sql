CREATE TABLE "inbound" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"why" text,
	"fingerprint" "bytea" NOT NULL,
	"case_id" uuid,
	"sealed" "bytea" NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inbound_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "inbound_once" UNIQUE("tenant_id","fingerprint"),
	CONSTRAINT "inbound_kind" CHECK ("inbound"."kind" in ('email', 'form')),
	CONSTRAINT "inbound_state" CHECK ("inbound"."state" in ('new', 'to_sort', 'opened', 'filed', 'dismissed'))
);
--> statement-breakpoint
ALTER TABLE "inbound" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "letters" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid,
	"request_id" uuid,
	"kind" text NOT NULL,
	"audience" text NOT NULL,
	"state" text NOT NULL,
	"message_id" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"waits_for_package" boolean DEFAULT false NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_failure" text,
	"queued_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "letters_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "letters_message_id" UNIQUE("tenant_id","message_id"),
	CONSTRAINT "letters_audience" CHECK ("letters"."audience" in ('subject', 'staff')),
	CONSTRAINT "letters_state" CHECK ("letters"."state" in ('queued', 'sent', 'undeliverable', 'suppressed'))
);
--> statement-breakpoint
ALTER TABLE "letters" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "messages" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"author" text,
	"letter_id" uuid,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "messages_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "messages_direction" CHECK ("messages"."direction" in ('in', 'out'))
);
--> statement-breakpoint
ALTER TABLE "messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "collected" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name_hash" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"object_key" text NOT NULL,
	"bytes" bigint NOT NULL,
	"records" bigint,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "collected_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "collected_one_a_name" UNIQUE("tenant_id","task_id","kind","name_hash"),
	CONSTRAINT "collected_kind" CHECK ("collected"."kind" in ('records', 'file'))
);
--> statement-breakpoint
ALTER TABLE "collected" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "packages" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"state" text NOT NULL,
	"object_key" text NOT NULL,
	"bytes" bigint,
	"sha256" "bytea",
	"entries" integer,
	"downloads" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ready_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	CONSTRAINT "packages_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "packages_state" CHECK ("packages"."state" in ('building', 'ready', 'failed', 'expired')),
	CONSTRAINT "packages_ready_is_whole" CHECK ("packages"."state" <> 'ready' or ("packages"."bytes" is not null and "packages"."sha256" is not null))
);
--> statement-breakpoint
ALTER TABLE "packages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tasks" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"system_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"categories" jsonb NOT NULL,
	"assignee" text,
	"claimed_by" text,
	"lease_until" timestamp with time zone,
	"result" text,
	"withheld" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"sealed" "bytea",
	"failures" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "tasks_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tasks_one_a_system" UNIQUE("tenant_id","request_id","system_id"),
	CONSTRAINT "tasks_kind" CHECK ("tasks"."kind" in ('collect', 'correct', 'erase', 'restrict', 'stop', 'answer')),
	CONSTRAINT "tasks_state" CHECK ("tasks"."state" in ('open', 'claimed', 'failed', 'ended', 'dropped')),
	CONSTRAINT "tasks_result" CHECK ("tasks"."result" in ('done', 'nothing_found', 'withheld', 'not_applicable')),
	CONSTRAINT "tasks_ended_with_result" CHECK (("tasks"."state" = 'ended') = ("tasks"."result" is not null)),
	CONSTRAINT "tasks_claim_is_a_lease" CHECK (("tasks"."state" = 'claimed') = ("tasks"."lease_until" is not null)),
	CONSTRAINT "tasks_withheld_says_what" CHECK (("tasks"."result" = 'withheld') = (jsonb_array_length("tasks"."withheld") > 0) or "tasks"."result" is null)
);
--> statement-breakpoint
ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"tenant_id" uuid NOT NULL,
	"credential" text NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"resource_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pk" PRIMARY KEY("tenant_id","credential","route","key")
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text NOT NULL,
	"window_ends_at" timestamp with time zone NOT NULL,
	"hits" integer NOT NULL,
	CONSTRAINT "rate_limits_pk" PRIMARY KEY("key")
);
--> statement-breakpoint
ALTER TABLE "rate_limits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "checkpoints" (
	"tenant_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"requests" bigint NOT NULL,
	"events" bigint NOT NULL,
	"heads_hash" "bytea" NOT NULL,
	"signature" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	CONSTRAINT "checkpoints_pk" PRIMARY KEY("tenant_id","seq")
);
--> statement-breakpoint
ALTER TABLE "checkpoints" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "register_entries" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"subject_key" "bytea" NOT NULL,
	"kind" text NOT NULL,
	"purpose" text,
	"since_at" timestamp with time zone NOT NULL,
	"notice_at" timestamp with time zone,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "register_entries_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "register_entries_kind" CHECK ("register_entries"."kind" in ('restricted', 'objected', 'erased')),
	CONSTRAINT "register_entries_told_before_lifting" CHECK ("register_entries"."lifted_at" is null or "register_entries"."kind" <> 'restricted' or ("register_entries"."notice_at" is not null and "register_entries"."notice_at" < "register_entries"."lifted_at"))
);
--> statement-breakpoint
ALTER TABLE "register_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "responses" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"ground" text,
	"letter_id" uuid NOT NULL,
	"preview_hash" text NOT NULL,
	"authority" jsonb,
	"court_named" boolean NOT NULL,
	"weighed" boolean NOT NULL,
	"needs_weighing" boolean NOT NULL,
	"needs_second_person" boolean NOT NULL,
	"prepared_by" text,
	"sent_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "responses_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "responses_outcome" CHECK ("responses"."outcome" in ('granted', 'partly_granted', 'refused', 'nothing_found', 'forwarded')),
	CONSTRAINT "responses_refusal_block" CHECK ("responses"."outcome" not in ('refused', 'partly_granted') or ("responses"."ground" is not null and "responses"."authority" is not null and "responses"."court_named")),
	CONSTRAINT "responses_weighed" CHECK (not "responses"."needs_weighing" or "responses"."weighed"),
	CONSTRAINT "responses_four_eyes" CHECK (not "responses"."needs_second_person" or ("responses"."prepared_by" is not null and "responses"."prepared_by" <> "responses"."sent_by"))
);
--> statement-breakpoint
ALTER TABLE "responses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cases" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"reference" text NOT NULL,
	"channel" text NOT NULL,
	"locale" text NOT NULL,
	"country" text,
	"region" text,
	"external_id" text,
	"received_at" timestamp with time zone NOT NULL,
	"sealed_key" "bytea",
	"sealed" "bytea" NOT NULL,
	"subject_keys" "bytea"[] NOT NULL,
	"search_words" "bytea"[] NOT NULL,
	"verified_at" timestamp with time zone,
	"proof" jsonb,
	"muted_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cases_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "cases_reference" UNIQUE("tenant_id","reference"),
	CONSTRAINT "cases_channel" CHECK ("cases"."channel" in ('email', 'portal', 'api', 'post', 'phone', 'in_person')),
	CONSTRAINT "cases_locale" CHECK ("cases"."locale" in ('en', 'da', 'el')),
	CONSTRAINT "cases_proof" CHECK (("cases"."verified_at" is null) = ("cases"."proof" is null))
);
--> statement-breakpoint
ALTER TABLE "cases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "events" (
	"tenant_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"mover" text NOT NULL,
	"actor_id" text,
	"at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"sealed" "bytea",
	"commitment" "bytea",
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "events_pk" PRIMARY KEY("tenant_id","request_id","seq"),
	CONSTRAINT "events_state_of_seq" UNIQUE("tenant_id","request_id","seq","to_state"),
	CONSTRAINT "events_kind" CHECK ("events"."kind" in ('opened', 'receipt_corrected', 'right_confirmed', 'regime_corrected', 'verification_resent', 'verification_reminded', 'code_locked', 'extended', 'paused', 'resumed', 'clock_recomputed', 'assigned', 'edited', 'decided', 'task_planned', 'task_claimed', 'task_released', 'task_failed', 'task_ended', 'register_entered', 'register_lifted', 'package_built', 'package_failed', 'package_downloaded', 'package_expired', 'letter_queued', 'letter_sent', 'letter_undeliverable', 'message_received', 'message_sent', 'note_added', 'alerted', 'approval_given', 'personal_data_erased', 'ask_verification', 'verify', 'refuse', 'withdraw', 'cancel', 'expire', 'start', 'ask_clarification', 'forward', 'clarify', 'finish', 'respond', 'rework', 'close', 'reopen')),
	CONSTRAINT "events_mover" CHECK ("events"."mover" in ('subject', 'agent', 'integration', 'system')),
	CONSTRAINT "events_commitment" CHECK ("events"."sealed" is null or "events"."commitment" is not null)
);
--> statement-breakpoint
ALTER TABLE "events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notes" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"author" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notes_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "notes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "subject_requests" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"subject_right" text NOT NULL,
	"right_guessed" boolean DEFAULT false NOT NULL,
	"regime" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"last_event_seq" integer NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"received_on" date NOT NULL,
	"due_on" date,
	"target_on" date,
	"statutory_due_on" date,
	"promised_on" date,
	"extended_due_on" date,
	"acknowledge_by" date,
	"extension_notice_by" date,
	"refusal_by" date,
	"due_ends_at" timestamp with time zone,
	"clock" jsonb NOT NULL,
	"extended_at" timestamp with time zone,
	"paused_at" timestamp with time zone,
	"assignee" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"external_id" text,
	"outcome" text,
	"ground" text,
	"direct_marketing" boolean DEFAULT false NOT NULL,
	"sealed" "bytea" NOT NULL,
	"prepared_by" text,
	"verified_at" timestamp with time zone,
	"responded_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "subject_requests_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "subject_requests_right" CHECK ("subject_requests"."subject_right" in ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'withdraw_consent', 'automated_decision', 'opt_out', 'limit_use', 'complaint', 'appeal', 'information')),
	CONSTRAINT "subject_requests_state" CHECK ("subject_requests"."state" in ('received', 'awaiting_verification', 'verified', 'awaiting_clarification', 'in_fulfilment', 'in_review', 'responded', 'closed', 'expired', 'withdrawn', 'cancelled')),
	CONSTRAINT "subject_requests_outcome" CHECK ("subject_requests"."outcome" in ('granted', 'partly_granted', 'refused', 'nothing_found', 'forwarded')),
	CONSTRAINT "subject_requests_nothing_before_verified" CHECK ("subject_requests"."verified_at" is not null or "subject_requests"."state" not in ('verified', 'awaiting_clarification', 'in_fulfilment')),
	CONSTRAINT "subject_requests_unproven_only_refused" CHECK ("subject_requests"."verified_at" is not null or "subject_requests"."state" not in ('in_review', 'responded', 'closed') or "subject_requests"."outcome" = 'refused'),
	CONSTRAINT "subject_requests_answer_has_outcome" CHECK ("subject_requests"."state" not in ('responded', 'closed') or "subject_requests"."outcome" is not null),
	CONSTRAINT "subject_requests_no_refusal_without_ground" CHECK ("subject_requests"."outcome" is null or "subject_requests"."outcome" not in ('refused', 'partly_granted') or "subject_requests"."ground" is not null),
	CONSTRAINT "subject_requests_right_confirmed_first" CHECK (not "subject_requests"."right_guessed" or "subject_requests"."state" in ('received', 'withdrawn', 'cancelled')),
	CONSTRAINT "subject_requests_clock_stands_when_ended" CHECK ("subject_requests"."paused_at" is null or "subject_requests"."state" in ('received', 'awaiting_verification', 'verified', 'awaiting_clarification', 'in_fulfilment', 'in_review'))
);
--> statement-breakpoint
ALTER TABLE "subject_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "timers" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid,
	"case_id" uuid,
	"kind" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"fired_at" timestamp with time zone,
	CONSTRAINT "timers_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "timers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tokens" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"request_id" uuid,
	"purpose" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"code_hash" "bytea",
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "tokens_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tokens_hash" UNIQUE("tenant_id","hash"),
	CONSTRAINT "tokens_attempts" CHECK ("tokens"."attempts" between 0 and 5)
);
--> statement-breakpoint
ALTER TABLE "tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_keys" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "api_keys_hash" UNIQUE("tenant_id","hash")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "doors" (
	"key" text NOT NULL,
	"tenant_id" uuid NOT NULL,
	"target_id" uuid,
	CONSTRAINT "doors_pk" PRIMARY KEY("key")
);
--> statement-breakpoint
ALTER TABLE "doors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "policies" (
	"tenant_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"body" jsonb NOT NULL,
	"set_by" text,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "policies_pk" PRIMARY KEY("tenant_id","version")
);
--> statement-breakpoint
ALTER TABLE "policies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "staff" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subject" text NOT NULL,
	"roles" text[] NOT NULL,
	"sealed" "bytea" NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "staff_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "staff_subject" UNIQUE("tenant_id","subject")
);
--> statement-breakpoint
ALTER TABLE "staff" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "systems" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"personal_data" text NOT NULL,
	"role" text NOT NULL,
	"location" text NOT NULL,
	"transfer_safeguard" text,
	"categories" jsonb NOT NULL,
	"assignee" text,
	"instructions" text,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "systems_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "systems_slug" UNIQUE("tenant_id","slug"),
	CONSTRAINT "systems_personal_data" CHECK ("systems"."personal_data" in ('held', 'none')),
	CONSTRAINT "systems_role" CHECK ("systems"."role" in ('controller', 'processor'))
);
--> statement-breakpoint
ALTER TABLE "systems" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"sealed_key" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "tenants_pk" PRIMARY KEY("id"),
	CONSTRAINT "tenants_slug" UNIQUE("slug"),
	CONSTRAINT "tenants_slug_shape" CHECK ("tenants"."slug" ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$')
);
--> statement-breakpoint
ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_case_fk" FOREIGN KEY ("tenant_id","case_id") REFERENCES "public"."cases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_case_fk" FOREIGN KEY ("tenant_id","case_id") REFERENCES "public"."cases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collected" ADD CONSTRAINT "collected_task_fk" FOREIGN KEY ("tenant_id","task_id") REFERENCES "public"."tasks"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "packages_request_fk" FOREIGN KEY ("tenant_id","request_id") REFERENCES "public"."subject_requests"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_request_fk" FOREIGN KEY ("tenant_id","request_id") REFERENCES "public"."subject_requests"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_system_fk" FOREIGN KEY ("tenant_id","system_id") REFERENCES "public"."systems"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoints" ADD CONSTRAINT "checkpoints_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_entries" ADD CONSTRAINT "register_entries_request_fk" FOREIGN KEY ("tenant_id","request_id") REFERENCES "public"."subject_requests"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_request_fk" FOREIGN KEY ("tenant_id","request_id") REFERENCES "public"."subject_requests"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_letter_fk" FOREIGN KEY ("tenant_id","letter_id") REFERENCES "public"."letters"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_request_fk" FOREIGN KEY ("tenant_id","request_id") REFERENCES "public"."subject_requests"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_request_fk" FOREIGN KEY ("tenant_id","request_id") REFERENCES "public"."subject_requests"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subject_requests" ADD CONSTRAINT "subject_requests_case_fk" FOREIGN KEY ("tenant_id","case_id") REFERENCES "public"."cases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timers" ADD CONSTRAINT "timers_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_case_fk" FOREIGN KEY ("tenant_id","case_id") REFERENCES "public"."cases"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doors" ADD CONSTRAINT "doors_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "systems" ADD CONSTRAINT "systems_tenant_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbound_by_state" ON "inbound" USING btree ("tenant_id","state","id");--> statement-breakpoint
CREATE INDEX "letters_by_case" ON "letters" USING btree ("tenant_id","case_id","queued_at");--> statement-breakpoint
CREATE INDEX "messages_by_case" ON "messages" USING btree ("tenant_id","case_id","id");--> statement-breakpoint
CREATE INDEX "collected_by_request" ON "collected" USING btree ("tenant_id","request_id","id");--> statement-breakpoint
CREATE INDEX "packages_by_request" ON "packages" USING btree ("tenant_id","request_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "tasks_by_system" ON "tasks" USING btree ("tenant_id","system_id","state","id");--> statement-breakpoint
CREATE INDEX "tasks_newest" ON "tasks" USING btree ("tenant_id","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_age" ON "idempotency_keys" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "rate_limits_by_end" ON "rate_limits" USING btree ("window_ends_at");--> statement-breakpoint
CREATE INDEX "register_entries_standing" ON "register_entries" USING btree ("tenant_id","subject_key") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "register_entries_by_request" ON "register_entries" USING btree ("tenant_id","request_id");--> statement-breakpoint
CREATE INDEX "responses_by_request" ON "responses" USING btree ("tenant_id","request_id");--> statement-breakpoint
CREATE INDEX "cases_by_subject" ON "cases" USING gin ("subject_keys");--> statement-breakpoint
CREATE INDEX "cases_by_words" ON "cases" USING gin ("search_words");--> statement-breakpoint
CREATE INDEX "events_by_time" ON "events" USING btree ("tenant_id","at","request_id","seq");--> statement-breakpoint
CREATE INDEX "notes_by_request" ON "notes" USING btree ("tenant_id","request_id","id");--> statement-breakpoint
CREATE INDEX "subject_requests_by_case" ON "subject_requests" USING btree ("tenant_id","case_id");--> statement-breakpoint
CREATE INDEX "subject_requests_newest" ON "subject_requests" USING btree ("tenant_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "subject_requests_by_due" ON "subject_requests" USING btree ("tenant_id","due_on","id");--> statement-breakpoint
CREATE INDEX "subject_requests_by_state" ON "subject_requests" USING btree ("tenant_id","state","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "subject_requests_by_external_id" ON "subject_requests" USING btree ("tenant_id","external_id");--> statement-breakpoint
CREATE INDEX "subject_requests_by_assignee" ON "subject_requests" USING btree ("tenant_id","assignee","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("due_at") WHERE fired_at is null;--> statement-breakpoint
CREATE INDEX "timers_by_request" ON "timers" USING btree ("tenant_id","request_id") WHERE fired_at is null;--> statement-breakpoint
CREATE INDEX "timers_by_case" ON "timers" USING btree ("tenant_id","case_id") WHERE fired_at is null;--> statement-breakpoint
CREATE INDEX "tokens_by_case" ON "tokens" USING btree ("tenant_id","case_id","purpose");--> statement-breakpoint
CREATE INDEX "doors_by_tenant" ON "doors" USING btree ("tenant_id");--> statement-breakpoint
CREATE POLICY "tenant_only" ON "inbound" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "letters" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "messages" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "collected" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "packages" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "tasks" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "counting_only" ON "rate_limits" AS PERMISSIVE FOR ALL TO "habeas_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "checkpoints" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "register_entries" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "responses" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "cases" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "events" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "notes" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "subject_requests" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "timers" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "worker_looks_for_due" ON "timers" AS PERMISSIVE FOR SELECT TO "habeas_worker" USING (fired_at is null);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "tokens" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "api_keys" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "who_names_it_sees_it" ON "doors" AS PERMISSIVE FOR SELECT TO "habeas_app" USING (key = (select current_setting('app.door', true)) or tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_hangs_it" ON "doors" AS PERMISSIVE FOR INSERT TO "habeas_app" WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_takes_it_down" ON "doors" AS PERMISSIVE FOR DELETE TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "policies" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "staff" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "systems" AS PERMISSIVE FOR ALL TO "habeas_app" USING (tenant_id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (tenant_id = (select current_setting('app.tenant_id')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_only" ON "tenants" AS PERMISSIVE FOR ALL TO "habeas_app" USING (id = (select current_setting('app.tenant_id')::uuid)) WITH CHECK (id = (select current_setting('app.tenant_id')::uuid));