-- The standards: what each contact counts for, and sums of it by half hour and day.

-- Contacts that came whole from another system: their events in one row each, as ten million of them would be sixty
-- million rows of contact_event.
create table contact_history (
  contact_id uuid not null,
  batch_id integer not null,
  channel text not null,
  arrived_at timestamptz not null,
  events jsonb not null,
  primary key (contact_id, batch_id)
);
comment on table contact_history is 'The whole event line of a contact from an imported log: a list of [type, milliseconds since arrived_at, queue member or 0, agent member or 0, data or nothing]. The id is a uuid of version 7 made of the arrival and a hash of the log and the contact''s key in it, so that the same contact always gets the same one.';

create table kpi_batch (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('own', 'import', 'follow')),
  log text not null,
  name text not null,
  state text not null check (state in ('loading', 'visible', 'leaving')),
  records text[] not null,
  time_zone text,
  contacts integer not null default 0,
  first_at timestamptz,
  last_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
comment on table kpi_batch is 'Contacts that came together: our own work, one import, a followed log, or our own work being counted anew. Only visible ones are in reports. log: the system they came from, the same for all files of it. records: what the log tells at all (presence, hold, wrap_up, rings, transfers, blocked, customers, solved), as a figure that was never recorded is missing, not 0. time_zone: whose half hours and days the sums are of; that of the first count stays until all is counted anew.';
create unique index kpi_batch_own on kpi_batch (kind) where kind = 'own' and state = 'visible';
insert into kpi_batch (kind, log, name, state, records)
values ('own', '', '', 'visible', '{presence,hold,wrap_up,rings,transfers,blocked,customers,solved}');

create table kpi_member (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('queue', 'agent', 'topic', 'type')),
  key text not null,
  ref uuid,
  name text not null,
  unique (kind, key)
);
comment on table kpi_member is 'Small numbers for queues, agents, topics and contact types. key: the uuid of our own, the name (after name:) of what only logs know.';
create index kpi_member_ref on kpi_member (ref) where ref is not null;

create table kpi_contact (
  contact_id uuid not null,
  batch_id integer not null,
  arrived_at timestamptz not null,
  channel text not null,
  queue integer not null,
  topic integer not null,
  type integer not null,
  tier text not null,
  agent integer not null,
  customer bigint not null,
  outcome text not null,
  wait_ms integer not null,
  talk_ms integer not null,
  hold_ms integer not null,
  wrap_ms integer not null,
  ring_ms integer,
  flags smallint not null,
  -- Contacts that may still change: those of our own and of followed logs.
  is_live boolean not null,
  repeat_gap_ms bigint,
  segments jsonb,
  primary key (contact_id, batch_id)
);
comment on table kpi_contact is 'What one contact counts for. 0 and empty text: none. customer: a hash of who called. flags: 1 queued, 2 held, 4 transferred, 8 handled by a person, 16 solved. repeat_gap_ms: until the customer''s next contact on the same topic, at most 30 days, kept of live contacts only. segments: the parts of agents, when one row cannot tell them.';
create index kpi_contact_arrived on kpi_contact (arrived_at, contact_id);
create index kpi_contact_customer on kpi_contact (customer, topic, arrived_at) where is_live and customer <> 0;

create table kpi_half_hour (
  step_at timestamptz not null,
  batch_id integer not null,
  part integer not null default 0,
  queue integer not null,
  channel text not null,
  type integer not null,
  sums bigint[] not null,
  waits_answered integer[] not null,
  waits_abandoned integer[] not null,
  primary key (step_at, batch_id, queue, channel, type, part)
);
comment on table kpi_half_hour is 'Sums of the contacts that arrived in a half hour of the centre''s clock. An import writes further rows of the same key, told apart by part, instead of changing those there are; readers add them up. The names of the places in sums stand in the module''s domain; waits are cumulative counts by the edges of the wait histogram, an empty list when all are 0.';

create table kpi_day (
  day date not null,
  batch_id integer not null,
  part integer not null default 0,
  queue integer not null,
  channel text not null,
  topic integer not null,
  type integer not null,
  tier text not null,
  sums bigint[] not null,
  waits_answered integer[] not null,
  waits_abandoned integer[] not null,
  primary key (day, batch_id, queue, channel, topic, type, tier, part)
);
comment on table kpi_day is 'The same for a day of the centre''s calendar, by more dimensions.';

create table kpi_agent_day (
  day date not null,
  batch_id integer not null,
  part integer not null default 0,
  agent integer not null,
  queue integer not null,
  channel text not null,
  topic integer not null,
  type integer not null,
  sums bigint[] not null,
  primary key (day, batch_id, agent, queue, channel, topic, type, part)
);
comment on table kpi_agent_day is 'What each agent did for the contacts that arrived on a day; a contact of several agents counts for each of them with their own parts.';
create index kpi_agent_day_agent on kpi_agent_day (agent, day);

-- The same sums with fewer dimensions, or by longer steps, for what most pages ask: from the rows above, a year by weeks
-- took two seconds, three years of the whole centre five.

create table kpi_centre_half_hour (
  step_at timestamptz not null,
  batch_id integer not null,
  sums bigint[] not null,
  waits_answered integer[] not null,
  waits_abandoned integer[] not null,
  primary key (step_at, batch_id)
);
comment on table kpi_centre_half_hour is 'The sums of kpi_half_hour of all queues, channels and types.';

create table kpi_queue_day (
  day date not null,
  batch_id integer not null,
  queue integer not null,
  channel text not null,
  type integer not null,
  sums bigint[] not null,
  waits_answered integer[] not null,
  waits_abandoned integer[] not null,
  primary key (day, batch_id, queue, channel, type)
);
comment on table kpi_queue_day is 'The sums of kpi_day of all topics and tiers.';

