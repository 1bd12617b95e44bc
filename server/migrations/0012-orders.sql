-- Work orders: a customer's problem on its way through the departments, on clocks of working time.

create table order_flow (
  id uuid primary key,
  key text not null,
  version integer not null,
  name jsonb not null,
  state text not null check (state in ('draft', 'published', 'retired')),
  definition jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  created_by uuid references app_user (id),
  revision integer not null default 1,
  saved_at timestamptz not null default clock_timestamp(),
  saved_by uuid references app_user (id),
  unique (key, version)
);
comment on table order_flow is 'Flows as data, every version kept: an order goes on by the one it started on. revision: how often its draft was saved, so that two who draw at once notice.';
create unique index order_flow_published on order_flow (key) where state = 'published';
create unique index order_flow_draft on order_flow (key) where state = 'draft';

create table order_category (
  id uuid primary key,
  name jsonb not null,
  flow_key text not null,
  department_id uuid references department (id),
  is_complaint boolean not null default false,
  position integer not null,
  retired_at timestamptz
);
comment on table order_category is 'What orders are about, and by which flow they go.';

create table order_settings (
  one boolean primary key default true check (one),
  settings jsonb not null,
  hours_id uuid references opening_hours (id)
);
comment on table order_settings is 'Numbers, windows and tries of orders (OrderSettings); one row, none while all is as shipped.';

create table work_calendar (
  id uuid primary key,
  team_id uuid unique references team (id),
  department_id uuid unique references department (id),
  hours_id uuid not null references opening_hours (id),
  check (num_nonnulls(team_id, department_id) = 1)
);
comment on table work_calendar is 'By which hours the clocks of a team or of a department run; without a row: its department, the organisation.';

create table order_counter (
  period text primary key,
  last integer not null
);
comment on table order_counter is 'Last number given in each period of the number pattern.';

create table work_order (
  id uuid primary key,
  number text not null unique,
  flow_id uuid not null references order_flow (id),
  flow_key text not null,
  category_id uuid not null references order_category (id),
  is_complaint boolean not null,
  priority smallint not null default 1,
  status text not null default 'open' check (status in ('open', 'closed', 'cancelled')),
  step_key text not null,
  visit_id uuid,
  subject text not null,
  form jsonb not null default '{}',
  words tsvector not null default '',
  phones text[] not null default '{}',
  customer_id uuid references customer (id),
  customer_name text not null default '',
  conversation_id uuid,
  department_id uuid references department (id),
  owner_team_id uuid references team (id),
  owner_id uuid references app_user (id),
  recorder_id uuid references app_user (id),
  recorder_team_id uuid references team (id),
  planner_id uuid references app_user (id),
  handler_id uuid references app_user (id),
  reviewer_id uuid references app_user (id),
  step_since timestamptz not null default clock_timestamp(),
  due_at timestamptz,
  clock text not null default 'none',
  paused_for text,
  checks boolean[] not null default '{}',
  spent_minutes integer not null default 0,
  reopened integer not null default 0,
  rating smallint,
  rating_comment text,
  rated_at timestamptz,
  idempotency_key text unique,
  created_at timestamptz not null default clock_timestamp(),
  closed_at timestamptz,
  version integer not null default 1
) with (fillfactor = 70);
comment on table work_order is 'An order and where it stands. form: what people wrote on it (OrderForm); words: the same cut for the search; clock and due_at: those of the step it is in.';
create index work_order_due on work_order (coalesce(due_at, 'infinity'), id) where status = 'open';
create index work_order_owner on work_order (owner_id, status, created_at, id) where owner_id is not null;
create index work_order_team on work_order (owner_team_id, coalesce(due_at, 'infinity'), id) where status = 'open';
create index work_order_inbox on work_order (owner_team_id, coalesce(due_at, 'infinity'), id)
  where status = 'open' and owner_id is null;
create index work_order_recorder on work_order (recorder_id, status, created_at, id) where recorder_id is not null;
create index work_order_recorder_team on work_order (recorder_team_id, coalesce(due_at, 'infinity'), id) where status = 'open';
create index work_order_department on work_order (department_id, coalesce(due_at, 'infinity'), id) where status = 'open';
create index work_order_step on work_order (flow_key, step_key, coalesce(due_at, 'infinity'), id) where status = 'open';
create index work_order_owner_due on work_order (owner_id, coalesce(due_at, 'infinity'), id) where status = 'open';
create index work_order_recorder_due on work_order (recorder_id, coalesce(due_at, 'infinity'), id) where status = 'open';
-- Boards: each column is read from an index of its own order, not picked out of all that a team has open.
create index work_order_team_step on work_order (owner_team_id, flow_key, step_key, coalesce(due_at, 'infinity'), id)
  where status = 'open';
create index work_order_recorder_team_step on work_order
  (recorder_team_id, flow_key, step_key, coalesce(due_at, 'infinity'), id) where status = 'open';
create index work_order_department_step on work_order
  (department_id, flow_key, step_key, coalesce(due_at, 'infinity'), id) where status = 'open';
