-- Callbacks as they are worked: every call made, what the customer said, and contacts that came again.

alter table callback add column satisfaction smallint check (satisfaction between 1 and 5);
alter table callback add column version integer not null default 1;
comment on column callback.tries is 'Calls that reached nobody; at max_tries the way out is taken.';
create index callback_next on callback (next_try_at, id) where state = 'open';
create index callback_customer on callback (customer_id, created_at) where customer_id is not null;
create index callback_done_team on callback (team_id, done_at, id) where done_at is not null;

create table callback_try (
  id uuid primary key,
  callback_id uuid not null references callback (id),
  at timestamptz not null,
  by_id uuid references app_user (id),
  result text,
  phone text not null default '',
  note text not null default '',
  next_try_at timestamptz
);
comment on table callback_try is 'Calls made for a callback, append-only; result null: put off without a call.';
create index callback_try_callback on callback_try (callback_id, at);
create index callback_try_at on callback_try (at);

create table order_repeat (
  id uuid primary key,
  order_id uuid not null references work_order (id),
  at timestamptz not null,
  by_id uuid references app_user (id),
  conversation_id uuid,
  other_order_id uuid references work_order (id),
  note text not null default ''
);
comment on table order_repeat is 'Contacts in which a customer came again about an order, as an agent confirmed.';
create index order_repeat_order on order_repeat (order_id, at);
create unique index order_repeat_conversation on order_repeat (order_id, conversation_id) where conversation_id is not null;
create unique index order_repeat_other on order_repeat (order_id, other_order_id) where other_order_id is not null;
