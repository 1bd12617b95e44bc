import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

/** The team whose inbox is the department's: its oldest. */
const inboxOf = (department: ReturnType<typeof sql>) => sql`(
  select t.id from team t where t.department_id = ${department} and t.deleted_at is null
  order by t.created_at, t.id limit 1)`;

export type Place = {
  /** Teams whose inbox the person shares. */
  inboxTeams: string[];
  /** Departments of the teams whose orders the person reads. */
  departments: string[];
};

/** Where a person works, and which departments' orders they read by their rights for these teams. */
export async function selectPlace(db: Db, userId: string, readTeams: string[]): Promise<Place> {
  const { rows } = await sql<Place>`
    with own as (
      select t.id, t.department_id from team_member m join team t on t.id = m.team_id where m.user_id = ${userId}
    )
    select array(
        select id::text from own
        union select ${inboxOf(sql`own.department_id`)}::text from own where own.department_id is not null
      ) as "inboxTeams",
      array(select distinct department_id::text from team
        where id = any(${readTeams}::uuid[]) and department_id is not null) as departments
  `.execute(db);
  return rows[0] ?? { inboxTeams: [], departments: [] };
}

/** The team whose inbox a department's is; null when it has none. */
export async function selectDepartmentTeam(db: Db, departmentId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select ${inboxOf(sql`${departmentId}::uuid`)} as id
  `.execute(db);
  return rows[0]?.id ?? null;
}

/** Active people who share a team's inbox: its members, and for a department's inbox those of its other teams. */
export async function selectInboxPeople(
  db: Db,
  teamIds: string[],
): Promise<{ teamId: string; userId: string }[]> {
  const { rows } = await sql<{ teamId: string; userId: string }>`
    select distinct box.id as "teamId", m.user_id as "userId"
    from team box
    join team t on t.id = box.id
      or (t.department_id = box.department_id and ${inboxOf(sql`box.department_id`)} = box.id)
    join team_member m on m.team_id = t.id
    join app_user u on u.id = m.user_id and u.active
    where box.id = any(${teamIds}::uuid[])
  `.execute(db);
  return rows;
}

export type Recipient = { id: string; name: string; email: string; locale: string | null };

export async function selectRecipients(db: Db, ids: string[]): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`
    select id, name, email, preferences ->> 'locale' as locale from app_user
    where id = any(${ids}::uuid[]) and active
  `.execute(db);
  return rows;
}

export async function isActive(db: Db, userId: string): Promise<boolean> {
  const { rows } = await sql`select from app_user where id = ${userId} and active`.execute(db);
  return rows.length > 0;
}
