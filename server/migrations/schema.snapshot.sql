-- The schema that the migrations make. Written by "npm run generate"; not run by anything.

sequence conversation_number

CREATE OR REPLACE FUNCTION public.create_month_partitions(parent text, first timestamp with time zone, months integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  month timestamp;
  lower_bound timestamptz;
  upper_bound timestamptz;
  partition_name text;
  column_name text := (
    select attname from pg_partitioned_table join pg_attribute on attrelid = partrelid and attnum = partattrs[0]
    where partrelid = parent::regclass
  );
  taken boolean;
  made integer := 0;
begin
  for step in 0..months - 1 loop
    month := date_trunc('month', first at time zone 'utc') + make_interval(months => step);
    lower_bound := month at time zone 'utc';
    upper_bound := (month + interval '1 month') at time zone 'utc';
    partition_name := parent || '_' || to_char(month, 'YYYY_MM');
    continue when to_regclass(partition_name) is not null;
    execute format('select exists (select from %I where %I >= %L and %I < %L)',
      parent || '_default', column_name, lower_bound, column_name, upper_bound) into taken;
    continue when taken;
    execute format('create table %I partition of %I for values from (%L) to (%L)', partition_name, parent, lower_bound, upper_bound);
    made := made + 1;
  end loop;
  return made;
end $function$

CREATE OR REPLACE FUNCTION public.kpi_add(a bigint[], b bigint[])
 RETURNS bigint[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  total bigint[] := coalesce(a, b);
begin
  if a is null or b is null then
    return total;
  end if;
  for place in 1 .. cardinality(b) loop
    if place > cardinality(a) then
      total[place] := b[place];
    elsif b[place] <> 0 then
      total[place] := a[place] + b[place];
    end if;
  end loop;
  return total;
end
$function$

CREATE OR REPLACE FUNCTION public.kpi_add(a integer[], b integer[])
 RETURNS integer[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  total integer[] := coalesce(a, b);
begin
  if a is null or b is null then
    return total;
  end if;
  for place in 1 .. cardinality(b) loop
    if place > cardinality(a) then
      total[place] := b[place];
    elsif b[place] <> 0 then
      total[place] := a[place] + b[place];
    end if;
  end loop;
  return total;
end
$function$

CREATE OR REPLACE FUNCTION public.refuse_contact_event_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'contact events are never changed or deleted';
end $function$


-- What state an agent is in and why. idle_since: when the agent last became ready or declined. Load is never stored: it is the sum over open work items.
table agent_presence (
  user_id uuid not null
  state text not null default 'offline'::text
  reason text
  since timestamp with time zone not null default clock_timestamp()
  idle_since timestamp with time zone not null default clock_timestamp()
  capacity integer not null default 100
  constraint agent_presence_capacity_check CHECK (((capacity >= 0) AND (capacity <= 1000)))
  constraint agent_presence_pkey PRIMARY KEY (user_id)
  constraint agent_presence_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'busy'::text, 'break'::text, 'after_call_work'::text, 'training'::text, 'offline'::text])))
  constraint agent_presence_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
) with (fillfactor=50)

-- Every change of an agent's state. changed_by null: the system.
table agent_presence_log (
  id uuid not null
  user_id uuid not null
  at timestamp with time zone not null default clock_timestamp()
  previous_state text not null
  state text not null
  reason text
  changed_by uuid
  constraint agent_presence_log_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES app_user(id)
  constraint agent_presence_log_pkey PRIMARY KEY (id)
  constraint agent_presence_log_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
)
CREATE INDEX agent_presence_log_at ON public.agent_presence_log USING brin (at)
CREATE INDEX agent_presence_log_user ON public.agent_presence_log USING btree (user_id, at)

-- The last moment a person had an open socket. Apart from the state, whose rows the router must find unlocked.
table agent_seen (
  user_id uuid not null
  seen_at timestamp with time zone not null
  constraint agent_seen_pkey PRIMARY KEY (user_id)
  constraint agent_seen_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
) with (fillfactor=50)

-- Keys of programs, as hashes. A key may do what its scopes say and its creator may do at the moment of use.
table api_key (
  id uuid not null
  name text not null
  prefix text not null
  key_hash text not null
  scopes text[] not null
  created_by uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  expires_at timestamp with time zone
  last_used_at timestamp with time zone
  revoked_at timestamp with time zone
  constraint api_key_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id)
  constraint api_key_key_hash_key UNIQUE (key_hash)
  constraint api_key_pkey PRIMARY KEY (id)
)

-- People who work here, also those who left (active = false).
table app_user (
  id uuid not null
  name text not null
  email text not null
  email_verified boolean not null default true
  image text
  active boolean not null default true
  two_factor_enabled boolean not null default false
  preferences jsonb not null default '{}'::jsonb
  last_seen_at timestamp with time zone
  created_at timestamp with time zone not null default clock_timestamp()
  updated_at timestamp with time zone not null default clock_timestamp()
  deactivated_at timestamp with time zone
  constraint app_user_email_check CHECK ((email = lower(email)))
  constraint app_user_email_key UNIQUE (email)
  constraint app_user_pkey PRIMARY KEY (id)
)
CREATE INDEX app_user_name ON public.app_user USING btree (name, id)

-- Sign-ins and administrative changes, append-only. Names are kept as they were then.
table audit_entry (
  id uuid not null
  at timestamp with time zone not null default clock_timestamp()
  actor_kind text not null
  actor_id uuid
  actor_name text not null
  action text not null
  subject_kind text not null
  subject_id text
  subject_name text
  details jsonb not null default '{}'::jsonb
  ip text
  request_id text
  constraint audit_entry_pkey PRIMARY KEY (id)
)
CREATE INDEX audit_entry_action ON public.audit_entry USING btree (action, id)
CREATE INDEX audit_entry_actor ON public.audit_entry USING btree (actor_id, id)
CREATE INDEX audit_entry_at ON public.audit_entry USING brin (at)
CREATE INDEX audit_entry_failed ON public.audit_entry USING btree (subject_name, at) WHERE (action = 'session.refused'::text)
CREATE INDEX audit_entry_failed_ip ON public.audit_entry USING btree (ip, at) WHERE (action = 'session.refused'::text)

-- How a person proves who they are: provider credential holds the password (scrypt), oidc the account at the single sign-on provider.
table auth_account (
  id uuid not null
  user_id uuid not null
  account_id text not null
  provider_id text not null
  access_token text
  refresh_token text
  id_token text
  access_token_expires_at timestamp with time zone
  refresh_token_expires_at timestamp with time zone
  scope text
  password text
  created_at timestamp with time zone not null default clock_timestamp()
  updated_at timestamp with time zone not null default clock_timestamp()
  constraint auth_account_pkey PRIMARY KEY (id)
  constraint auth_account_provider_id_account_id_key UNIQUE (provider_id, account_id)
  constraint auth_account_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
)
CREATE INDEX auth_account_user ON public.auth_account USING btree (user_id)

-- Passkeys: the public half only.
table auth_passkey (
  id uuid not null
  user_id uuid not null
  name text
  public_key text not null
  credential_id text not null
  counter bigint not null
  device_type text not null
  backed_up boolean not null
  transports text
  aaguid text
  created_at timestamp with time zone default clock_timestamp()
  constraint auth_passkey_credential_id_key UNIQUE (credential_id)
  constraint auth_passkey_pkey PRIMARY KEY (id)
  constraint auth_passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
)
CREATE INDEX auth_passkey_user ON public.auth_passkey USING btree (user_id)

-- Signed-in browsers. A row that is gone is a browser that is signed out.
table auth_session (
  id uuid not null
  user_id uuid not null
  token text not null
  ip_address text
  user_agent text
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default clock_timestamp()
  updated_at timestamp with time zone not null default clock_timestamp()
  last_seen_at timestamp with time zone not null default clock_timestamp()
  constraint auth_session_pkey PRIMARY KEY (id)
  constraint auth_session_token_key UNIQUE (token)
  constraint auth_session_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
)
CREATE INDEX auth_session_user ON public.auth_session USING btree (user_id)

-- Secret of the authenticator app and backup codes, both encrypted with AUTH_SECRET.
table auth_two_factor (
  id uuid not null
  user_id uuid not null
  secret text not null
  backup_codes text not null
  verified boolean not null default true
  failed_verification_count integer not null default 0
  locked_until timestamp with time zone
  constraint auth_two_factor_pkey PRIMARY KEY (id)
  constraint auth_two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
)
CREATE INDEX auth_two_factor_user ON public.auth_two_factor USING btree (user_id)

-- Short-lived secrets of sign-in: password links, second-factor and passkey challenges, single sign-on states. The identifier is stored as a hash.
table auth_verification (
  id uuid not null
  identifier text not null
  value text not null
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default clock_timestamp()
  updated_at timestamp with time zone not null default clock_timestamp()
  constraint auth_verification_pkey PRIMARY KEY (id)
)
CREATE INDEX auth_verification_expires ON public.auth_verification USING btree (expires_at)
CREATE INDEX auth_verification_identifier ON public.auth_verification USING btree (identifier)

