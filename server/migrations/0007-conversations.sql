-- Conversations, their messages, what people keep beside them, and how they are found.

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


create sequence conversation_number start 1001;

create table conversation (
  id uuid primary key,
  number bigint not null default nextval('conversation_number'),
  customer_id uuid not null references customer (id),
  channel text not null,
  -- Where the channel answers to, for example the visitor of a web page.
  source_id uuid,
  team_id uuid not null references team (id),
  queue_id uuid references queue (id) on delete set null,
  assignee_id uuid references app_user (id),
  status text not null default 'open' check (status in ('open', 'waiting', 'snoozed', 'resolved')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  subject text not null default '',
  tags text[] not null default '{}',
  preview text not null default '',
  last_message_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  last_seq integer not null default 0,
  unread integer not null default 0,
  agent_read_seq integer not null default 0,
  customer_read_seq integer not null default 0,
  waiting_since timestamptz,
  snoozed_until timestamptz,
  contact_id uuid references contact (id),
  page jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  version integer not null default 1
) with (fillfactor = 80);
comment on table conversation is 'One matter with one customer on one channel. last_seq is the position of its newest message; version grows with every change.';
create unique index conversation_by_number on conversation (number);
create index conversation_mine on conversation (assignee_id, last_message_at desc, id desc) where status in ('open', 'waiting');
create index conversation_unassigned on conversation (team_id, last_message_at desc, id desc) where assignee_id is null and status in ('open', 'waiting');
create index conversation_active on conversation (team_id, last_message_at desc, id desc) where status in ('open', 'waiting');
create index conversation_put_aside on conversation (team_id, last_message_at desc, id desc) where status = 'snoozed';
create index conversation_by_status on conversation (status, last_message_at desc, id desc);
create index conversation_newest on conversation (last_message_at desc, id desc);
create index conversation_team_newest on conversation (team_id, last_message_at desc, id desc);
create index conversation_longest_waiting on conversation (coalesce(waiting_since, last_message_at), id) where status in ('open', 'waiting');
create index conversation_of_assignee on conversation (assignee_id, status, last_message_at desc, id desc) where assignee_id is not null;
create index conversation_of_customer on conversation (customer_id, last_message_at desc, id desc);
create index conversation_of_source on conversation (source_id, created_at desc) where source_id is not null;
create index conversation_contact on conversation (contact_id) where contact_id is not null;
create index conversation_tags on conversation using gin (tags);

create table message (
  id uuid not null,
  conversation_id uuid not null,
  seq integer not null,
  kind text not null check (kind in ('message', 'note', 'event')),
  author_kind text not null check (author_kind in ('customer', 'agent', 'bot', 'system')),
  author_id uuid,
  author_name text not null,
  parts jsonb not null,
  mentions uuid[] not null default '{}',
  client_key text,
  created_at timestamptz not null default clock_timestamp(),
  retracted_at timestamptz,
  primary key (id, created_at)
) partition by range (created_at);
comment on table message is 'Messages, notes and inline events in one gapless order (seq) per conversation; partitioned by month (UTC). parts are those of the contract, with files by id.';
create index message_order on message (conversation_id, seq desc);
create table message_default partition of message default;
select create_month_partitions('message', clock_timestamp() - interval '1 month', 5);

create table message_key (
  conversation_id uuid not null,
  client_key text not null,
  message_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (conversation_id, client_key)
);
comment on table message_key is 'Idempotency: which message a sender''s key became. Kept for thirty days.';
create index message_key_age on message_key using brin (created_at);

create table message_search (
  message_id uuid primary key,
  conversation_id uuid not null,
  seq integer not null,
  words tsvector not null
);
comment on table message_search is 'Words of messages (and, as seq 0 under the conversation''s id, of its subject), segmented; newest first by message_id, which carries the time.';
create index message_search_words on message_search using gin (words);

create table mention (
  user_id uuid not null references app_user (id),
  conversation_id uuid not null references conversation (id) on delete cascade,
  message_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  seen_at timestamptz,
  primary key (user_id, conversation_id, message_id)
);
comment on table mention is 'Who was named in a note, until seen.';
create index mention_unseen on mention (user_id, at desc) where seen_at is null;

create table draft (
  conversation_id uuid not null references conversation (id) on delete cascade,
  user_id uuid not null references app_user (id),
  kind text not null,
  text text not null,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (conversation_id, user_id)
);
comment on table draft is 'What a person is writing and has not sent.';

create table canned_reply (
  id uuid primary key,
  shortcut text not null,
  title text not null,
  text text not null,
  team_id uuid references team (id),
  uses integer not null default 0,
  created_at timestamptz not null default clock_timestamp()
);
comment on table canned_reply is 'Texts ready to send; of one team, or of all (team_id null).';
create unique index canned_reply_shortcut on canned_reply (lower(shortcut), coalesce(team_id, '00000000-0000-0000-0000-000000000000'));
