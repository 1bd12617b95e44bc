import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Permission } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

export type RoleRow = {
  id: string;
  name: string;
  builtIn: string | null;
  permissions: string[];
  /** Active people who hold it for some team or for all. */
  holders: number;
};

const role = sql`
  r.id, r.name, r.built_in as "builtIn", r.permissions,
  (select count(distinct g.user_id)::int from role_grant g join app_user u on u.id = g.user_id
    where g.role_id = r.id and u.active) as holders`;

/** All roles: the built-in ones first, then own ones by name. */
export async function selectRoles(db: Db): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    select ${role} from role r order by r.built_in is null, case when r.built_in is null then r.name end, r.id limit 1000
  `.execute(db);
  return rows;
}

/** The role, locked until the transaction ends. */
export async function lockRole(db: Db, id: string): Promise<RoleRow | undefined> {
  await sql`select from role where id = ${id} for update`.execute(db);
  const { rows } = await sql<RoleRow>`select ${role} from role r where r.id = ${id}`.execute(db);
  return rows[0];
}

export async function insertRole(
  db: Db,
  input: { id: string; name: string; permissions: readonly Permission[] },
): Promise<void> {
  await db
    .insertInto('role')
    .values({ id: input.id, name: input.name, permissions: [...input.permissions] })
    .execute();
}

export async function updateRoleRow(
  db: Db,
  id: string,
  change: { name?: string | undefined; permissions?: readonly Permission[] | undefined },
): Promise<void> {
  const values = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.permissions === undefined ? {} : { permissions: [...change.permissions] }),
  };
  if (Object.keys(values).length === 0) return;
  await db.updateTable('role').set(values).where('id', '=', id).execute();
}

export async function deleteRoleRow(db: Db, id: string): Promise<void> {
  await db.deleteFrom('role').where('id', '=', id).execute();
}

/** Everybody who holds this role, or some role for this team. */
export async function selectHolders(
  db: Db,
  which: { roleId: string } | { teamId: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct user_id as id from role_grant
    where ${'roleId' in which ? sql`role_id = ${which.roleId}` : sql`team_id = ${which.teamId}`}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Whether anybody holds the role, active or not, or an open invitation promises it. */
export async function isRoleInUse(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from role_grant where role_id = ${id}) or exists (
      select from invitation
      where accepted_at is null and revoked_at is null and expires_at > now()
        and grants @> ${JSON.stringify([{ roleId: id }])}::jsonb
    ) as used
  `.execute(db);
  return rows[0]?.used ?? false;
}