-- Rules: when (starts: events, or a clock), if (conditions), then (actions); they run in the order of position. stopped: why one was switched off by itself.
table automation (
  id uuid not null
  name text not null
  note text not null default ''::text
  subject text not null
  starts jsonb not null
  conditions jsonb not null
  actions jsonb not null
  repeat text not null
  is_active boolean not null
  "position" integer not null
  version integer not null default 1
  stopped text
  runs integer not null default 0
  failures integer not null default 0
  failed_in_row integer not null default 0
  last_run_at timestamp with time zone
  updated_by uuid
  created_at timestamp with time zone not null default clock_timestamp()
  updated_at timestamp with time zone not null default clock_timestamp()
  constraint automation_pkey PRIMARY KEY (id)
  constraint automation_repeat_check CHECK ((repeat = ANY (ARRAY['always'::text, 'once'::text])))
  constraint automation_stopped_check CHECK ((stopped = ANY (ARRAY['loop'::text, 'failures'::text])))
  constraint automation_subject_check CHECK ((subject = ANY (ARRAY['order'::text, 'conversation'::text])))
  constraint automation_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES app_user(id)
)
CREATE UNIQUE INDEX automation_name ON public.automation USING btree (lower(name))

-- Mails that automations and macros send. One found sending was handed over when the process died: it is not sent again.
table automation_mail (
  id uuid not null
  recipient text not null
  subject text not null
  text text not null
  at timestamp with time zone not null default clock_timestamp()
  state text not null default 'waiting'::text
  constraint automation_mail_pkey PRIMARY KEY (id)
  constraint automation_mail_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text])))
)
CREATE INDEX automation_mail_age ON public.automation_mail USING brin (at)

-- Orders that automations recorded, and the automations from which each follows: what time alone makes of it follows from the same, or orders would beget orders for ever.
table automation_offspring (
  order_id uuid not null
  chain uuid[] not null
  constraint automation_offspring_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_order(id)
  constraint automation_offspring_pkey PRIMARY KEY (order_id)
)

-- What automations did. No reference to the automation: the history outlives it.
table automation_run (
  id uuid not null
  automation_id uuid not null
  automation_name text not null
  automation_version integer not null
  key text not null
  subject_kind text not null
  subject_id uuid not null
  subject_number text not null
  subject_title text not null
  cause text not null
  state text not null
  actions jsonb not null
  chain text[] not null default '{}'::text[]
  took_ms integer not null
  at timestamp with time zone not null default clock_timestamp()
  constraint automation_run_automation_id_key_key UNIQUE (automation_id, key)
  constraint automation_run_pkey PRIMARY KEY (id)
  constraint automation_run_state_check CHECK ((state = ANY (ARRAY['done'::text, 'failed'::text, 'loop_stopped'::text])))
)
CREATE INDEX automation_run_age ON public.automation_run USING brin (at)
CREATE INDEX automation_run_of ON public.automation_run USING btree (automation_id, id DESC)
CREATE INDEX automation_run_subject ON public.automation_run USING btree (subject_id, automation_id, id DESC)
CREATE INDEX automation_run_trouble ON public.automation_run USING btree (id DESC) WHERE (state <> 'done'::text)

-- Calls to make: the confirmation an order waits for, follow-ups, chases.
table callback (
  id uuid not null
  order_id uuid
  visit_id uuid
  customer_id uuid
  customer_name text not null default ''::text
  phones text[] not null default '{}'::text[]
  reason text not null
  script text not null default ''::text
  due_at timestamp with time zone not null
  next_try_at timestamp with time zone not null
  tries integer not null default 0  -- Calls that reached nobody; at max_tries the way out is taken.
  max_tries integer not null
  team_id uuid not null
  holder_id uuid
  state text not null default 'open'::text
  result text
  note text not null default ''::text
  done_at timestamp with time zone
  done_by uuid
  created_at timestamp with time zone not null default clock_timestamp()
  satisfaction smallint
  version integer not null default 1
  constraint callback_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id)
  constraint callback_done_by_fkey FOREIGN KEY (done_by) REFERENCES app_user(id)
  constraint callback_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES app_user(id)
  constraint callback_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_order(id)
  constraint callback_pkey PRIMARY KEY (id)
  constraint callback_satisfaction_check CHECK (((satisfaction >= 1) AND (satisfaction <= 5)))
  constraint callback_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'given_up'::text])))
  constraint callback_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  constraint callback_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES order_visit(id)
)
CREATE INDEX callback_customer ON public.callback USING btree (customer_id, created_at) WHERE (customer_id IS NOT NULL)
CREATE INDEX callback_done ON public.callback USING btree (done_at) WHERE (done_at IS NOT NULL)
CREATE INDEX callback_done_team ON public.callback USING btree (team_id, done_at, id) WHERE (done_at IS NOT NULL)
CREATE INDEX callback_holder ON public.callback USING btree (holder_id, next_try_at) WHERE (state = 'open'::text)
CREATE INDEX callback_next ON public.callback USING btree (next_try_at, id) WHERE (state = 'open'::text)
CREATE INDEX callback_open ON public.callback USING btree (team_id, next_try_at, id) WHERE (state = 'open'::text)
CREATE INDEX callback_order ON public.callback USING btree (order_id)

-- Calls made for a callback, append-only; result null: put off without a call.
table callback_try (
  id uuid not null
  callback_id uuid not null
  at timestamp with time zone not null
  by_id uuid
  result text
  phone text not null default ''::text
  note text not null default ''::text
  next_try_at timestamp with time zone
  constraint callback_try_by_id_fkey FOREIGN KEY (by_id) REFERENCES app_user(id)
  constraint callback_try_callback_id_fkey FOREIGN KEY (callback_id) REFERENCES callback(id)
  constraint callback_try_pkey PRIMARY KEY (id)
)
CREATE INDEX callback_try_at ON public.callback_try USING btree (at)
CREATE INDEX callback_try_callback ON public.callback_try USING btree (callback_id, at)

-- Texts ready to send; of one team, or of all (team_id null).
table canned_reply (
  id uuid not null
  shortcut text not null
  title text not null
  text text not null
  team_id uuid
  uses integer not null default 0
  created_at timestamp with time zone not null default clock_timestamp()
  constraint canned_reply_pkey PRIMARY KEY (id)
  constraint canned_reply_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
)
CREATE UNIQUE INDEX canned_reply_shortcut ON public.canned_reply USING btree (lower(shortcut), COALESCE(team_id, '00000000-0000-0000-0000-000000000000'::uuid))

-- One inbound interaction from arrival to end. customer_id and subject_id (for example the conversation) belong to other modules and may be unknown.
table contact (
  id uuid not null
  channel text not null
  customer_id uuid
  subject_id uuid
  opened_at timestamp with time zone not null default clock_timestamp()
  ended_at timestamp with time zone
  outcome text
  constraint contact_pkey PRIMARY KEY (id)
)
CREATE INDEX contact_customer ON public.contact USING btree (customer_id, opened_at) WHERE (customer_id IS NOT NULL)
CREATE INDEX contact_opened_at ON public.contact USING brin (opened_at)
CREATE INDEX contact_subject ON public.contact USING btree (subject_id) WHERE (subject_id IS NOT NULL)

-- What happened to contacts, append-only, partitioned by month (UTC). data holds the figures of the step: waitMs, ringMs, rings, handleMs.
table contact_event (
  id uuid not null
  contact_id uuid not null
  type text not null
  at timestamp with time zone not null default clock_timestamp()
  channel text not null
  queue_id uuid
  team_id uuid
  agent_id uuid
  by_bot boolean not null default false
  data jsonb not null default '{}'::jsonb
  constraint contact_event_pkey PRIMARY KEY (id, at)
) partition by RANGE (at)
CREATE INDEX contact_event_at ON ONLY public.contact_event USING btree (at)
CREATE INDEX contact_event_contact ON ONLY public.contact_event USING btree (contact_id, at)
CREATE TRIGGER contact_event_append_only BEFORE DELETE OR UPDATE ON public.contact_event FOR EACH ROW EXECUTE FUNCTION refuse_contact_event_change()

-- The whole event line of a contact from an imported log: a list of [type, milliseconds since arrived_at, queue member or 0, agent member or 0, data or nothing]. The id is a uuid of version 7 made of the arrival and a hash of the log and the contact's key in it, so that the same contact always gets the same one.
table contact_history (
  contact_id uuid not null
  batch_id integer not null
  channel text not null
  arrived_at timestamp with time zone not null
  events jsonb not null
  constraint contact_history_pkey PRIMARY KEY (contact_id, batch_id)
) with (autovacuum_vacuum_cost_delay=20, autovacuum_vacuum_insert_scale_factor=1)

