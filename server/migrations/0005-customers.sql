-- Customers, how they are recognised, what is noted about them.

create table customer (
  id uuid primary key,
  name text not null,
  -- False while the name is one we made up ("Visitor 3F2A"), which the first real one replaces.
  named boolean not null default true,
  tier text not null default 'standard' check (tier in ('standard', 'silver', 'gold', 'vip')),
  verified boolean not null default false,
  company text,
  locale text,
  tags text[] not null default '{}',
  fields jsonb not null default '{}',
  words tsvector not null default '',
  created_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz,
  merged_into uuid references customer (id),
  version integer not null default 1,
  check (merged_into <> id)
) with (fillfactor = 85);
comment on table customer is 'People and firms who contact us. words: pieces of name, company and identities for searching. A merged customer keeps its row, so that its old id still leads to the one it became (always in one step). version grows with every change by a person.';
create index customer_words on customer using gin (words);
create index customer_tags on customer using gin (tags);
create index customer_activity on customer (coalesce(last_seen_at, created_at) desc, id desc) where merged_into is null;
create index customer_merged on customer (merged_into) where merged_into is not null;

create table customer_identity (
  id uuid primary key,
  -- Checked at the end of the transaction: identities are claimed first, and who gets none makes no customer.
  customer_id uuid not null references customer (id) deferrable initially deferred,
  kind text not null check (kind in ('phone', 'email', 'webchat', 'external', 'wechat')),
  value text not null,
  verified boolean not null default false,
  claimed boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  constraint customer_identity_value unique (kind, value)
);
comment on table customer_identity is 'By what a customer is recognised. Phones are digits with a leading + where the country is known, e-mail addresses lower case. verified: proved by a signature. claimed: typed by the customer and proved by nothing; who proves it takes it over.';
create index customer_identity_customer on customer_identity (customer_id);

create table customer_note (
  id uuid primary key,
  customer_id uuid not null references customer (id),
  text text not null,
  author_id uuid references app_user (id),
  author_name text not null,
  created_at timestamptz not null default clock_timestamp()
);
comment on table customer_note is 'What people note about a customer, for colleagues only.';
create index customer_note_customer on customer_note (customer_id, created_at desc, id desc);
create index customer_note_author on customer_note (author_id) where author_id is not null;

create table custom_field (
  id uuid primary key,
  key text not null,
  label text not null,
  kind text not null check (kind in ('text', 'number', 'date', 'choice', 'boolean')),
  choices text[] not null default '{}',
  position integer not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  constraint custom_field_key unique (key)
);
comment on table custom_field is 'Further facts that an installation keeps about customers. Values live in customer.fields by key, and stay when the field is removed.';
