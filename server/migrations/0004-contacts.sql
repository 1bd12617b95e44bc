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

select create_month_partitions('contact_event', clock_timestamp(), 4);

create function refuse_contact_event_change() returns trigger language plpgsql as $$
begin
  raise exception 'contact events are never changed or deleted';
end $$;
create trigger contact_event_append_only before update or delete on contact_event
  for each row execute function refuse_contact_event_change();