-- One matter with one customer on one channel. last_seq is the position of its newest message; version grows with every change.
table conversation (
  id uuid not null
  number bigint not null default nextval('conversation_number'::regclass)
  customer_id uuid not null
  channel text not null
  source_id uuid
  team_id uuid not null
  queue_id uuid
  assignee_id uuid
  status text not null default 'open'::text
  priority text not null default 'normal'::text
  subject text not null default ''::text
  tags text[] not null default '{}'::text[]
  preview text not null default ''::text
  last_message_at timestamp with time zone not null default date_trunc('milliseconds'::text, clock_timestamp())
  last_seq integer not null default 0
  unread integer not null default 0
  agent_read_seq integer not null default 0
  customer_read_seq integer not null default 0
  waiting_since timestamp with time zone
  snoozed_until timestamp with time zone
  contact_id uuid
  page jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default clock_timestamp()
  resolved_at timestamp with time zone
  version integer not null default 1
  constraint conversation_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES app_user(id)
  constraint conversation_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id)
  constraint conversation_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id)
  constraint conversation_pkey PRIMARY KEY (id)
  constraint conversation_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text])))
  constraint conversation_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queue(id) ON DELETE SET NULL
  constraint conversation_status_check CHECK ((status = ANY (ARRAY['open'::text, 'waiting'::text, 'snoozed'::text, 'resolved'::text])))
  constraint conversation_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
) with (fillfactor=80)
CREATE INDEX conversation_active ON public.conversation USING btree (team_id, last_message_at DESC, id DESC) WHERE (status = ANY (ARRAY['open'::text, 'waiting'::text]))
CREATE UNIQUE INDEX conversation_by_number ON public.conversation USING btree (number)
CREATE INDEX conversation_by_status ON public.conversation USING btree (status, last_message_at DESC, id DESC)
CREATE INDEX conversation_contact ON public.conversation USING btree (contact_id) WHERE (contact_id IS NOT NULL)
CREATE INDEX conversation_created ON public.conversation USING btree (created_at, id)
CREATE INDEX conversation_longest_waiting ON public.conversation USING btree (COALESCE(waiting_since, last_message_at), id) WHERE (status = ANY (ARRAY['open'::text, 'waiting'::text]))
CREATE INDEX conversation_mine ON public.conversation USING btree (assignee_id, last_message_at DESC, id DESC) WHERE (status = ANY (ARRAY['open'::text, 'waiting'::text]))
CREATE INDEX conversation_newest ON public.conversation USING btree (last_message_at DESC, id DESC)
CREATE INDEX conversation_of_assignee ON public.conversation USING btree (assignee_id, status, last_message_at DESC, id DESC) WHERE (assignee_id IS NOT NULL)
CREATE INDEX conversation_of_customer ON public.conversation USING btree (customer_id, last_message_at DESC, id DESC)
CREATE INDEX conversation_of_source ON public.conversation USING btree (source_id, created_at DESC) WHERE (source_id IS NOT NULL)
CREATE INDEX conversation_put_aside ON public.conversation USING btree (team_id, last_message_at DESC, id DESC) WHERE (status = 'snoozed'::text)
CREATE INDEX conversation_tags ON public.conversation USING gin (tags)
CREATE INDEX conversation_team_newest ON public.conversation USING btree (team_id, last_message_at DESC, id DESC)
CREATE INDEX conversation_unassigned ON public.conversation USING btree (team_id, last_message_at DESC, id DESC) WHERE ((assignee_id IS NULL) AND (status = ANY (ARRAY['open'::text, 'waiting'::text])))

-- Further facts that an installation keeps about customers. Values live in customer.fields by key, and stay when the field is removed.
table custom_field (
  id uuid not null
  key text not null
  label text not null
  kind text not null
  choices text[] not null default '{}'::text[]
  "position" integer not null default 0
  created_at timestamp with time zone not null default clock_timestamp()
  constraint custom_field_key UNIQUE (key)
  constraint custom_field_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'choice'::text, 'boolean'::text])))
  constraint custom_field_pkey PRIMARY KEY (id)
)

-- People and firms who contact us. words: pieces of name, company and identities for searching. A merged customer keeps its row, so that its old id still leads to the one it became (always in one step). version grows with every change by a person.
table customer (
  id uuid not null
  name text not null
  named boolean not null default true
  tier text not null default 'standard'::text
  verified boolean not null default false
  company text
  locale text
  tags text[] not null default '{}'::text[]
  fields jsonb not null default '{}'::jsonb
  words tsvector not null default ''::tsvector
  created_at timestamp with time zone not null default clock_timestamp()
  last_seen_at timestamp with time zone
  merged_into uuid
  version integer not null default 1
  constraint customer_check CHECK ((merged_into <> id))
  constraint customer_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES customer(id)
  constraint customer_pkey PRIMARY KEY (id)
  constraint customer_tier_check CHECK ((tier = ANY (ARRAY['standard'::text, 'silver'::text, 'gold'::text, 'vip'::text])))
) with (fillfactor=85)
CREATE INDEX customer_activity ON public.customer USING btree (COALESCE(last_seen_at, created_at) DESC, id DESC) WHERE (merged_into IS NULL)
CREATE INDEX customer_created ON public.customer USING btree (created_at, id) WHERE (merged_into IS NULL)
CREATE INDEX customer_merged ON public.customer USING btree (merged_into) WHERE (merged_into IS NOT NULL)
CREATE INDEX customer_tags ON public.customer USING gin (tags)
CREATE INDEX customer_words ON public.customer USING gin (words)

-- By what a customer is recognised. Phones are digits with a leading + where the country is known, e-mail addresses lower case. verified: proved by a signature. claimed: typed by the customer and proved by nothing; who proves it takes it over.
table customer_identity (
  id uuid not null
  customer_id uuid not null
  kind text not null
  value text not null
  verified boolean not null default false
  claimed boolean not null default false
  created_at timestamp with time zone not null default clock_timestamp()
  constraint customer_identity_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED
  constraint customer_identity_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'email'::text, 'webchat'::text, 'external'::text, 'wechat'::text])))
  constraint customer_identity_pkey PRIMARY KEY (id)
  constraint customer_identity_value UNIQUE (kind, value)
)
CREATE INDEX customer_identity_customer ON public.customer_identity USING btree (customer_id)

-- What people note about a customer, for colleagues only.
table customer_note (
  id uuid not null
  customer_id uuid not null
  text text not null
  author_id uuid
  author_name text not null
  created_at timestamp with time zone not null default clock_timestamp()
  constraint customer_note_author_id_fkey FOREIGN KEY (author_id) REFERENCES app_user(id)
  constraint customer_note_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id)
  constraint customer_note_pkey PRIMARY KEY (id)
)
CREATE INDEX customer_note_author ON public.customer_note USING btree (author_id) WHERE (author_id IS NOT NULL)
CREATE INDEX customer_note_customer ON public.customer_note USING btree (customer_id, created_at DESC, id DESC)

-- Parts of the organisation that teams belong to.
table department (
  id uuid not null
  name text not null
  created_at timestamp with time zone not null default clock_timestamp()
  constraint department_pkey PRIMARY KEY (id)
)
CREATE UNIQUE INDEX department_name ON public.department USING btree (lower(name))

-- What a person is writing and has not sent.
table draft (
  conversation_id uuid not null
  user_id uuid not null
  kind text not null
  text text not null
  updated_at timestamp with time zone not null default clock_timestamp()
  constraint draft_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE
  constraint draft_pkey PRIMARY KEY (conversation_id, user_id)
  constraint draft_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
)

-- Uploads. Whoever holds id and access_key may fetch one; storage_key is where the file store keeps it.
table file (
  id uuid not null
  access_key text not null
  storage_key text not null
  name text not null
  mime text not null
  size bigint not null
  width integer
  height integer
  sha256 text not null
  uploaded_by_kind text not null
  uploaded_by uuid
  created_at timestamp with time zone not null default clock_timestamp()
  constraint file_pkey PRIMARY KEY (id)
)

-- A log on this machine that is read as it grows. position: bytes of the file read and counted; memory: what must be known of the lines before it (open calls, who is signed in); both change with the counts in one transaction.
table followed_log (
  id uuid not null
  path text not null
  kind text not null
  log text not null
  zone text not null
  state text not null
  batch_id integer
  fingerprint text not null default ''::text
  inode text not null default ''::text
  "position" bigint not null default 0
  memory jsonb not null default '{}'::jsonb
  lines bigint not null default 0
  contacts bigint not null default 0
  last_line_at timestamp with time zone
  created_at timestamp with time zone not null default clock_timestamp()
  created_by uuid
  constraint followed_log_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES kpi_batch(id) ON DELETE SET NULL
  constraint followed_log_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id)
  constraint followed_log_pkey PRIMARY KEY (id)
  constraint followed_log_state_check CHECK ((state = ANY (ARRAY['following'::text, 'missing'::text, 'unreadable'::text, 'stopped'::text])))
)
CREATE UNIQUE INDEX followed_log_path ON public.followed_log USING btree (path) WHERE (state <> 'stopped'::text)

-- Uploads to import, kept for a week and as long as an import reads them.
table import_file (
  id uuid not null
  name text not null
  size bigint not null
  storage_key text not null
  uploaded_at timestamp with time zone not null default clock_timestamp()
  uploaded_by uuid
  constraint import_file_pkey PRIMARY KEY (id)
  constraint import_file_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES app_user(id)
)
CREATE INDEX import_file_uploaded ON public.import_file USING btree (uploaded_at)

-- What the columns of a table mean, to be used again.
table import_mapping (
  id uuid not null
  name text not null
  mapping jsonb not null
  updated_at timestamp with time zone not null default clock_timestamp()
  constraint import_mapping_pkey PRIMARY KEY (id)
)
CREATE UNIQUE INDEX import_mapping_name ON public.import_mapping USING btree (lower(name))

-- One import: what is read, how far it is, what came of it. sources: files of the store, or paths of the machine for imports by command. attempts: how often a process began it; one that broke off begins again from nothing.
table import_run (
  id uuid not null
  kind text not null
  log text not null
  name text not null
  zone text not null
  mapping jsonb
  sources jsonb not null
  origin text not null
  state text not null
  phase text not null
  is_cancelled boolean not null default false
  attempts integer not null default 0
  batch_id integer
  bytes_read bigint not null default 0
  bytes_total bigint not null
  rows bigint not null default 0
  contacts bigint not null default 0
  errors bigint not null default 0
  problem jsonb
  report jsonb
  created_at timestamp with time zone not null default clock_timestamp()
  created_by uuid
  started_at timestamp with time zone
  ended_at timestamp with time zone
  constraint import_run_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES kpi_batch(id) ON DELETE SET NULL
  constraint import_run_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id)
  constraint import_run_kind_check CHECK ((kind = ANY (ARRAY['queue_log'::text, 'asterisk_cdr'::text, 'asterisk_cel'::text, 'freeswitch_csv'::text, 'freeswitch_json'::text, 'table'::text])))
  constraint import_run_origin_check CHECK ((origin = ANY (ARRAY['upload'::text, 'command'::text])))
  constraint import_run_pkey PRIMARY KEY (id)
  constraint import_run_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text, 'removing'::text, 'removed'::text])))
)
CREATE INDEX import_run_created ON public.import_run USING btree (created_at, id)
CREATE INDEX import_run_open ON public.import_run USING btree (created_at) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text, 'removing'::text]))

