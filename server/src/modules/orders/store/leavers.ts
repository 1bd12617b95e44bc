import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';

type Db = Kysely<DB>;

/** Open orders that a person holds. */
export async function selectOwned(db: Db, userId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from work_order where owner_id = ${userId} and status = 'open'
    order by coalesce(due_at, 'infinity'), id limit ${limit}
  `.execute(db);
  return rows.map((row) => row.id);
}

/** Takes the person off these orders and off their present visits. */
export async function releaseOwned(
  db: Db,
  orders: { id: string; owner_team_id: string | null }[],
): Promise<void> {
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(orders)}::jsonb) as g (id uuid, owner_team_id uuid)
    ), released as (
      update work_order o set owner_id = null, owner_team_id = given.owner_team_id, version = version + 1
      from given where o.id = given.id returning o.visit_id, o.owner_team_id
    )
    update order_visit v set owner_id = null, owner_team_id = released.owner_team_id
    from released where v.id = released.visit_id
  `.execute(db);
}

export async function releaseTasks(db: Db, userId: string): Promise<void> {
  await sql`
    update order_task set owner_id = null where owner_id = ${userId} and done_at is null
      and owner_team_id is not null
  `.execute(db);
}

/** Whether a team holds open orders or will get them back or recorded again, has calls to make, or a flow in use names it. */
export async function isTeamNeeded(db: Db, teamId: string): Promise<boolean> {
  const { rows } = await sql`
    select from work_order where owner_team_id = ${teamId} and status = 'open'
    union all
    select from work_order where recorder_team_id = ${teamId} and status = 'open'
    union all
    select from callback where team_id = ${teamId} and state = 'open'
    union all
    select from order_recurrence r join work_order o on o.id = r.order_id where o.recorder_team_id = ${teamId}
    union all
    select from order_flow f
    where (state = 'published' or exists (select from work_order where flow_key = f.key and flow_id = f.id and status = 'open'))
      and jsonb_path_exists(definition, '$.steps[*].** ? (@.teamId == $team)', jsonb_build_object('team', ${teamId}::text))
    limit 1
  `.execute(db);
  return rows.length > 0;
}

/** Orders of a customer who became another. */
export async function moveCustomer(db: Db, other: string, into: string): Promise<void> {
  await sql`update work_order set customer_id = ${into} where customer_id = ${other}`.execute(db);
  await sql`update callback set customer_id = ${into} where customer_id = ${other}`.execute(db);
}