create table kpi_topic_day (
  day date not null,
  batch_id integer not null,
  channel text not null,
  topic integer not null,
  type integer not null,
  tier text not null,
  sums bigint[] not null,
  waits_answered integer[] not null,
  waits_abandoned integer[] not null,
  primary key (day, batch_id, channel, topic, type, tier)
);
comment on table kpi_topic_day is 'The sums of kpi_day of all queues.';

create table kpi_month (
  month date not null,
  batch_id integer not null,
  queue integer not null,
  channel text not null,
  topic integer not null,
  type integer not null,
  tier text not null,
  sums bigint[] not null,
  waits_answered integer[] not null,
  waits_abandoned integer[] not null,
  primary key (month, batch_id, queue, channel, topic, type, tier)
);
comment on table kpi_month is 'The sums of kpi_day by the first day of the month.';

create table kpi_agent_month (
  month date not null,
  batch_id integer not null,
  agent integer not null,
  queue integer not null,
  channel text not null,
  topic integer not null,
  type integer not null,
  sums bigint[] not null,
  primary key (month, batch_id, agent, queue, channel, topic, type)
);
comment on table kpi_agent_month is 'The sums of kpi_agent_day by the first day of the month.';
create index kpi_agent_month_agent on kpi_agent_month (agent, month);

create table kpi_agent_time (
  step_at timestamptz not null,
  batch_id integer not null,
  agent integer not null,
  signed_in_ms integer not null,
  ready_ms integer not null,
  busy_ms integer not null,
  wrap_ms integer not null,
  idle_ms integer not null,
  scheduled_ms integer not null,
  adherent_ms integer not null,
  primary key (step_at, batch_id, agent)
);
comment on table kpi_agent_time is 'How an agent spent a half hour. busy: with at least one contact; idle: ready with none and no wrap-up.';

create table kpi_segment (
  contact_id uuid not null,
  batch_id integer not null,
  part smallint not null,
  agent integer not null,
  from_at timestamptz not null,
  until_at timestamptz,
  wrap_from_at timestamptz,
  wrap_until_at timestamptz,
  primary key (contact_id, batch_id, part)
);
comment on table kpi_segment is 'When an agent was busy with a contact; kept where sign-in times are known, for the time nobody is busy.';
create index kpi_segment_agent on kpi_segment (agent, from_at);
create index kpi_segment_open on kpi_segment (batch_id, agent)
  where until_at is null or (wrap_from_at is not null and wrap_until_at is null);

create table kpi_presence (
  batch_id integer not null,
  agent integer not null,
  from_at timestamptz not null,
  until_at timestamptz,
  state text not null,
  reason text,
  primary key (agent, from_at, batch_id)
);
create index kpi_presence_open on kpi_presence (batch_id, agent) where until_at is null;
comment on table kpi_presence is 'When an agent was in which state; until_at null: still is.';

create table kpi_shift (
  id uuid primary key,
  agent integer not null references kpi_member (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at)
);
comment on table kpi_shift is 'Planned work of an agent.';
create index kpi_shift_agent on kpi_shift (agent, starts_at);
create index kpi_shift_starts on kpi_shift (starts_at);

create table kpi_entry (
  id uuid primary key,
  measure text not null,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  value double precision not null,
  agent integer references kpi_member (id),
  team_id uuid references team (id),
  note text not null default '',
  created_at timestamptz not null default clock_timestamp(),
  created_by uuid references app_user (id)
);
comment on table kpi_entry is 'Figures that no event tells, entered or imported: costs (minor units), staff, leavers, grades, hours.';
create index kpi_entry_days on kpi_entry (from_day, to_day);

create table kpi_target (
  id uuid primary key,
  standard text not null,
  queue integer references kpi_member (id),
  type integer references kpi_member (id),
  norm double precision,
  low double precision,
  high double precision,
  seconds integer,
  valid_from date not null,
  note text not null default '',
  created_at timestamptz not null default clock_timestamp(),
  created_by uuid references app_user (id)
);
comment on table kpi_target is 'Bands from a date on; the newest that fits a day holds, the one of the queue before the one of the type before the one of all.';
create index kpi_target_standard on kpi_target (standard, valid_from);

-- Contacts that changed while everything is being counted anew.
create table kpi_dirty (
  contact_id uuid primary key
);
comment on table kpi_dirty is 'Contacts to count again before the recount takes the place of what is shown.';

-- Place by place; most of what is added is 0, and a loop over the rest takes a quarter of unnest and array_agg.
create function kpi_add(a bigint[], b bigint[]) returns bigint[] language plpgsql immutable parallel safe as $$
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
$$;
create function kpi_add(a integer[], b integer[]) returns integer[] language plpgsql immutable parallel safe as $$
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
$$;

-- Imports append millions of rows at a time. Vacuuming them meanwhile takes a processor from those who talk to customers,
-- so it comes seldom, and with long rests.
alter table contact_history set (autovacuum_vacuum_cost_delay = 20, autovacuum_vacuum_insert_scale_factor = 1);
alter table kpi_contact set (autovacuum_vacuum_cost_delay = 20, autovacuum_vacuum_insert_scale_factor = 1);
alter table kpi_half_hour set (autovacuum_vacuum_cost_delay = 20, autovacuum_vacuum_insert_scale_factor = 1);
alter table kpi_day set (autovacuum_vacuum_cost_delay = 20, autovacuum_vacuum_insert_scale_factor = 1);
alter table kpi_agent_day set (autovacuum_vacuum_cost_delay = 20, autovacuum_vacuum_insert_scale_factor = 1);