-- Orders that were opened to end a cause of complaints.
table improvement (
  order_id uuid not null
  cause text not null
  created_at timestamp with time zone not null default clock_timestamp()
  constraint improvement_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_order(id)
  constraint improvement_pkey PRIMARY KEY (order_id)
)
CREATE INDEX improvement_created ON public.improvement USING btree (created_at)

-- Invitations with the teams and roles the person gets on accepting. The link's token is stored as a hash.
table invitation (
  id uuid not null
  email text not null
  name text not null
  team_ids uuid[] not null
  grants jsonb not null
  token_hash text not null
  mailed boolean not null
  invited_by uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  expires_at timestamp with time zone not null
  accepted_at timestamp with time zone
  accepted_by uuid
  revoked_at timestamp with time zone
  constraint invitation_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES app_user(id)
  constraint invitation_email_check CHECK ((email = lower(email)))
  constraint invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES app_user(id)
  constraint invitation_pkey PRIMARY KEY (id)
  constraint invitation_token_hash_key UNIQUE (token_hash)
)
CREATE UNIQUE INDEX invitation_open ON public.invitation USING btree (email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL))

-- What each agent did for the contacts that arrived on a day; a contact of several agents counts for each of them with their own parts.
table kpi_agent_day (
  day date not null
  batch_id integer not null
  part integer not null default 0
  agent integer not null
  queue integer not null
  channel text not null
  topic integer not null
  type integer not null
  sums bigint[] not null
  constraint kpi_agent_day_pkey PRIMARY KEY (day, batch_id, agent, queue, channel, topic, type, part)
) with (autovacuum_vacuum_cost_delay=20, autovacuum_vacuum_insert_scale_factor=1)
CREATE INDEX kpi_agent_day_agent ON public.kpi_agent_day USING btree (agent, day)

-- The sums of kpi_agent_day by the first day of the month.
table kpi_agent_month (
  month date not null
  batch_id integer not null
  agent integer not null
  queue integer not null
  channel text not null
  topic integer not null
  type integer not null
  sums bigint[] not null
  constraint kpi_agent_month_pkey PRIMARY KEY (month, batch_id, agent, queue, channel, topic, type)
)
CREATE INDEX kpi_agent_month_agent ON public.kpi_agent_month USING btree (agent, month)

-- How an agent spent a half hour. busy: with at least one contact; idle: ready with none and no wrap-up.
table kpi_agent_time (
  step_at timestamp with time zone not null
  batch_id integer not null
  agent integer not null
  signed_in_ms integer not null
  ready_ms integer not null
  busy_ms integer not null
  wrap_ms integer not null
  idle_ms integer not null
  scheduled_ms integer not null
  adherent_ms integer not null
  constraint kpi_agent_time_pkey PRIMARY KEY (step_at, batch_id, agent)
)

-- Contacts that came together: our own work, one import, a followed log, or our own work being counted anew. Only visible ones are in reports. log: the system they came from, the same for all files of it. records: what the log tells at all (presence, hold, wrap_up, rings, transfers, blocked, customers, solved), as a figure that was never recorded is missing, not 0. time_zone: whose half hours and days the sums are of; that of the first count stays until all is counted anew.
table kpi_batch (
  id integer not null generated as identity
  kind text not null
  log text not null
  name text not null
  state text not null
  records text[] not null
  time_zone text
  contacts integer not null default 0
  first_at timestamp with time zone
  last_at timestamp with time zone
  created_at timestamp with time zone not null default clock_timestamp()
  constraint kpi_batch_kind_check CHECK ((kind = ANY (ARRAY['own'::text, 'import'::text, 'follow'::text])))
  constraint kpi_batch_pkey PRIMARY KEY (id)
  constraint kpi_batch_state_check CHECK ((state = ANY (ARRAY['loading'::text, 'visible'::text, 'leaving'::text])))
)
CREATE UNIQUE INDEX kpi_batch_own ON public.kpi_batch USING btree (kind) WHERE ((kind = 'own'::text) AND (state = 'visible'::text))

-- The sums of kpi_half_hour of all queues, channels and types.
table kpi_centre_half_hour (
  step_at timestamp with time zone not null
  batch_id integer not null
  sums bigint[] not null
  waits_answered integer[] not null
  waits_abandoned integer[] not null
  constraint kpi_centre_half_hour_pkey PRIMARY KEY (step_at, batch_id)
)

-- What one contact counts for. 0 and empty text: none. customer: a hash of who called. flags: 1 queued, 2 held, 4 transferred, 8 handled by a person, 16 solved. repeat_gap_ms: until the customer's next contact on the same topic, at most 30 days, kept of live contacts only. segments: the parts of agents, when one row cannot tell them.
table kpi_contact (
  contact_id uuid not null
  batch_id integer not null
  arrived_at timestamp with time zone not null
  channel text not null
  queue integer not null
  topic integer not null
  type integer not null
  tier text not null
  agent integer not null
  customer bigint not null
  outcome text not null
  wait_ms integer not null
  talk_ms integer not null
  hold_ms integer not null
  wrap_ms integer not null
  ring_ms integer
  flags smallint not null
  is_live boolean not null
  repeat_gap_ms bigint
  segments jsonb
  constraint kpi_contact_pkey PRIMARY KEY (contact_id, batch_id)
) with (autovacuum_vacuum_cost_delay=20, autovacuum_vacuum_insert_scale_factor=0.1)
CREATE INDEX kpi_contact_arrived ON public.kpi_contact USING btree (arrived_at, contact_id) INCLUDE (batch_id, customer)
CREATE INDEX kpi_contact_customer ON public.kpi_contact USING btree (customer, topic, arrived_at) WHERE (is_live AND (customer <> 0))

-- The same for a day of the centre's calendar, by more dimensions.
table kpi_day (
  day date not null
  batch_id integer not null
  part integer not null default 0
  queue integer not null
  channel text not null
  topic integer not null
  type integer not null
  tier text not null
  sums bigint[] not null
  waits_answered integer[] not null
  waits_abandoned integer[] not null
  constraint kpi_day_pkey PRIMARY KEY (day, batch_id, queue, channel, topic, type, tier, part)
) with (autovacuum_vacuum_cost_delay=20, autovacuum_vacuum_insert_scale_factor=1)

-- Contacts to count again before the recount takes the place of what is shown.
table kpi_dirty (
  contact_id uuid not null
  constraint kpi_dirty_pkey PRIMARY KEY (contact_id)
)

-- Figures that no event tells, entered or imported: costs (minor units), staff, leavers, grades, hours.
table kpi_entry (
  id uuid not null
  measure text not null
  from_day date not null
  to_day date not null
  value double precision not null
  agent integer
  team_id uuid
  note text not null default ''::text
  created_at timestamp with time zone not null default clock_timestamp()
  created_by uuid
  constraint kpi_entry_agent_fkey FOREIGN KEY (agent) REFERENCES kpi_member(id)
  constraint kpi_entry_check CHECK ((to_day >= from_day))
  constraint kpi_entry_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id)
  constraint kpi_entry_pkey PRIMARY KEY (id)
  constraint kpi_entry_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
)
CREATE INDEX kpi_entry_days ON public.kpi_entry USING btree (from_day, to_day)

-- Sums of the contacts that arrived in a half hour of the centre's clock. An import writes further rows of the same key, told apart by part, instead of changing those there are; readers add them up. The names of the places in sums stand in the module's domain; waits are cumulative counts by the edges of the wait histogram, an empty list when all are 0.
table kpi_half_hour (
  step_at timestamp with time zone not null
  batch_id integer not null
  part integer not null default 0
  queue integer not null
  channel text not null
  type integer not null
  sums bigint[] not null
  waits_answered integer[] not null
  waits_abandoned integer[] not null
  constraint kpi_half_hour_pkey PRIMARY KEY (step_at, batch_id, queue, channel, type, part)
) with (autovacuum_vacuum_cost_delay=20, autovacuum_vacuum_insert_scale_factor=1)

-- Small numbers for queues, agents, topics and contact types. key: the uuid of our own, the name (after name:) of what only logs know.
table kpi_member (
  id integer not null generated as identity
  kind text not null
  key text not null
  ref uuid
  name text not null
  constraint kpi_member_kind_check CHECK ((kind = ANY (ARRAY['queue'::text, 'agent'::text, 'topic'::text, 'type'::text])))
  constraint kpi_member_kind_key_key UNIQUE (kind, key)
  constraint kpi_member_pkey PRIMARY KEY (id)
)
CREATE INDEX kpi_member_ref ON public.kpi_member USING btree (ref) WHERE (ref IS NOT NULL)

-- The sums of kpi_day by the first day of the month.
table kpi_month (
  month date not null
  batch_id integer not null
  queue integer not null
  channel text not null
  topic integer not null
  type integer not null
  tier text not null
  sums bigint[] not null
  waits_answered integer[] not null
  waits_abandoned integer[] not null
  constraint kpi_month_pkey PRIMARY KEY (month, batch_id, queue, channel, topic, type, tier)
)

