import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type AccessRow = {
  userId: string;
  name: string;
  active: boolean;
  /** When the session or key was last noted as in use. */
  seenAt: Date | null;
  grants: { builtIn: string | null; permissions: string[]; teamId: string | null }[];
};
/** A way in that ends by itself, as a session does. */
type Ending = { expiresAt: Date | null };

const grants = sql`
  coalesce((
    select jsonb_agg(jsonb_build_object('builtIn', r.built_in, 'permissions', r.permissions, 'teamId', g.team_id))
    from role_grant g join role r on r.id = g.role_id where g.user_id = u.id
  ), '[]') as grants`;

/** Whose session this is and what that person holds; undefined when it has ended. */
export async function selectSessionAccess(
  db: Db,
  sessionId: string,
): Promise<(AccessRow & Ending) | undefined> {
  const { rows } = await sql<AccessRow & Ending>`
    select u.id as "userId", u.name, u.active, s.last_seen_at as "seenAt", s.expires_at as "expiresAt", ${grants}
    from auth_session s join app_user u on u.id = s.user_id
    where s.id = ${sessionId} and s.expires_at > now()
  `.execute(db);
  return rows[0];
}

export type KeyAccessRow = AccessRow & Ending & { keyId: string; scopes: string[]; works: boolean };

/** The key with this hash and what its creator holds. */
export async function selectKeyAccess(db: Db, keyHash: string): Promise<KeyAccessRow | undefined> {
  const { rows } = await sql<KeyAccessRow>`
    select u.id as "userId", u.name, u.active, k.last_used_at as "seenAt", k.id as "keyId", k.scopes, k.expires_at as "expiresAt",
      k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) as works, ${grants}
    from api_key k join app_user u on u.id = k.created_by where k.key_hash = ${keyHash}
  `.execute(db);
  return rows[0];
}

/** What a person holds. */
export async function selectPersonAccess(db: Db, userId: string): Promise<AccessRow | undefined> {
  const { rows } = await sql<AccessRow>`
    select u.id as "userId", u.name, u.active, u.last_seen_at as "seenAt", ${grants} from app_user u where u.id = ${userId}
  `.execute(db);
  return rows[0];
}

export async function touchSession(db: Db, sessionId: string): Promise<void> {
  await sql`
    with touched as (
      update auth_session set last_seen_at = clock_timestamp() where id = ${sessionId} returning user_id
    )
    update app_user set last_seen_at = clock_timestamp() from touched where app_user.id = touched.user_id
  `.execute(db);
}

export async function touchKey(db: Db, keyId: string): Promise<void> {
  await sql`update api_key set last_used_at = clock_timestamp() where id = ${keyId}`.execute(db);
}

export type SessionRow = {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  ip: string | null;
  userAgent: string | null;
};

/** A person's signed-in browsers, the one used last first. */
export async function selectSessions(db: Db, userId: string): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select id, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt",
      nullif(ip_address, '') as ip, nullif(user_agent, '') as "userAgent"
    from auth_session where user_id = ${userId} and expires_at > now() order by last_seen_at desc, id limit 200
  `.execute(db);
  return rows;
}

/** Ends sessions of a person: one of them or all; returns the ids of those that ended. */
export async function deleteSessions(
  db: Db,
  { userId, sessionId }: { userId: string; sessionId?: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from auth_session
    where user_id = ${userId} and ${sessionId === undefined ? sql`true` : sql`id::text = ${sessionId}`}
    returning id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Sets the person's password (as a hash), whether there was one or not. */
export async function savePassword(
  db: Db,
  { accountRowId, userId, hash }: { accountRowId: string; userId: string; hash: string },
): Promise<void> {
  await sql`
    insert into auth_account (id, user_id, account_id, provider_id, password)
    values (${accountRowId}, ${userId}, ${userId}, 'credential', ${hash})
    on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = clock_timestamp()
  `.execute(db);
}

/** Removes authenticator app and backup codes of somebody who lost them. */
export async function removeTwoFactor(db: Db, userId: string): Promise<void> {
  await sql`delete from auth_two_factor where user_id = ${userId}`.execute(db);
  await sql`update app_user set two_factor_enabled = false where id = ${userId}`.execute(db);
}

/** Clears sign-in secrets and sessions that ran out; returns how many rows went. */
export async function deleteExpired(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with verification as (delete from auth_verification where expires_at < now() - interval '1 day' returning 1),
    session as (delete from auth_session where expires_at < now() - interval '1 day' returning 1)
    select ((select count(*) from verification) + (select count(*) from session))::int as count
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Active people with a grant for one of these teams or for all. */
export async function selectGrantsFor(
  db: Db,
  teamIds: string[],
): Promise<
  { userId: string; builtIn: string | null; permissions: string[]; teamId: string | null }[]
> {
  const { rows } = await sql<{
    userId: string;
    builtIn: string | null;
    permissions: string[];
    teamId: string | null;
  }>`
    select g.user_id as "userId", r.built_in as "builtIn", r.permissions, g.team_id as "teamId"
    from role_grant g join role r on r.id = g.role_id join app_user u on u.id = g.user_id and u.active
    where g.team_id is null or g.team_id = any(${teamIds}::uuid[])
  `.execute(db);
  return rows;
}
