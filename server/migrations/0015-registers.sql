-- Registers of the service department, and what is made of complaints.

create table register_line (
  id uuid primary key,
  register text not null,
  -- Null: a line of its own; else the order, conversation, callback or customer whose line it adds to.
  source_id uuid,
  at timestamptz not null,
  team_id uuid references team (id),
  customer_id uuid references customer (id),
  customer_name text not null default '',
  phones text[] not null default '{}',
  conversation_id uuid,
  entered jsonb not null default '{}',
  recorder_id uuid references app_user (id),
  created_at timestamptz not null default clock_timestamp(),
  version integer not null default 1
);
comment on table register_line is 'What people entered on registers, by column (entered): on lines of their own, or beside what the work tells.';
create unique index register_line_source on register_line (register, source_id) where source_id is not null;
create index register_line_own on register_line (register, at, id) where source_id is null;
create index register_line_conversation on register_line (conversation_id) where conversation_id is not null;
create index register_line_customer on register_line (customer_id) where customer_id is not null;

create table register_settings (
  one boolean primary key default true check (one),
  settings jsonb not null
);
comment on table register_settings is 'Which conversations the registers take up (RegisterSettings); one row, none while all is as shipped.';

create table improvement (
  order_id uuid primary key references work_order (id),
  cause text not null,
  created_at timestamptz not null default clock_timestamp()
);
comment on table improvement is 'Orders that were opened to end a cause of complaints.';
create index improvement_created on improvement (created_at);

-- Registers read a period of conversations, customers and complaints.
create index conversation_created on conversation (created_at, id);
create index customer_created on customer (created_at, id) where merged_into is null;
create index work_order_complaints on work_order (created_at, id) where is_complaint;