-- When an agent was in which state; until_at null: still is.
table kpi_presence (
  batch_id integer not null
  agent integer not null
  from_at timestamp with time zone not null
  until_at timestamp with time zone
  state text not null
  reason text
  constraint kpi_presence_pkey PRIMARY KEY (agent, from_at, batch_id)
)
CREATE INDEX kpi_presence_open ON public.kpi_presence USING btree (batch_id, agent) WHERE (until_at IS NULL)

-- The sums of kpi_day of all topics and tiers.
table kpi_queue_day (
  day date not null
  batch_id integer not null
  queue integer not null
  channel text not null
  type integer not null
  sums bigint[] not null
  waits_answered integer[] not null
  waits_abandoned integer[] not null
  constraint kpi_queue_day_pkey PRIMARY KEY (day, batch_id, queue, channel, type)
)

-- When an agent was busy with a contact; kept where sign-in times are known, for the time nobody is busy.
table kpi_segment (
  contact_id uuid not null
  batch_id integer not null
  part smallint not null
  agent integer not null
  from_at timestamp with time zone not null
  until_at timestamp with time zone
  wrap_from_at timestamp with time zone
  wrap_until_at timestamp with time zone
  constraint kpi_segment_pkey PRIMARY KEY (contact_id, batch_id, part)
)
CREATE INDEX kpi_segment_agent ON public.kpi_segment USING btree (agent, from_at)
CREATE INDEX kpi_segment_open ON public.kpi_segment USING btree (batch_id, agent) WHERE ((until_at IS NULL) OR ((wrap_from_at IS NOT NULL) AND (wrap_until_at IS NULL)))

-- Planned work of an agent.
table kpi_shift (
  id uuid not null
  agent integer not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  constraint kpi_shift_agent_fkey FOREIGN KEY (agent) REFERENCES kpi_member(id)
  constraint kpi_shift_check CHECK ((ends_at > starts_at))
  constraint kpi_shift_pkey PRIMARY KEY (id)
)
CREATE INDEX kpi_shift_agent ON public.kpi_shift USING btree (agent, starts_at)
CREATE INDEX kpi_shift_starts ON public.kpi_shift USING btree (starts_at)

-- Bands from a date on; the newest that fits a day holds, the one of the queue before the one of the type before the one of all.
table kpi_target (
  id uuid not null
  standard text not null
  queue integer
  type integer
  norm double precision
  low double precision
  high double precision
  seconds integer
  valid_from date not null
  note text not null default ''::text
  created_at timestamp with time zone not null default clock_timestamp()
  created_by uuid
  constraint kpi_target_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id)
  constraint kpi_target_pkey PRIMARY KEY (id)
  constraint kpi_target_queue_fkey FOREIGN KEY (queue) REFERENCES kpi_member(id)
  constraint kpi_target_type_fkey FOREIGN KEY (type) REFERENCES kpi_member(id)
)
CREATE INDEX kpi_target_standard ON public.kpi_target USING btree (standard, valid_from)

-- The sums of kpi_day of all queues.
table kpi_topic_day (
  day date not null
  batch_id integer not null
  channel text not null
  topic integer not null
  type integer not null
  tier text not null
  sums bigint[] not null
  waits_answered integer[] not null
  waits_abandoned integer[] not null
  constraint kpi_topic_day_pkey PRIMARY KEY (day, batch_id, channel, topic, type, tier)
)

-- How far each durable listener has read the outbox; moved in the transaction of its effects, so that each event counts once.
table listener_cursor (
  listener text not null
  xid xid8 not null
  id bigint not null
  failed_attempts integer not null default 0
  last_error text
  moved_at timestamp with time zone not null default clock_timestamp()
  constraint listener_cursor_pkey PRIMARY KEY (listener)
)

-- Several actions that a person does with one press; of one team, or of all (team_id null).
table macro (
  id uuid not null
  name text not null
  note text not null default ''::text
  subject text not null
  actions jsonb not null
  team_id uuid
  uses integer not null default 0
  updated_by uuid
  updated_at timestamp with time zone not null default clock_timestamp()
  version integer not null default 1
  constraint macro_pkey PRIMARY KEY (id)
  constraint macro_subject_check CHECK ((subject = ANY (ARRAY['order'::text, 'conversation'::text])))
  constraint macro_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  constraint macro_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES app_user(id)
)
CREATE UNIQUE INDEX macro_name ON public.macro USING btree (lower(name), subject, COALESCE(team_id, '00000000-0000-0000-0000-000000000000'::uuid))

-- Who was named in a note, until seen.
table mention (
  user_id uuid not null
  conversation_id uuid not null
  message_id uuid not null
  at timestamp with time zone not null default clock_timestamp()
  seen_at timestamp with time zone
  constraint mention_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversation(id) ON DELETE CASCADE
  constraint mention_pkey PRIMARY KEY (user_id, conversation_id, message_id)
  constraint mention_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
)
CREATE INDEX mention_unseen ON public.mention USING btree (user_id, at DESC) WHERE (seen_at IS NULL)

-- Messages, notes and inline events in one gapless order (seq) per conversation; partitioned by month (UTC). parts are those of the contract, with files by id.
table message (
  id uuid not null
  conversation_id uuid not null
  seq integer not null
  kind text not null
  author_kind text not null
  author_id uuid
  author_name text not null
  parts jsonb not null
  mentions uuid[] not null default '{}'::uuid[]
  client_key text
  created_at timestamp with time zone not null default clock_timestamp()
  retracted_at timestamp with time zone
  constraint message_author_kind_check CHECK ((author_kind = ANY (ARRAY['customer'::text, 'agent'::text, 'bot'::text, 'system'::text])))
  constraint message_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'note'::text, 'event'::text])))
  constraint message_pkey PRIMARY KEY (id, created_at)
) partition by RANGE (created_at)
CREATE INDEX message_order ON ONLY public.message USING btree (conversation_id, seq DESC)

-- Idempotency: which message a sender's key became. Kept for thirty days.
table message_key (
  conversation_id uuid not null
  client_key text not null
  message_id uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  constraint message_key_pkey PRIMARY KEY (conversation_id, client_key)
)
CREATE INDEX message_key_age ON public.message_key USING brin (created_at)

-- Words of messages (and, as seq 0 under the conversation's id, of its subject), segmented; newest first by message_id, which carries the time.
table message_search (
  message_id uuid not null
  conversation_id uuid not null
  seq integer not null
  words tsvector not null
  constraint message_search_pkey PRIMARY KEY (message_id)
)
CREATE INDEX message_search_words ON public.message_search USING gin (words)

-- Weekly periods in minutes since local midnight, Monday first, and the days that differ: holidays (no periods) and make-up working days.
table opening_hours (
  id uuid not null
  name text not null
  time_zone text not null
  week jsonb not null
  special_days jsonb not null default '[]'::jsonb
  created_at timestamp with time zone not null default clock_timestamp()
  updated_at timestamp with time zone not null default clock_timestamp()
  constraint opening_hours_pkey PRIMARY KEY (id)
)
CREATE UNIQUE INDEX opening_hours_name ON public.opening_hours USING btree (lower(name))

-- What orders are about, and by which flow they go.
table order_category (
  id uuid not null
  name jsonb not null
  flow_key text not null
  department_id uuid
  is_complaint boolean not null default false
  "position" integer not null
  retired_at timestamp with time zone
  constraint order_category_department_id_fkey FOREIGN KEY (department_id) REFERENCES department(id)
  constraint order_category_pkey PRIMARY KEY (id)
)

-- Last number given in each period of the number pattern.
table order_counter (
  period text not null
  last integer not null
  constraint order_counter_pkey PRIMARY KEY (period)
)

-- Flows as data, every version kept: an order goes on by the one it started on. revision: how often its draft was saved, so that two who draw at once notice.
table order_flow (
  id uuid not null
  key text not null
  version integer not null
  name jsonb not null
  state text not null
  definition jsonb not null
  created_at timestamp with time zone not null default clock_timestamp()
  created_by uuid
  revision integer not null default 1
  saved_at timestamp with time zone not null default clock_timestamp()
  saved_by uuid
  constraint order_flow_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id)
  constraint order_flow_key_version_key UNIQUE (key, version)
  constraint order_flow_pkey PRIMARY KEY (id)
  constraint order_flow_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES app_user(id)
  constraint order_flow_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'retired'::text])))
)
CREATE UNIQUE INDEX order_flow_draft ON public.order_flow USING btree (key) WHERE (state = 'draft'::text)
CREATE UNIQUE INDEX order_flow_published ON public.order_flow USING btree (key) WHERE (state = 'published'::text)

-- What happened to an order, append-only.
table order_line (
  id uuid not null
  order_id uuid not null
  at timestamp with time zone not null default clock_timestamp()
  by_kind text not null
  by_id uuid
  kind text not null
  text text not null default ''::text
  data jsonb not null default '{}'::jsonb
  file_ids uuid[] not null default '{}'::uuid[]
  is_public boolean not null default false
  constraint order_line_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_order(id)
  constraint order_line_pkey PRIMARY KEY (id)
)
CREATE INDEX order_line_order ON public.order_line USING btree (order_id, at)

-- Ties between orders, one row each way.
table order_link (
  order_id uuid not null
  other_id uuid not null
  kind text not null
  created_at timestamp with time zone not null default clock_timestamp()
  constraint order_link_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_order(id)
  constraint order_link_other_id_fkey FOREIGN KEY (other_id) REFERENCES work_order(id)
  constraint order_link_pkey PRIMARY KEY (order_id, other_id, kind)
)

