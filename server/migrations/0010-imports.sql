-- Logs and tables of other systems that become contacts of the reports.

create table import_file (
  id uuid primary key,
  name text not null,
  size bigint not null,
  storage_key text not null,
  uploaded_at timestamptz not null default clock_timestamp(),
  uploaded_by uuid references app_user (id)
);
comment on table import_file is 'Uploads to import, kept for a week and as long as an import reads them.';
create index import_file_uploaded on import_file (uploaded_at);

create table import_mapping (
  id uuid primary key,
  name text not null,
  mapping jsonb not null,
  updated_at timestamptz not null default clock_timestamp()
);
comment on table import_mapping is 'What the columns of a table mean, to be used again.';
create unique index import_mapping_name on import_mapping (lower(name));

create table import_run (
  id uuid primary key,
  kind text not null check (kind in ('queue_log', 'asterisk_cdr', 'asterisk_cel', 'freeswitch_csv', 'freeswitch_json', 'table')),
  log text not null,
  name text not null,
  zone text not null,
  mapping jsonb,
  sources jsonb not null,
  origin text not null check (origin in ('upload', 'command')),
  state text not null check (state in ('waiting', 'running', 'done', 'cancelled', 'failed', 'removing', 'removed')),
  phase text not null,
  is_cancelled boolean not null default false,
  attempts integer not null default 0,
  batch_id integer references kpi_batch (id) on delete set null,
  bytes_read bigint not null default 0,
  bytes_total bigint not null,
  rows bigint not null default 0,
  contacts bigint not null default 0,
  errors bigint not null default 0,
  problem jsonb,
  report jsonb,
  created_at timestamptz not null default clock_timestamp(),
  created_by uuid references app_user (id),
  started_at timestamptz,
  ended_at timestamptz
);
comment on table import_run is 'One import: what is read, how far it is, what came of it. sources: files of the store, or paths of the machine for imports by command. attempts: how often a process began it; one that broke off begins again from nothing.';
create index import_run_created on import_run (created_at, id);
create index import_run_open on import_run (created_at) where state in ('waiting', 'running', 'removing');

create table followed_log (
  id uuid primary key,
  path text not null,
  kind text not null,
  log text not null,
  zone text not null,
  state text not null check (state in ('following', 'missing', 'unreadable', 'stopped')),
  batch_id integer references kpi_batch (id) on delete set null,
  fingerprint text not null default '',
  inode text not null default '',
  position bigint not null default 0,
  memory jsonb not null default '{}',
  lines bigint not null default 0,
  contacts bigint not null default 0,
  last_line_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  created_by uuid references app_user (id)
);
comment on table followed_log is 'A log on this machine that is read as it grows. position: bytes of the file read and counted; memory: what must be known of the lines before it (open calls, who is signed in); both change with the counts in one transaction.';
create unique index followed_log_path on followed_log (path) where state <> 'stopped';
