import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type TeamRow = {
  id: string;
  name: string;
  departmentId: string | null;
  memberIds: string[];
  createdAt: Date;
};

const team = sql`
  t.id, t.name, t.department_id as "departmentId", t.created_at as "createdAt",
  array(select m.user_id::text from team_member m where m.team_id = t.id order by m.joined_at, m.user_id) as "memberIds"`;

/** All teams that are not deleted, by name. */
export async function selectTeams(db: Db): Promise<TeamRow[]> {
  const { rows } = await sql<TeamRow>`
    select ${team} from team t where t.deleted_at is null order by t.name, t.id limit 5000
  `.execute(db);
  return rows;
}

export async function selectTeam(db: Db, id: string): Promise<TeamRow | undefined> {
  const { rows } = await sql<TeamRow>`
    select ${team} from team t where t.id = ${id} and t.deleted_at is null
  `.execute(db);
  return rows[0];
}

/** The same, and nobody else may change this team until the transaction ends. */
export async function lockTeam(db: Db, id: string): Promise<TeamRow | undefined> {
  await sql`select from team where id = ${id} for update`.execute(db);
  return selectTeam(db, id);
}

/** Name of a team, also of a deleted one. */
export async function selectTeamName(
  db: Db,
  id: string,
): Promise<{ id: string; name: string; active: boolean } | undefined> {
  const { rows } = await sql<{ id: string; name: string; active: boolean }>`
    select id, name, deleted_at is null as active from team where id = ${id}
  `.execute(db);
  return rows[0];
}

export async function selectTeamsOf(
  db: Db,
  userId: string,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select t.id, t.name from team_member m join team t on t.id = m.team_id
    where m.user_id = ${userId} and t.deleted_at is null order by t.name, t.id
  `.execute(db);
  return rows;
}

/** Active members of a team. */
export async function selectMembers(
  db: Db,
  teamId: string,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select u.id, u.name from team_member m join app_user u on u.id = m.user_id
    where m.team_id = ${teamId} and u.active order by u.name, u.id
  `.execute(db);
  return rows;
}

/** Those of the ids that name a team which is not deleted. */
export async function selectLiveTeamIds(db: Db, ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from team where id = any(${ids}::uuid[]) and deleted_at is null
  `.execute(db);
  return rows.map(({ id }) => id);
}

export async function insertTeam(
  db: Db,
  input: { id: string; name: string; departmentId: string | null },
): Promise<void> {
  await db
    .insertInto('team')
    .values({ id: input.id, name: input.name, department_id: input.departmentId })
    .execute();
}

export async function updateTeamRow(
  db: Db,
  id: string,
  change: { name?: string | undefined; departmentId?: string | null | undefined },
): Promise<void> {
  const values = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.departmentId === undefined ? {} : { department_id: change.departmentId }),
  };
  if (Object.keys(values).length === 0) return;
  await db.updateTable('team').set(values).where('id', '=', id).execute();
}

/** Makes exactly these people the members of the team; unknown ids are passed over. */
export async function replaceMembers(db: Db, teamId: string, userIds: string[]): Promise<void> {
  await sql`
    delete from team_member where team_id = ${teamId} and user_id <> all(${userIds}::uuid[])
  `.execute(db);
  await sql`
    insert into team_member (team_id, user_id)
    select ${teamId}::uuid, id from app_user where id = any(${userIds}::uuid[]) on conflict do nothing
  `.execute(db);
}

/** The row stays for those whose history names it; members and rights for it end. */
export async function retireTeam(db: Db, id: string): Promise<void> {
  await sql`delete from role_grant where team_id = ${id}`.execute(db);
  await sql`delete from team_member where team_id = ${id}`.execute(db);
  await sql`
    update team set deleted_at = clock_timestamp(), department_id = null where id = ${id}
  `.execute(db);
}

export type DepartmentRow = { id: string; name: string };

export async function selectDepartments(db: Db): Promise<DepartmentRow[]> {
  return db
    .selectFrom('department')
    .select(['id', 'name'])
    .orderBy('name')
    .orderBy('id')
    .limit(5000)
    .execute();
}

export async function selectDepartment(db: Db, id: string): Promise<DepartmentRow | undefined> {
  return db
    .selectFrom('department')
    .select(['id', 'name'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertDepartment(db: Db, input: DepartmentRow): Promise<void> {
  await db.insertInto('department').values(input).execute();
}

export async function renameDepartment(db: Db, { id, name }: DepartmentRow): Promise<void> {
  await db.updateTable('department').set({ name }).where('id', '=', id).execute();
}

/** Fails with a foreign key violation while a team belongs to it. */
export async function deleteDepartmentRow(db: Db, id: string): Promise<void> {
  await db.deleteFrom('department').where('id', '=', id).execute();
}