-- Warnings and escalations to be mailed. One found sending was handed over when the process died: it is not sent again.
table order_notice (
  id uuid not null
  user_id uuid not null
  order_id uuid not null
  kind text not null
  level integer not null
  due_at timestamp with time zone not null
  at timestamp with time zone not null
  state text not null default 'waiting'::text
  constraint order_notice_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_order(id)
  constraint order_notice_pkey PRIMARY KEY (id)
  constraint order_notice_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text])))
  constraint order_notice_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
)
CREATE INDEX order_notice_waiting ON public.order_notice USING btree (user_id, at) WHERE (state = 'waiting'::text)

-- Orders that are recorded anew again and again, each time as this one.
table order_recurrence (
  order_id uuid not null
  rule jsonb not null
  next_at timestamp with time zone not null
  set_by uuid
  constraint order_recurrence_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_order(id)
  constraint order_recurrence_pkey PRIMARY KEY (order_id)
  constraint order_recurrence_set_by_fkey FOREIGN KEY (set_by) REFERENCES app_user(id)
)

-- Contacts in which a customer came again about an order, as an agent confirmed.
table order_repeat (
  id uuid not null
  order_id uuid not null
  at timestamp with time zone not null
  by_id uuid
  conversation_id uuid
  other_order_id uuid
  note text not null default ''::text
  constraint order_repeat_by_id_fkey FOREIGN KEY (by_id) REFERENCES app_user(id)
  constraint order_repeat_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_order(id)
  constraint order_repeat_other_order_id_fkey FOREIGN KEY (other_order_id) REFERENCES work_order(id)
  constraint order_repeat_pkey PRIMARY KEY (id)
)
CREATE UNIQUE INDEX order_repeat_conversation ON public.order_repeat USING btree (order_id, conversation_id) WHERE (conversation_id IS NOT NULL)
CREATE INDEX order_repeat_order ON public.order_repeat USING btree (order_id, at)
CREATE UNIQUE INDEX order_repeat_other ON public.order_repeat USING btree (order_id, other_order_id) WHERE (other_order_id IS NOT NULL)

-- Numbers, windows and tries of orders (OrderSettings); one row, none while all is as shipped.
table order_settings (
  one boolean not null default true
  settings jsonb not null
  hours_id uuid
  constraint order_settings_hours_id_fkey FOREIGN KEY (hours_id) REFERENCES opening_hours(id)
  constraint order_settings_one_check CHECK (one)
  constraint order_settings_pkey PRIMARY KEY (one)
)

-- Sub-tasks that run beside the step. visit_id: the stay during which it was begun; step_key: the step whose flow began it.
table order_task (
  id uuid not null
  order_id uuid not null
  title text not null
  owner_team_id uuid
  owner_id uuid
  due_at timestamp with time zone
  done_at timestamp with time zone
  done_by uuid
  visit_id uuid
  step_key text
  created_at timestamp with time zone not null default clock_timestamp()
  constraint order_task_done_by_fkey FOREIGN KEY (done_by) REFERENCES app_user(id)
  constraint order_task_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_order(id)
  constraint order_task_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id)
  constraint order_task_owner_team_id_fkey FOREIGN KEY (owner_team_id) REFERENCES team(id)
  constraint order_task_pkey PRIMARY KEY (id)
  constraint order_task_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES order_visit(id)
)
CREATE INDEX order_task_order ON public.order_task USING btree (order_id)
CREATE INDEX order_task_owner ON public.order_task USING btree (owner_id, due_at) WHERE (done_at IS NULL)
CREATE INDEX order_task_team ON public.order_task USING btree (owner_team_id) WHERE ((done_at IS NULL) AND (owner_id IS NULL))

-- Each time an order was in a step, with the clock of it: left_ms of working time were left when it was set running (running_since) or paused (null); alarms_fired: how many of its warnings and escalations, in their order, have been given; worked_ms: working time that passed before it was set running.
table order_visit (
  id uuid not null
  order_id uuid not null
  step_key text not null
  owner_team_id uuid
  owner_id uuid
  entered_at timestamp with time zone not null
  left_at timestamp with time zone
  hours_id uuid
  calendar text not null default 'owner'::text
  allowed_ms bigint
  left_ms bigint
  running_since timestamp with time zone
  due_at timestamp with time zone
  clock text not null default 'none'::text
  alarms_fired integer not null default 0
  worked_ms bigint not null default 0
  move text
  constraint order_visit_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_order(id)
  constraint order_visit_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id)
  constraint order_visit_owner_team_id_fkey FOREIGN KEY (owner_team_id) REFERENCES team(id)
  constraint order_visit_pkey PRIMARY KEY (id)
) with (fillfactor=85)
CREATE INDEX order_visit_order ON public.order_visit USING btree (order_id, entered_at)
CREATE INDEX order_visit_running ON public.order_visit USING btree (hours_id) WHERE ((left_at IS NULL) AND (running_since IS NOT NULL))

-- Who is asked to approve, and what they said.
table order_vote (
  id uuid not null
  visit_id uuid not null
  place integer not null
  team_id uuid
  user_id uuid
  state text not null
  voted_by uuid
  at timestamp with time zone
  note text not null default ''::text
  constraint order_vote_pkey PRIMARY KEY (id)
  constraint order_vote_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'asked'::text, 'approved'::text, 'refused'::text])))
  constraint order_vote_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  constraint order_vote_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
  constraint order_vote_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES order_visit(id)
  constraint order_vote_voted_by_fkey FOREIGN KEY (voted_by) REFERENCES app_user(id)
)
CREATE INDEX order_vote_asked ON public.order_vote USING btree (user_id) WHERE (state = 'asked'::text)
CREATE INDEX order_vote_visit ON public.order_vote USING btree (visit_id, place)

-- The one organisation of this installation; its row is what the first-run page makes, and its primary key is why that works only once.
table organisation (
  single boolean not null default true
  name text not null
  time_zone text not null
  locale text not null
  demo boolean not null default false
  created_at timestamp with time zone not null default clock_timestamp()
  constraint organisation_pkey PRIMARY KEY (single)
  constraint organisation_single_check CHECK (single)
)

-- Typed events, written in the transaction of the change they tell of and read in the order (xid, id) once no older transaction is under way. Kept for two days.
table outbox_event (
  id bigint not null generated as identity
  xid xid8 not null default pg_current_xact_id()
  type text not null
  payload jsonb not null
  at timestamp with time zone not null default clock_timestamp()
  constraint outbox_event_pkey PRIMARY KEY (id)
)
CREATE INDEX outbox_event_at ON public.outbox_event USING brin (at)
CREATE INDEX outbox_event_order ON public.outbox_event USING btree (xid, id)

-- Where contacts wait for the members of a team. weight: per cent of an agent's capacity (100) that one contact takes. A deleted queue keeps its row, because finished contacts name it.
table queue (
  id uuid not null
  name text not null
  team_id uuid not null
  hours_id uuid
  offer_seconds integer not null default 20
  auto_accept boolean not null default false
  weight integer not null default 20
  created_at timestamp with time zone not null default clock_timestamp()
  deleted_at timestamp with time zone
  constraint queue_hours_id_fkey FOREIGN KEY (hours_id) REFERENCES opening_hours(id)
  constraint queue_offer_seconds_check CHECK (((offer_seconds >= 5) AND (offer_seconds <= 600)))
  constraint queue_pkey PRIMARY KEY (id)
  constraint queue_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  constraint queue_weight_check CHECK (((weight >= 1) AND (weight <= 100)))
)
CREATE INDEX queue_hours ON public.queue USING btree (hours_id)
CREATE UNIQUE INDEX queue_name ON public.queue USING btree (lower(name)) WHERE (deleted_at IS NULL)
CREATE INDEX queue_team ON public.queue USING btree (team_id)

-- What people entered on registers, by column (entered): on lines of their own, or beside what the work tells.
table register_line (
  id uuid not null
  register text not null
  source_id uuid
  at timestamp with time zone not null
  team_id uuid
  customer_id uuid
  customer_name text not null default ''::text
  phones text[] not null default '{}'::text[]
  conversation_id uuid
  entered jsonb not null default '{}'::jsonb
  recorder_id uuid
  created_at timestamp with time zone not null default clock_timestamp()
  version integer not null default 1
  constraint register_line_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id)
  constraint register_line_pkey PRIMARY KEY (id)
  constraint register_line_recorder_id_fkey FOREIGN KEY (recorder_id) REFERENCES app_user(id)
  constraint register_line_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
)
CREATE INDEX register_line_conversation ON public.register_line USING btree (conversation_id) WHERE (conversation_id IS NOT NULL)
CREATE INDEX register_line_customer ON public.register_line USING btree (customer_id) WHERE (customer_id IS NOT NULL)
CREATE INDEX register_line_own ON public.register_line USING btree (register, at, id) WHERE (source_id IS NULL)
CREATE UNIQUE INDEX register_line_source ON public.register_line USING btree (register, source_id) WHERE (source_id IS NOT NULL)

-- Which conversations the registers take up (RegisterSettings); one row, none while all is as shipped.
table register_settings (
  one boolean not null default true
  settings jsonb not null
  constraint register_settings_one_check CHECK (one)
  constraint register_settings_pkey PRIMARY KEY (one)
)

-- The mail of a sending to one recipient; its id is in the Message-ID. at: begin of the last attempt.
table report_delivery (
  id uuid not null
  sending_id uuid not null
  user_id uuid
  address text not null
  state text not null
  attempts integer not null default 0
  problem text
  at timestamp with time zone
  constraint report_delivery_pkey PRIMARY KEY (id)
  constraint report_delivery_sending_id_fkey FOREIGN KEY (sending_id) REFERENCES report_sending(id) ON DELETE CASCADE
  constraint report_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'retrying'::text, 'sent'::text, 'refused'::text, 'failed'::text])))
  constraint report_delivery_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
)
CREATE INDEX report_delivery_sending ON public.report_delivery USING btree (sending_id, id)

