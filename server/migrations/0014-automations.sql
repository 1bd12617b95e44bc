-- Webhooks: addresses that are told of events; automations: what the product does by itself; macros: by one press.

create table webhook (
  id uuid primary key,
  name text not null,
  url text not null,
  events text[] not null,
  is_active boolean not null,
  -- Sealed with the installation's secret.
  secret text not null,
  old_secret text,
  old_secret_until timestamptz,
  failing_since timestamptz,
  gave_up boolean not null default false,
  created_by uuid references app_user (id),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
comment on table webhook is 'Addresses of other programs that are told of events. gave_up: switched off because nothing could be delivered for days.';

create table webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references webhook (id) on delete cascade,
  event text not null,
  body text not null,
  at timestamptz not null default clock_timestamp(),
  state text not null default 'waiting' check (state in ('waiting', 'retrying', 'delivered', 'failed')),
  tries integer not null default 0,
  -- When it is tried next; while a process is at it, when another may take it over.
  next_try_at timestamptz,
  last_status integer,
  last_problem text,
  ended_at timestamptz
);
comment on table webhook_delivery is 'What was or is to be sent, with the body as it is signed; kept for 30 days.';
create index webhook_delivery_due on webhook_delivery (webhook_id, next_try_at, id) where next_try_at is not null;
create index webhook_delivery_log on webhook_delivery (webhook_id, id desc);
create index webhook_delivery_age on webhook_delivery using brin (at);

create table webhook_attempt (
  id uuid primary key,
  delivery_id uuid not null references webhook_delivery (id) on delete cascade,
  at timestamptz not null,
  status integer,
  took_ms integer not null,
  problem text,
  answer text not null default ''
);
comment on table webhook_attempt is 'Each try to deliver, with the beginning of the answer.';
create index webhook_attempt_delivery on webhook_attempt (delivery_id, id);

create table automation (
  id uuid primary key,
  name text not null,
  note text not null default '',
  subject text not null check (subject in ('order', 'conversation')),
  starts jsonb not null,
  conditions jsonb not null,
  actions jsonb not null,
  repeat text not null check (repeat in ('always', 'once')),
  is_active boolean not null,
  position integer not null,
  version integer not null default 1,
  stopped text check (stopped in ('loop', 'failures')),
  runs integer not null default 0,
  failures integer not null default 0,
  failed_in_row integer not null default 0,
  last_run_at timestamptz,
  updated_by uuid references app_user (id),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
comment on table automation is 'Rules: when (starts: events, or a clock), if (conditions), then (actions); they run in the order of position. stopped: why one was switched off by itself.';
create unique index automation_name on automation (lower(name));

create table automation_run (
  id uuid primary key,
  automation_id uuid not null,
  automation_name text not null,
  automation_version integer not null,
  -- The start it answers: an event, or a moment of a clock. A start is answered once.
  key text not null,
  subject_kind text not null,
  subject_id uuid not null,
  subject_number text not null,
  subject_title text not null,
  cause text not null,
  state text not null check (state in ('done', 'failed', 'loop_stopped')),
  actions jsonb not null,
  chain text[] not null default '{}',
  took_ms integer not null,
  at timestamptz not null default clock_timestamp(),
  unique (automation_id, key)
);
comment on table automation_run is 'What automations did. No reference to the automation: the history outlives it.';
create index automation_run_of on automation_run (automation_id, id desc);
create index automation_run_subject on automation_run (subject_id, automation_id, id desc);
create index automation_run_trouble on automation_run (id desc) where state <> 'done';
create index automation_run_age on automation_run using brin (at);

create table automation_mail (
  id uuid primary key,
  recipient text not null,
  subject text not null,
  text text not null,
  at timestamptz not null default clock_timestamp(),
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed'))
);
comment on table automation_mail is 'Mails that automations and macros send. One found sending was handed over when the process died: it is not sent again.';
create index automation_mail_age on automation_mail using brin (at);

create table automation_offspring (
  order_id uuid primary key references work_order (id),
  chain uuid[] not null
);
comment on table automation_offspring is 'Orders that automations recorded, and the automations from which each follows: what time alone makes of it follows from the same, or orders would beget orders for ever.';

create table macro (
  id uuid primary key,
  name text not null,
  note text not null default '',
  subject text not null check (subject in ('order', 'conversation')),
  actions jsonb not null,
  team_id uuid references team (id),
  uses integer not null default 0,
  updated_by uuid references app_user (id),
  updated_at timestamptz not null default clock_timestamp()
);
comment on table macro is 'Several actions that a person does with one press; of one team, or of all (team_id null).';
create unique index macro_name on macro (lower(name), subject, coalesce(team_id, '00000000-0000-0000-0000-000000000000'));
