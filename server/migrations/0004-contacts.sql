-- Contacts and the one log of all that happens to them.

create table contact (
  id uuid primary key,
  channel text not null,
  customer_id uuid,
  subject_id uuid,
  opened_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  outcome text
);
comment on table contact is 'One inbound interaction from arrival to end. customer_id and subject_id (for example the conversation) belong to other modules and may be unknown.';
create index contact_subject on contact (subject_id) where subject_id is not null;
create index contact_customer on contact (customer_id, opened_at) where customer_id is not null;
create index contact_opened_at on contact using brin (opened_at);

create table contact_event (
  id uuid not null,
  contact_id uuid not null,
  type text not null,
  at timestamptz not null default clock_timestamp(),
  channel text not null,
  queue_id uuid,
  team_id uuid,
  agent_id uuid,
  by_bot boolean not null default false,
  data jsonb not null default '{}',
  primary key (id, at)
) partition by range (at);
comment on table contact_event is 'What happened to contacts, append-only, partitioned by month (UTC). data holds the figures of the step: waitMs, ringMs, rings, handleMs.';
create index contact_event_contact on contact_event (contact_id, at);
create index contact_event_at on contact_event (at);

-- Whatever no month fits is kept here rather than refused.
create table contact_event_default partition of contact_event default;

-- Makes the partitions of the current month and of those ahead; returns how many were new. A month whose events
-- went to the default partition already stays there.
create function create_contact_event_partitions(months_ahead integer) returns integer language plpgsql as $$
declare
  month timestamp;
  lower_bound timestamptz;
  upper_bound timestamptz;
  made integer := 0;
  partition_name text;
begin
  for step in 0..months_ahead loop
    month := date_trunc('month', clock_timestamp() at time zone 'utc') + make_interval(months => step);
    lower_bound := month at time zone 'utc';
    upper_bound := (month + interval '1 month') at time zone 'utc';
    partition_name := 'contact_event_' || to_char(month, 'YYYY_MM');
    continue when to_regclass(partition_name) is not null;
    continue when exists (
      select from contact_event_default where at >= lower_bound and at < upper_bound
    );
    execute format(
      'create table %I partition of contact_event for values from (%L) to (%L)',
      partition_name, lower_bound, upper_bound
    );
    made := made + 1;
  end loop;
  return made;
end $$;
select create_contact_event_partitions(3);

create function refuse_contact_event_change() returns trigger language plpgsql as $$
begin
  raise exception 'contact events are never changed or deleted';
end $$;
create trigger contact_event_append_only before update or delete on contact_event
  for each row execute function refuse_contact_event_change();