-- Views mailed at a local time of the centre. day: weekday from Monday 1, or day of the month, cut at its last one. stopped: why it ended by itself. next_due_at repeats what its timer says.
table report_schedule (
  id uuid not null
  name text not null
  view_id uuid not null
  owner_id uuid not null
  rhythm text not null
  day smallint not null
  minute smallint not null
  people uuid[] not null
  addresses text[] not null
  locale text not null
  subject text not null
  attachments text[] not null
  is_active boolean not null
  stopped text
  next_due_at timestamp with time zone
  created_at timestamp with time zone not null default clock_timestamp()
  updated_at timestamp with time zone not null default clock_timestamp()
  constraint report_schedule_minute_check CHECK (((minute >= 0) AND (minute <= 1439)))
  constraint report_schedule_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id)
  constraint report_schedule_pkey PRIMARY KEY (id)
  constraint report_schedule_rhythm_check CHECK ((rhythm = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text])))
  constraint report_schedule_view_id_fkey FOREIGN KEY (view_id) REFERENCES saved_view(id)
)
CREATE INDEX report_schedule_view ON public.report_schedule USING btree (view_id)

-- One time that a schedule was sent. The id, of version 7, is the order.
table report_sending (
  id uuid not null
  schedule_id uuid not null
  kind text not null
  actor_id uuid not null
  state text not null
  due_at timestamp with time zone not null
  subject text not null default ''::text
  problem text
  tries integer not null default 0
  next_try_at timestamp with time zone
  ended_at timestamp with time zone
  constraint report_sending_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES app_user(id)
  constraint report_sending_kind_check CHECK ((kind = ANY (ARRAY['due'::text, 'by_hand'::text, 'trial'::text])))
  constraint report_sending_pkey PRIMARY KEY (id)
  constraint report_sending_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES report_schedule(id) ON DELETE CASCADE
  constraint report_sending_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'retrying'::text, 'sent'::text, 'failed'::text])))
)
CREATE UNIQUE INDEX report_sending_due ON public.report_sending USING btree (schedule_id, due_at) WHERE (kind = 'due'::text)
CREATE INDEX report_sending_schedule ON public.report_sending USING btree (schedule_id, id)

-- Sets of rights. Those of a built-in role are read from the program, so that an upgrade may add to them; its name is translated.
table role (
  id uuid not null
  name text not null
  built_in text
  permissions text[] not null default '{}'::text[]
  created_at timestamp with time zone not null default clock_timestamp()
  constraint role_built_in_key UNIQUE (built_in)
  constraint role_pkey PRIMARY KEY (id)
)
CREATE UNIQUE INDEX role_name ON public.role USING btree (lower(name))

-- Who holds which role for which team; team_id null: for all teams, also those made later.
table role_grant (
  id uuid not null
  user_id uuid not null
  role_id uuid not null
  team_id uuid
  granted_by uuid
  granted_at timestamp with time zone not null default clock_timestamp()
  constraint role_grant_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES app_user(id)
  constraint role_grant_pkey PRIMARY KEY (id)
  constraint role_grant_role_id_fkey FOREIGN KEY (role_id) REFERENCES role(id)
  constraint role_grant_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  constraint role_grant_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
  constraint role_grant_user_id_role_id_team_id_key UNIQUE NULLS NOT DISTINCT (user_id, role_id, team_id)
)
CREATE INDEX role_grant_role ON public.role_grant USING btree (role_id)

-- What a page of the reports shows: period (fixed or moving with the calendar), filters, step and group. Seen by its owner, and by everybody who reads reports when shared.
table saved_view (
  id uuid not null
  name text not null
  page text not null
  query jsonb not null
  owner_id uuid not null
  is_shared boolean not null default false
  created_at timestamp with time zone not null default clock_timestamp()
  updated_at timestamp with time zone not null default clock_timestamp()
  constraint saved_view_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id)
  constraint saved_view_page_check CHECK ((page = ANY (ARRAY['standards'::text, 'report'::text])))
  constraint saved_view_pkey PRIMARY KEY (id)
)
CREATE INDEX saved_view_owner ON public.saved_view USING btree (owner_id)

-- The migrations applied to this database, with the checksum of each file.
table schema_migration (
  version integer not null
  name text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
  constraint schema_migration_pkey PRIMARY KEY (version)
)

-- Single values of the installation, each owned by one module.
table setting (
  key text not null
  value jsonb not null
  changed_at timestamp with time zone not null default clock_timestamp()
  constraint setting_pkey PRIMARY KEY (key)
)

-- Teams; a deleted one keeps its row, because finished conversations name it.
table team (
  id uuid not null
  name text not null
  department_id uuid
  created_at timestamp with time zone not null default clock_timestamp()
  deleted_at timestamp with time zone
  constraint team_department_id_fkey FOREIGN KEY (department_id) REFERENCES department(id)
  constraint team_pkey PRIMARY KEY (id)
)
CREATE INDEX team_department ON public.team USING btree (department_id)
CREATE UNIQUE INDEX team_name ON public.team USING btree (lower(name)) WHERE (deleted_at IS NULL)

-- Who works in which team. Membership alone gives no right: see role_grant.
table team_member (
  team_id uuid not null
  user_id uuid not null
  joined_at timestamp with time zone not null default clock_timestamp()
  constraint team_member_pkey PRIMARY KEY (team_id, user_id)
  constraint team_member_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  constraint team_member_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user(id)
)
CREATE INDEX team_member_user ON public.team_member USING btree (user_id)

-- What is to happen at due_at, once. The handler runs in the transaction that deletes the row; a failed one stays, is tried again at run_at, and tells why.
table timer (
  kind text not null
  key text not null
  due_at timestamp with time zone not null
  run_at timestamp with time zone not null
  payload jsonb not null
  attempts integer not null default 0
  last_error text
  set_at timestamp with time zone not null default clock_timestamp()
  constraint timer_pkey PRIMARY KEY (kind, key)
)
CREATE INDEX timer_run_at ON public.timer USING btree (run_at)

-- Browsers (or, once verified, people) that opened a widget; the source of webchat conversations. customer_id is set with the first message. left_at: ended the conversation and wrote nothing since. mailed_seq: messages up to here were sent by mail. last_seen_at is renewed each minute while a socket is open.
table visitor (
  id uuid not null
  widget_id uuid not null
  customer_id uuid
  external_id text
  canonical boolean not null default false
  name text not null default ''::text
  email text
  signed_email text
  locale text not null
  page jsonb not null default '{}'::jsonb
  left_at timestamp with time zone
  mailed_conversation_id uuid
  mailed_seq integer not null default 0
  created_at timestamp with time zone not null default clock_timestamp()
  last_seen_at timestamp with time zone not null default clock_timestamp()
  constraint visitor_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id)
  constraint visitor_pkey PRIMARY KEY (id)
  constraint visitor_widget_id_fkey FOREIGN KEY (widget_id) REFERENCES widget(id)
) with (fillfactor=80)
CREATE INDEX visitor_customer ON public.visitor USING btree (customer_id) WHERE (customer_id IS NOT NULL)
CREATE UNIQUE INDEX visitor_external ON public.visitor USING btree (widget_id, external_id) WHERE canonical
CREATE INDEX visitor_idle ON public.visitor USING btree (created_at) WHERE (customer_id IS NULL)

-- Addresses of other programs that are told of events. gave_up: switched off because nothing could be delivered for days.
table webhook (
  id uuid not null
  name text not null
  url text not null
  events text[] not null
  is_active boolean not null
  secret text not null
  old_secret text
  old_secret_until timestamp with time zone
  failing_since timestamp with time zone
  gave_up boolean not null default false
  created_by uuid
  created_at timestamp with time zone not null default clock_timestamp()
  updated_at timestamp with time zone not null default clock_timestamp()
  version integer not null default 1
  constraint webhook_created_by_fkey FOREIGN KEY (created_by) REFERENCES app_user(id)
  constraint webhook_pkey PRIMARY KEY (id)
)

-- Each try to deliver, with the beginning of the answer.
table webhook_attempt (
  id uuid not null
  delivery_id uuid not null
  at timestamp with time zone not null
  status integer
  took_ms integer not null
  problem text
  answer text not null default ''::text
  constraint webhook_attempt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES webhook_delivery(id) ON DELETE CASCADE
  constraint webhook_attempt_pkey PRIMARY KEY (id)
)
CREATE INDEX webhook_attempt_delivery ON public.webhook_attempt USING btree (delivery_id, id)

-- What was or is to be sent, with the body as it is signed; kept for 30 days. chain: the automations from which it follows, told in a header so that a program can hand it back.
table webhook_delivery (
  id uuid not null
  webhook_id uuid not null
  event text not null
  body text not null
  at timestamp with time zone not null default clock_timestamp()
  state text not null default 'waiting'::text
  tries integer not null default 0
  next_try_at timestamp with time zone
  last_status integer
  last_problem text
  ended_at timestamp with time zone
  chain uuid[] not null default '{}'::uuid[]
  constraint webhook_delivery_pkey PRIMARY KEY (id)
  constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'retrying'::text, 'delivered'::text, 'failed'::text])))
  constraint webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook(id) ON DELETE CASCADE
)
CREATE INDEX webhook_delivery_age ON public.webhook_delivery USING brin (at)
CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (webhook_id, next_try_at, id) WHERE (next_try_at IS NOT NULL)
CREATE INDEX webhook_delivery_log ON public.webhook_delivery USING btree (webhook_id, id DESC)

