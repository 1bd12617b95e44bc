-- The machine room: what was said (outbox), who has heard it (cursors), files, small settings.

create table outbox_event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  type text not null,
  payload jsonb not null,
  at timestamptz not null default clock_timestamp()
);
comment on table outbox_event is 'Typed events, written in the transaction of the change they tell of and read in the order (xid, id) once no older transaction is under way. Kept for two days.';
create index outbox_event_order on outbox_event (xid, id);
create index outbox_event_at on outbox_event using brin (at);

create table listener_cursor (
  listener text primary key,
  xid xid8 not null,
  id bigint not null,
  failed_attempts integer not null default 0,
  last_error text,
  moved_at timestamptz not null default clock_timestamp()
);
comment on table listener_cursor is 'How far each durable listener has read the outbox; moved in the transaction of its effects, so that each event counts once.';

create table file (
  id uuid primary key,
  access_key text not null,
  storage_key text not null,
  name text not null,
  mime text not null,
  size bigint not null,
  width integer,
  height integer,
  sha256 text not null,
  uploaded_by_kind text not null,
  uploaded_by uuid,
  created_at timestamptz not null default clock_timestamp()
);
comment on table file is 'Uploads. Whoever holds id and access_key may fetch one; storage_key is where the file store keeps it.';

create table setting (
  key text primary key,
  value jsonb not null,
  changed_at timestamptz not null default clock_timestamp()
);
comment on table setting is 'Single values of the installation, each owned by one module.';
