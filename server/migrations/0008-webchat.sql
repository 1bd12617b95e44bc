-- The chat window on web pages, and the visitors who write in it.

create table widget (
  id uuid primary key,
  name text not null,
  key text not null,
  -- Signs the identities of visitors; must be known in clear to check a signature, and is shown in audited steps only.
  secret text not null,
  queue_id uuid not null references queue (id),
  settings jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  deleted_at timestamptz
);
comment on table widget is 'Chat windows that pages may carry. key: public, in the script tag. A deleted widget keeps its row, because visitors and their conversations name it.';
create unique index widget_key on widget (key);
create index widget_queue on widget (queue_id);

create table visitor (
  id uuid primary key,
  widget_id uuid not null references widget (id),
  customer_id uuid references customer (id),
  -- The user id that the page's server signed: with it the visitor is verified.
  external_id text,
  -- Of several visitors of one user, the one as which the user goes on elsewhere.
  canonical boolean not null default false,
  name text not null default '',
  email text,
  -- The address that was signed; the other one was typed and proves nothing.
  signed_email text,
  locale text not null,
  page jsonb not null default '{}',
  left_at timestamptz,
  mailed_conversation_id uuid,
  mailed_seq integer not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp()
) with (fillfactor = 80);
comment on table visitor is 'Browsers (or, once verified, people) that opened a widget; the source of webchat conversations. customer_id is set with the first message. left_at: ended the conversation and wrote nothing since. mailed_seq: messages up to here were sent by mail. last_seen_at is renewed each minute while a socket is open.';
create unique index visitor_external on visitor (widget_id, external_id) where canonical;
create index visitor_customer on visitor (customer_id) where customer_id is not null;
create index visitor_idle on visitor (created_at) where customer_id is null;