-- Chat windows that pages may carry. key: public, in the script tag. A deleted widget keeps its row, because visitors and their conversations name it.
table widget (
  id uuid not null
  name text not null
  key text not null
  secret text not null
  queue_id uuid not null
  settings jsonb not null
  created_at timestamp with time zone not null default clock_timestamp()
  deleted_at timestamp with time zone
  constraint widget_pkey PRIMARY KEY (id)
  constraint widget_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queue(id)
)
CREATE UNIQUE INDEX widget_key ON public.widget USING btree (key)
CREATE INDEX widget_queue ON public.widget USING btree (queue_id)

-- By which hours the clocks of a team or of a department run; without a row: its department, the organisation.
table work_calendar (
  id uuid not null
  team_id uuid
  department_id uuid
  hours_id uuid not null
  constraint work_calendar_check CHECK ((num_nonnulls(team_id, department_id) = 1))
  constraint work_calendar_department_id_fkey FOREIGN KEY (department_id) REFERENCES department(id)
  constraint work_calendar_department_id_key UNIQUE (department_id)
  constraint work_calendar_hours_id_fkey FOREIGN KEY (hours_id) REFERENCES opening_hours(id)
  constraint work_calendar_pkey PRIMARY KEY (id)
  constraint work_calendar_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  constraint work_calendar_team_id_key UNIQUE (team_id)
)

-- What waits for a person or is with one; its id is the contact's. queue_order: waiting_since, earlier by ten minutes for each step of priority and by a century at the head of the queue; the least goes first. agent_id: at whom it rings or who has it, kept when done.
table work_item (
  id uuid not null
  kind text not null
  subject_id uuid not null
  queue_id uuid not null
  team_id uuid not null
  channel text not null
  priority integer not null default 0
  weight integer not null
  state text not null
  waiting_since timestamp with time zone not null
  queue_order timestamp with time zone not null
  target_agent_id uuid
  agent_id uuid
  offer_id uuid
  offered_at timestamp with time zone
  offer_expires_at timestamp with time zone
  assigned_at timestamp with time zone
  done_at timestamp with time zone
  declined_by uuid[] not null default '{}'::uuid[]
  created_at timestamp with time zone not null default clock_timestamp()
  constraint work_item_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES app_user(id)
  constraint work_item_check CHECK (((state <> ALL (ARRAY['offered'::text, 'assigned'::text])) OR (agent_id IS NOT NULL)))
  constraint work_item_pkey PRIMARY KEY (id)
  constraint work_item_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queue(id)
  constraint work_item_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'offered'::text, 'assigned'::text, 'done'::text])))
  constraint work_item_target_agent_id_fkey FOREIGN KEY (target_agent_id) REFERENCES app_user(id)
  constraint work_item_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
) with (fillfactor=70)
CREATE INDEX work_item_assigned_at ON public.work_item USING btree (queue_id, assigned_at) WHERE (assigned_at IS NOT NULL)
CREATE INDEX work_item_done ON public.work_item USING btree (agent_id, done_at) WHERE (state = 'done'::text)
CREATE INDEX work_item_offer ON public.work_item USING btree (offer_id) WHERE (offer_id IS NOT NULL)
CREATE INDEX work_item_open ON public.work_item USING btree (agent_id) WHERE (state = ANY (ARRAY['offered'::text, 'assigned'::text]))
CREATE INDEX work_item_subject ON public.work_item USING btree (subject_id)
CREATE INDEX work_item_targeted ON public.work_item USING btree (target_agent_id, queue_order) WHERE ((state = 'waiting'::text) AND (target_agent_id IS NOT NULL))
CREATE INDEX work_item_waiting ON public.work_item USING btree (queue_id, queue_order, id) WHERE (state = ANY (ARRAY['waiting'::text, 'offered'::text]))

-- An order and where it stands. form: what people wrote on it (OrderForm); words: the same cut for the search; clock and due_at: those of the step it is in.
table work_order (
  id uuid not null
  number text not null
  flow_id uuid not null
  flow_key text not null
  category_id uuid not null
  is_complaint boolean not null
  priority smallint not null default 1
  status text not null default 'open'::text
  step_key text not null
  visit_id uuid
  subject text not null
  form jsonb not null default '{}'::jsonb
  words tsvector not null default ''::tsvector
  phones text[] not null default '{}'::text[]
  customer_id uuid
  customer_name text not null default ''::text
  conversation_id uuid
  department_id uuid
  owner_team_id uuid
  owner_id uuid
  recorder_id uuid
  recorder_team_id uuid
  planner_id uuid
  handler_id uuid
  reviewer_id uuid
  step_since timestamp with time zone not null default clock_timestamp()
  due_at timestamp with time zone
  clock text not null default 'none'::text
  paused_for text
  checks boolean[] not null default '{}'::boolean[]
  spent_minutes integer not null default 0
  reopened integer not null default 0
  rating smallint
  rating_comment text
  rated_at timestamp with time zone
  idempotency_key text
  created_at timestamp with time zone not null default clock_timestamp()
  closed_at timestamp with time zone
  version integer not null default 1
  constraint work_order_category_id_fkey FOREIGN KEY (category_id) REFERENCES order_category(id)
  constraint work_order_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id)
  constraint work_order_department_id_fkey FOREIGN KEY (department_id) REFERENCES department(id)
  constraint work_order_flow_id_fkey FOREIGN KEY (flow_id) REFERENCES order_flow(id)
  constraint work_order_handler_id_fkey FOREIGN KEY (handler_id) REFERENCES app_user(id)
  constraint work_order_idempotency_key_key UNIQUE (idempotency_key)
  constraint work_order_number_key UNIQUE (number)
  constraint work_order_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES app_user(id)
  constraint work_order_owner_team_id_fkey FOREIGN KEY (owner_team_id) REFERENCES team(id)
  constraint work_order_pkey PRIMARY KEY (id)
  constraint work_order_planner_id_fkey FOREIGN KEY (planner_id) REFERENCES app_user(id)
  constraint work_order_recorder_id_fkey FOREIGN KEY (recorder_id) REFERENCES app_user(id)
  constraint work_order_recorder_team_id_fkey FOREIGN KEY (recorder_team_id) REFERENCES team(id)
  constraint work_order_reviewer_id_fkey FOREIGN KEY (reviewer_id) REFERENCES app_user(id)
  constraint work_order_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text, 'cancelled'::text])))
) with (fillfactor=70)
CREATE INDEX work_order_complaints ON public.work_order USING btree (created_at, id) WHERE is_complaint
CREATE INDEX work_order_conversation ON public.work_order USING btree (conversation_id) WHERE (conversation_id IS NOT NULL)
CREATE INDEX work_order_created ON public.work_order USING btree (created_at, id)
CREATE INDEX work_order_customer ON public.work_order USING btree (customer_id, created_at, id) WHERE (customer_id IS NOT NULL)
CREATE INDEX work_order_department ON public.work_order USING btree (department_id, COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (status = 'open'::text)
CREATE INDEX work_order_department_created ON public.work_order USING btree (department_id, created_at, id) WHERE (department_id IS NOT NULL)
CREATE INDEX work_order_department_step ON public.work_order USING btree (department_id, flow_key, step_key, COALESCE(due_at, 'infinity'::timestamp with time zone), id, category_id) WHERE (status = 'open'::text)
CREATE INDEX work_order_due ON public.work_order USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (status = 'open'::text)
CREATE INDEX work_order_inbox ON public.work_order USING btree (owner_team_id, COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE ((status = 'open'::text) AND (owner_id IS NULL))
CREATE INDEX work_order_owner ON public.work_order USING btree (owner_id, status, created_at, id) WHERE (owner_id IS NOT NULL)
CREATE INDEX work_order_owner_due ON public.work_order USING btree (owner_id, COALESCE(due_at, 'infinity'::timestamp with time zone), id, step_key, category_id) WHERE (status = 'open'::text)
CREATE INDEX work_order_owner_team_created ON public.work_order USING btree (owner_team_id, created_at, id) WHERE (owner_team_id IS NOT NULL)
CREATE INDEX work_order_phones ON public.work_order USING gin (phones)
CREATE INDEX work_order_recorder ON public.work_order USING btree (recorder_id, status, created_at, id) WHERE (recorder_id IS NOT NULL)
CREATE INDEX work_order_recorder_due ON public.work_order USING btree (recorder_id, COALESCE(due_at, 'infinity'::timestamp with time zone), id, step_key, category_id) WHERE (status = 'open'::text)
CREATE INDEX work_order_recorder_team ON public.work_order USING btree (recorder_team_id, COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (status = 'open'::text)
CREATE INDEX work_order_recorder_team_created ON public.work_order USING btree (recorder_team_id, created_at, id) WHERE (recorder_team_id IS NOT NULL)
CREATE INDEX work_order_recorder_team_step ON public.work_order USING btree (recorder_team_id, flow_key, step_key, COALESCE(due_at, 'infinity'::timestamp with time zone), id, category_id) WHERE (status = 'open'::text)
CREATE INDEX work_order_step ON public.work_order USING btree (flow_key, step_key, COALESCE(due_at, 'infinity'::timestamp with time zone), id, category_id) WHERE (status = 'open'::text)
CREATE INDEX work_order_team ON public.work_order USING btree (owner_team_id, COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (status = 'open'::text)
CREATE INDEX work_order_team_step ON public.work_order USING btree (owner_team_id, flow_key, step_key, COALESCE(due_at, 'infinity'::timestamp with time zone), id, category_id) WHERE (status = 'open'::text)
CREATE INDEX work_order_words ON public.work_order USING gin (words)
