import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Preferences } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type Grant = { roleId: string; teamId: string | null };
export type PersonRow = {
  id: string;
  name: string;
  email: string;
  image: string | null;
  active: boolean;
  preferences: unknown;
  twoFactorEnabled: boolean;
  lastSeenAt: Date | null;
  createdAt: Date;
  teamIds: string[];
  grants: Grant[];
};

const person = sql`
  u.id, u.name, u.email, u.image, u.active, u.preferences, u.two_factor_enabled as "twoFactorEnabled",
  u.last_seen_at as "lastSeenAt", u.created_at as "createdAt",
  array(select m.team_id::text from team_member m where m.user_id = u.id order by m.joined_at, m.team_id) as "teamIds",
  coalesce((
    select jsonb_agg(jsonb_build_object('roleId', g.role_id, 'teamId', g.team_id) order by g.granted_at, g.id)
    from role_grant g where g.user_id = u.id
  ), '[]') as grants`;

export type PeopleFilter = {
  q?: string | undefined;
  active?: boolean | undefined;
  /** The last person of the page before. */
  after?: { name: string; id: string } | undefined;
  limit: number;
};

function like(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** People by name; a filter left out lets everybody through. */
export async function selectPeople(db: Db, filter: PeopleFilter): Promise<PersonRow[]> {
  const { q, active, after, limit } = filter;
  const conditions = [
    sql`true`,
    ...(active === undefined ? [] : [sql`u.active = ${active}`]),
    ...(q ? [sql`(u.name ilike ${like(q)} or u.email ilike ${like(q)})`] : []),
    ...(after ? [sql`(u.name, u.id) > (${after.name}, ${after.id}::uuid)`] : []),
  ];
  const { rows } = await sql<PersonRow>`
    select ${person} from app_user u where ${sql.join(conditions, sql` and `)} order by u.name, u.id limit ${limit}
  `.execute(db);
  return rows;
}

export async function selectPerson(db: Db, id: string): Promise<PersonRow | undefined> {
  const { rows } =
    await sql<PersonRow>`select ${person} from app_user u where u.id = ${id}`.execute(db);
  return rows[0];
}

/** The same, and nobody else may change this person until the transaction ends. */
export async function lockPerson(db: Db, id: string): Promise<PersonRow | undefined> {
  await sql`select from app_user where id = ${id} for update`.execute(db);
  return selectPerson(db, id);
}

export async function selectPersonByEmail(db: Db, email: string): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`
    select ${person} from app_user u where u.email = ${email.toLowerCase()}
  `.execute(db);
  return rows[0];
}

export type ColleagueRow = Pick<PersonRow, 'id' | 'name' | 'image' | 'active' | 'teamIds'>;

/** Everybody, or those with these ids, with the least a colleague may see. */
export async function selectColleagues(db: Db, ids?: string[]): Promise<ColleagueRow[]> {
  const { rows } = await sql<ColleagueRow>`
    select u.id, u.name, u.image, u.active,
      array(select m.team_id::text from team_member m where m.user_id = u.id order by m.team_id) as "teamIds"
    from app_user u
    where ${ids === undefined ? sql`true` : sql`u.id = any(${ids}::uuid[])`}
    order by u.active desc, u.name, u.id limit 20000
  `.execute(db);
  return rows;
}

export async function selectNames(db: Db, ids: string[]): Promise<{ id: string; name: string }[]> {
  return db.selectFrom('app_user').select(['id', 'name']).where('id', 'in', ids).execute();
}

export async function selectMailboxes(
  db: Db,
  ids: string[],
): Promise<{ id: string; name: string; email: string }[]> {
  return db
    .selectFrom('app_user')
    .select(['id', 'name', 'email'])
    .where('id', 'in', ids)
    .where('active', '=', true)
    .execute();
}

export async function insertPerson(
  db: Db,
  input: { id: string; name: string; email: string; preferences: Preferences },
): Promise<void> {
  await db
    .insertInto('app_user')
    .values({
      id: input.id,
      name: input.name,
      email: input.email.toLowerCase(),
      preferences: JSON.stringify(input.preferences),
    })
    .execute();
}

export async function updatePersonRow(
  db: Db,
  id: string,
  change: {
    name?: string | undefined;
    active?: boolean | undefined;
    preferences?: Preferences | undefined;
  },
): Promise<void> {
  const { name, active, preferences } = change;
  await sql`
    update app_user set updated_at = clock_timestamp(),
      name = coalesce(${name ?? null}, name),
      preferences = preferences || ${JSON.stringify(preferences ?? {})}::jsonb,
      active = coalesce(${active ?? null}::boolean, active),
      deactivated_at = case when ${active ?? null}::boolean is null then deactivated_at
        when ${active ?? null}::boolean then null else coalesce(deactivated_at, clock_timestamp()) end
    where id = ${id}
  `.execute(db);
}

/** Makes the person a member of exactly these teams. */
export async function replaceTeamsOf(db: Db, userId: string, teamIds: string[]): Promise<void> {
  await sql`
    delete from team_member where user_id = ${userId} and team_id <> all(${teamIds}::uuid[])
  `.execute(db);
  await sql`
    insert into team_member (team_id, user_id)
    select id, ${userId}::uuid from team where id = any(${teamIds}::uuid[]) and deleted_at is null
    on conflict do nothing
  `.execute(db);
}

export async function insertGrants(
  db: Db,
  grants: { id: string; userId: string; roleId: string; teamId: string | null }[],
  grantedBy: string | null,
): Promise<void> {
  if (grants.length === 0) return;
  await db
    .insertInto('role_grant')
    .values(
      grants.map(({ id, userId, roleId, teamId }) => ({
        id,
        user_id: userId,
        role_id: roleId,
        team_id: teamId,
        granted_by: grantedBy,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deleteGrants(db: Db, userId: string, grants: Grant[]): Promise<void> {
  for (const { roleId, teamId } of grants) {
    await sql`
      delete from role_grant
      where user_id = ${userId} and role_id = ${roleId} and team_id is not distinct from ${teamId}::uuid
    `.execute(db);
  }
}

/** Serialises whatever could take away the last administrator: two who demote each other go one after the other. */
export async function lockAdministrators(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('identity.administrators', 0))`.execute(
    db,
  );
}

/** Active people who hold this role for all teams, besides one. */
export async function countHolders(
  db: Db,
  { roleId, except }: { roleId: string; except: string },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from role_grant g join app_user u on u.id = g.user_id
    where g.role_id = ${roleId} and g.team_id is null and u.active and u.id <> ${except}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** The active holder of the role (for all teams) who came first. */
export async function selectFirstHolder(db: Db, roleId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select u.id from role_grant g join app_user u on u.id = g.user_id
    where g.role_id = ${roleId} and g.team_id is null and u.active order by u.created_at, u.id limit 1
  `.execute(db);
  return rows[0]?.id;
}
