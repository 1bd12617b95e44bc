-- Deadlines that fire exactly once, and the hours in which somebody is there.

create table timer (
  kind text not null,
  key text not null,
  due_at timestamptz not null,
  run_at timestamptz not null,
  payload jsonb not null,
  attempts integer not null default 0,
  last_error text,
  set_at timestamptz not null default clock_timestamp(),
  primary key (kind, key)
);
comment on table timer is 'What is to happen at due_at, once. The handler runs in the transaction that deletes the row; a failed one stays, is tried again at run_at, and tells why.';
create index timer_run_at on timer (run_at);

create table opening_hours (
  id uuid primary key,
  name text not null,
  time_zone text not null,
  week jsonb not null,
  special_days jsonb not null default '[]',
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
comment on table opening_hours is 'Weekly periods in minutes since local midnight, Monday first, and the days that differ: holidays (no periods) and make-up working days.';
create unique index opening_hours_name on opening_hours (lower(name));
