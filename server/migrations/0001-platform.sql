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

create table setting (
  key text primary key,
  value jsonb not null,
  changed_at timestamptz not null default clock_timestamp()
);
comment on table setting is 'Single values of the installation, each owned by one module.';

-- Makes the monthly partitions (UTC) of a table that is partitioned by range over an instant: from `first` for `months`
-- months; returns how many were new. A month whose rows went to the default partition already stays there.
create function create_month_partitions(parent text, first timestamptz, months integer) returns integer language plpgsql as $$
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
end $$;