create index work_order_customer on work_order (customer_id, created_at, id) where customer_id is not null;
create index work_order_conversation on work_order (conversation_id) where conversation_id is not null;
create index work_order_created on work_order (created_at, id);
create index work_order_owner_team_created on work_order (owner_team_id, created_at, id) where owner_team_id is not null;
create index work_order_recorder_team_created on work_order (recorder_team_id, created_at, id) where recorder_team_id is not null;
create index work_order_department_created on work_order (department_id, created_at, id) where department_id is not null;
create index work_order_phones on work_order using gin (phones);
create index work_order_words on work_order using gin (words);

create table order_visit (
  id uuid primary key,
  order_id uuid not null references work_order (id),
  step_key text not null,
  owner_team_id uuid references team (id),
  owner_id uuid references app_user (id),
  entered_at timestamptz not null,
  left_at timestamptz,
  hours_id uuid,
  calendar text not null default 'owner',
  allowed_ms bigint,
  left_ms bigint,
  running_since timestamptz,
  due_at timestamptz,
  clock text not null default 'none',
  alarms_fired integer not null default 0,
  worked_ms bigint not null default 0,
  move text
) with (fillfactor = 85);
comment on table order_visit is 'Each time an order was in a step, with the clock of it: left_ms of working time were left when it was set running (running_since) or paused (null); alarms_fired: how many of its warnings and escalations, in their order, have been given; worked_ms: working time that passed before it was set running.';
create index order_visit_order on order_visit (order_id, entered_at);
create index order_visit_running on order_visit (hours_id) where left_at is null and running_since is not null;

create table order_line (
  id uuid primary key,
  order_id uuid not null references work_order (id),
  at timestamptz not null default clock_timestamp(),
  by_kind text not null,
  by_id uuid,
  kind text not null,
  text text not null default '',
  data jsonb not null default '{}',
  file_ids uuid[] not null default '{}',
  is_public boolean not null default false
);
comment on table order_line is 'What happened to an order, append-only.';
create index order_line_order on order_line (order_id, at);

create table order_task (
  id uuid primary key,
  order_id uuid not null references work_order (id),
  title text not null,
  owner_team_id uuid references team (id),
  owner_id uuid references app_user (id),
  due_at timestamptz,
  done_at timestamptz,
  done_by uuid references app_user (id),
  visit_id uuid references order_visit (id),
  step_key text,
  created_at timestamptz not null default clock_timestamp()
);
comment on table order_task is 'Sub-tasks that run beside the step. visit_id: the stay during which it was begun; step_key: the step whose flow began it.';
create index order_task_order on order_task (order_id);
create index order_task_team on order_task (owner_team_id) where done_at is null and owner_id is null;
create index order_task_owner on order_task (owner_id, due_at) where done_at is null;

create table order_vote (
  id uuid primary key,
  visit_id uuid not null references order_visit (id),
  place integer not null,
  team_id uuid references team (id),
  user_id uuid references app_user (id),
  state text not null check (state in ('waiting', 'asked', 'approved', 'refused')),
  voted_by uuid references app_user (id),
  at timestamptz,
  note text not null default ''
);
comment on table order_vote is 'Who is asked to approve, and what they said.';
create index order_vote_visit on order_vote (visit_id, place);
create index order_vote_asked on order_vote (user_id) where state = 'asked';

create table order_link (
  order_id uuid not null references work_order (id),
  other_id uuid not null references work_order (id),
  kind text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (order_id, other_id, kind)
);
comment on table order_link is 'Ties between orders, one row each way.';

create table order_recurrence (
  order_id uuid primary key references work_order (id),
  rule jsonb not null,
  next_at timestamptz not null,
  set_by uuid references app_user (id)
);
comment on table order_recurrence is 'Orders that are recorded anew again and again, each time as this one.';

create table order_notice (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  order_id uuid not null references work_order (id),
  kind text not null,
  level integer not null,
  due_at timestamptz not null,
  at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed'))
);
comment on table order_notice is 'Warnings and escalations to be mailed. One found sending was handed over when the process died: it is not sent again.';
create index order_notice_waiting on order_notice (user_id, at) where state = 'waiting';

create table callback (
  id uuid primary key,
  order_id uuid references work_order (id),
  visit_id uuid references order_visit (id),
  customer_id uuid references customer (id),
  customer_name text not null default '',
  phones text[] not null default '{}',
  reason text not null,
  script text not null default '',
  due_at timestamptz not null,
  next_try_at timestamptz not null,
  tries integer not null default 0,
  max_tries integer not null,
  team_id uuid not null references team (id),
  holder_id uuid references app_user (id),
  state text not null default 'open' check (state in ('open', 'done', 'given_up')),
  result text,
  note text not null default '',
  done_at timestamptz,
  done_by uuid references app_user (id),
  created_at timestamptz not null default clock_timestamp()
);
comment on table callback is 'Calls to make: the confirmation an order waits for, follow-ups, chases.';
create index callback_open on callback (team_id, next_try_at, id) where state = 'open';
create index callback_holder on callback (holder_id, next_try_at) where state = 'open';
create index callback_order on callback (order_id);
create index callback_done on callback (done_at) where done_at is not null;
