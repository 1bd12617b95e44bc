-- Who is there, what waits for a person, and in which order.

create table queue (
  id uuid primary key,
  name text not null,
  team_id uuid not null references team (id),
  hours_id uuid references opening_hours (id),
  offer_seconds integer not null default 20 check (offer_seconds between 5 and 600),
  auto_accept boolean not null default false,
  weight integer not null default 20 check (weight between 1 and 100),
  created_at timestamptz not null default clock_timestamp(),
  deleted_at timestamptz
);
comment on table queue is 'Where contacts wait for the members of a team. weight: per cent of an agent''s capacity (100) that one contact takes. A deleted queue keeps its row, because finished contacts name it.';
create unique index queue_name on queue (lower(name)) where deleted_at is null;
create index queue_team on queue (team_id);
create index queue_hours on queue (hours_id);

create table agent_presence (
  user_id uuid primary key references app_user (id),
  state text not null default 'offline'
    check (state in ('ready', 'busy', 'break', 'after_call_work', 'training', 'offline')),
  reason text,
  since timestamptz not null default clock_timestamp(),
  idle_since timestamptz not null default clock_timestamp(),
  capacity integer not null default 100 check (capacity between 0 and 1000)
) with (fillfactor = 50);
comment on table agent_presence is 'What state an agent is in and why. idle_since: when the agent last became ready or declined. Load is never stored: it is the sum over open work items.';

create table agent_seen (
  user_id uuid primary key references app_user (id),
  seen_at timestamptz not null
) with (fillfactor = 50);
comment on table agent_seen is 'The last moment a person had an open socket. Apart from the state, whose rows the router must find unlocked.';

create table agent_presence_log (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  at timestamptz not null default clock_timestamp(),
  previous_state text not null,
  state text not null,
  reason text,
  changed_by uuid references app_user (id)
);
comment on table agent_presence_log is 'Every change of an agent''s state. changed_by null: the system.';
create index agent_presence_log_user on agent_presence_log (user_id, at);
create index agent_presence_log_at on agent_presence_log using brin (at);

create table work_item (
  id uuid primary key,
  kind text not null,
  subject_id uuid not null,
  queue_id uuid not null references queue (id),
  team_id uuid not null references team (id),
  channel text not null,
  priority integer not null default 0,
  weight integer not null,
  state text not null check (state in ('waiting', 'offered', 'assigned', 'done')),
  waiting_since timestamptz not null,
  queue_order timestamptz not null,
  target_agent_id uuid references app_user (id),
  agent_id uuid references app_user (id),
  offer_id uuid,
  offered_at timestamptz,
  offer_expires_at timestamptz,
  assigned_at timestamptz,
  done_at timestamptz,
  declined_by uuid[] not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  check (state not in ('offered', 'assigned') or agent_id is not null)
) with (fillfactor = 70);
comment on table work_item is 'What waits for a person or is with one; its id is the contact''s. queue_order: waiting_since, earlier by ten minutes for each step of priority and by a century at the head of the queue; the least goes first. agent_id: at whom it rings or who has it, kept when done.';
create index work_item_waiting on work_item (queue_id, queue_order, id) where state in ('waiting', 'offered');
create index work_item_targeted on work_item (target_agent_id, queue_order) where state = 'waiting' and target_agent_id is not null;
create index work_item_open on work_item (agent_id) where state in ('offered', 'assigned');
create index work_item_done on work_item (agent_id, done_at) where state = 'done';
create index work_item_offer on work_item (offer_id) where offer_id is not null;
create index work_item_assigned_at on work_item (queue_id, assigned_at) where assigned_at is not null;
create index work_item_subject on work_item (subject_id);
