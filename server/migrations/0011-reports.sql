-- Views of the reports that people keep, and the mails that bring them.

create table saved_view (
  id uuid primary key,
  name text not null,
  page text not null check (page in ('standards', 'report')),
  query jsonb not null,
  owner_id uuid not null references app_user (id),
  is_shared boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
comment on table saved_view is 'What a page of the reports shows: period (fixed or moving with the calendar), filters, step and group. Seen by its owner, and by everybody who reads reports when shared.';
create index saved_view_owner on saved_view (owner_id);

create table report_schedule (
  id uuid primary key,
  name text not null,
  view_id uuid not null references saved_view (id),
  -- Whose rights it acts with.
  owner_id uuid not null references app_user (id),
  rhythm text not null check (rhythm in ('daily', 'weekly', 'monthly')),
  day smallint not null,
  minute smallint not null check (minute between 0 and 1439),
  people uuid[] not null,
  addresses text[] not null,
  locale text not null,
  subject text not null,
  attachments text[] not null,
  is_active boolean not null,
  stopped text,
  next_due_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
comment on table report_schedule is 'Views mailed at a local time of the centre. day: weekday from Monday 1, or day of the month, cut at its last one. stopped: why it ended by itself. next_due_at repeats what its timer says.';
create index report_schedule_view on report_schedule (view_id);

create table report_sending (
  id uuid primary key,
  schedule_id uuid not null references report_schedule (id) on delete cascade,
  kind text not null check (kind in ('due', 'by_hand', 'trial')),
  -- With whose rights the figures are read.
  actor_id uuid not null references app_user (id),
  state text not null check (state in ('waiting', 'retrying', 'sent', 'failed')),
  -- Its local date decides which dates a moving period means, however late the mail goes.
  due_at timestamptz not null,
  subject text not null default '',
  problem text,
  tries integer not null default 0,
  next_try_at timestamptz,
  ended_at timestamptz
);
comment on table report_sending is 'One time that a schedule was sent. The id, of version 7, is the order.';
create index report_sending_schedule on report_sending (schedule_id, id);
create unique index report_sending_due on report_sending (schedule_id, due_at) where kind = 'due';

create table report_delivery (
  id uuid primary key,
  sending_id uuid not null references report_sending (id) on delete cascade,
  user_id uuid references app_user (id),
  address text not null,
  state text not null check (state in ('waiting', 'sending', 'retrying', 'sent', 'refused', 'failed')),
  attempts integer not null default 0,
  problem text,
  at timestamptz
);
comment on table report_delivery is 'The mail of a sending to one recipient; its id is in the Message-ID. at: begin of the last attempt.';
create index report_delivery_sending on report_delivery (sending_id, id);
