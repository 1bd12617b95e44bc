-- People, what they belong to, what they may do, how they sign in, and who changed what.
-- Nobody is ever deleted: history names people by id.

create table organisation (
  single boolean primary key default true check (single),
  name text not null,
  time_zone text not null,
  locale text not null,
  demo boolean not null default false,
  created_at timestamptz not null default clock_timestamp()
);
comment on table organisation is 'The one organisation of this installation; its row is what the first-run page makes, and its primary key is why that works only once.';

create table app_user (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default true,
  image text,
  active boolean not null default true,
  two_factor_enabled boolean not null default false,
  preferences jsonb not null default '{}',
  last_seen_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  deactivated_at timestamptz
);
comment on table app_user is 'People who work here, also those who left (active = false).';
create index app_user_name on app_user (name, id);

create table auth_session (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  token text not null unique,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp()
);
comment on table auth_session is 'Signed-in browsers. A row that is gone is a browser that is signed out.';
create index auth_session_user on auth_session (user_id);

create table auth_account (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (provider_id, account_id)
);
comment on table auth_account is 'How a person proves who they are: provider credential holds the password (scrypt), oidc the account at the single sign-on provider.';
create index auth_account_user on auth_account (user_id);

create table auth_verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
comment on table auth_verification is 'Short-lived secrets of sign-in: password links, second-factor and passkey challenges, single sign-on states. The identifier is stored as a hash.';
create index auth_verification_identifier on auth_verification (identifier);
create index auth_verification_expires on auth_verification (expires_at);

create table auth_two_factor (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
comment on table auth_two_factor is 'Secret of the authenticator app and backup codes, both encrypted with AUTH_SECRET.';
create index auth_two_factor_user on auth_two_factor (user_id);

create table auth_passkey (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz default clock_timestamp()
);
comment on table auth_passkey is 'Passkeys: the public half only.';
create index auth_passkey_user on auth_passkey (user_id);

create table department (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null default clock_timestamp()
);
comment on table department is 'Parts of the organisation that teams belong to.';
create unique index department_name on department (lower(name));

create table team (
  id uuid primary key,
  name text not null,
  department_id uuid references department (id),
  created_at timestamptz not null default clock_timestamp(),
  deleted_at timestamptz
);
comment on table team is 'Teams; a deleted one keeps its row, because finished conversations name it.';
create unique index team_name on team (lower(name)) where deleted_at is null;
create index team_department on team (department_id);

create table team_member (
  team_id uuid not null references team (id),
  user_id uuid not null references app_user (id),
  joined_at timestamptz not null default clock_timestamp(),
  primary key (team_id, user_id)
);
comment on table team_member is 'Who works in which team. Membership alone gives no right: see role_grant.';
create index team_member_user on team_member (user_id);

create table role (
  id uuid primary key,
  name text not null,
  built_in text unique,
  permissions text[] not null default '{}',
  created_at timestamptz not null default clock_timestamp()
);
comment on table role is 'Sets of rights. Those of a built-in role are read from the program, so that an upgrade may add to them; its name is translated.';
create unique index role_name on role (lower(name));

insert into role (id, name, built_in) values
  ('00000000-0000-7000-8000-000000000001', 'administrator', 'administrator'),
  ('00000000-0000-7000-8000-000000000002', 'manager', 'manager'),
  ('00000000-0000-7000-8000-000000000003', 'supervisor', 'supervisor'),
  ('00000000-0000-7000-8000-000000000004', 'agent', 'agent'),
  ('00000000-0000-7000-8000-000000000005', 'handler', 'handler'),
  ('00000000-0000-7000-8000-000000000006', 'trainer', 'trainer');

create table role_grant (
  id uuid primary key,
  user_id uuid not null references app_user (id),
  role_id uuid not null references role (id),
  team_id uuid references team (id),
  granted_by uuid references app_user (id),
  granted_at timestamptz not null default clock_timestamp(),
  unique nulls not distinct (user_id, role_id, team_id)
);
comment on table role_grant is 'Who holds which role for which team; team_id null: for all teams, also those made later.';
create index role_grant_role on role_grant (role_id);

create table invitation (
  id uuid primary key,
  email text not null check (email = lower(email)),
  name text not null,
  team_ids uuid[] not null,
  grants jsonb not null,
  token_hash text not null unique,
  mailed boolean not null,
  invited_by uuid not null references app_user (id),
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references app_user (id),
  revoked_at timestamptz
);
comment on table invitation is 'Invitations with the teams and roles the person gets on accepting. The link''s token is stored as a hash.';
create unique index invitation_open on invitation (email) where accepted_at is null and revoked_at is null;

create table api_key (
  id uuid primary key,
  name text not null,
  prefix text not null,
  key_hash text not null unique,
  scopes text[] not null,
  created_by uuid not null references app_user (id),
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
comment on table api_key is 'Keys of programs, as hashes. A key may do what its scopes say and its creator may do at the moment of use.';

create table audit_entry (
  id uuid primary key,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  action text not null,
  subject_kind text not null,
  subject_id text,
  subject_name text,
  details jsonb not null default '{}',
  ip text,
  request_id text
);
comment on table audit_entry is 'Sign-ins and administrative changes, append-only. Names are kept as they were then.';
create index audit_entry_actor on audit_entry (actor_id, id);
create index audit_entry_action on audit_entry (action, id);
create index audit_entry_at on audit_entry using brin (at);
create index audit_entry_failed on audit_entry (subject_name, at) where action = 'session.refused';
create index audit_entry_failed_ip on audit_entry (ip, at) where action = 'session.refused';
