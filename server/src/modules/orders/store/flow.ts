import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { FlowDefinition, Wording } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import type { Flow } from '../domain/flow.ts';

type Db = Kysely<DB>;

export type FlowRow = Flow & {
  state: 'draft' | 'published' | 'retired';
  createdAt: Date;
  createdBy: string | null;
  revision: number;
  savedAt: Date;
  savedBy: string | null;
  openOrders: number;
};

const columns = sql`f.id, f.key, f.version, f.name, f.state, f.definition, f.created_at as "createdAt",
  u.name as "createdBy", f.revision, f.saved_at as "savedAt", s.name as "savedBy",
  (select count(*)::int from work_order o where o.flow_key = f.key and o.flow_id = f.id and o.status = 'open') as "openOrders"`;

const names = sql`left join app_user u on u.id = f.created_by left join app_user s on s.id = f.saved_by`;

/** All versions of all flows, newest first. */
export async function selectFlows(db: Db): Promise<FlowRow[]> {
  const { rows } = await sql<FlowRow>`
    select ${columns} from order_flow f ${names}
    order by f.key, f.version desc limit 2000
  `.execute(db);
  return rows;
}

export async function selectFlow(db: Db, id: string): Promise<FlowRow | undefined> {
  const { rows } = await sql<FlowRow>`
    select ${columns} from order_flow f ${names} where f.id = ${id}
  `.execute(db);
  return rows[0];
}

export async function selectFlowsById(db: Db, ids: string[]): Promise<Flow[]> {
  const { rows } = await sql<Flow>`
    select id, key, version, name, definition from order_flow where id = any(${ids}::uuid[])
  `.execute(db);
  return rows;
}

/** Whether some version of a flow ends in this step. */
export async function isEndStep(db: Db, stepKey: string): Promise<boolean> {
  const part = JSON.stringify({ steps: [{ key: stepKey, kind: 'end' }] });
  const { rows } = await sql`
    select from order_flow where definition @> ${part}::jsonb limit 1
  `.execute(db);
  return rows.length > 0;
}

export type LockedFlow = Pick<FlowRow, 'id' | 'version' | 'revision' | 'state' | 'definition'>;

/** The versions of a flow, newest first; nobody else changes them until the transaction ends. */
export async function lockFlow(db: Db, key: string): Promise<LockedFlow[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended('order-flow ' || ${key}, 0))`.execute(db);
  const { rows } = await sql<LockedFlow>`
    select id, version, revision, state, definition from order_flow where key = ${key} order by version desc
  `.execute(db);
  return rows;
}

export type NewFlow = {
  id: string;
  key: string;
  version: number;
  name: Wording;
  state: FlowRow['state'];
  definition: FlowDefinition;
  createdBy: string | null;
};

export async function insertFlow(db: Db, flow: NewFlow): Promise<void> {
  const { id, key, version, name, state, definition, createdBy } = flow;
  await sql`
    insert into order_flow (id, key, version, name, state, definition, created_by, saved_by)
    values (${id}, ${key}, ${version}, ${JSON.stringify(name)}::jsonb, ${state},
      ${JSON.stringify(definition)}::jsonb, ${createdBy}, ${createdBy})
    on conflict do nothing
  `.execute(db);
}

export async function updateDraft(
  db: Db,
  id: string,
  { name, definition, savedBy }: Pick<Flow, 'name' | 'definition'> & { savedBy: string | null },
): Promise<void> {
  await sql`
    update order_flow set name = ${JSON.stringify(name)}::jsonb, definition = ${JSON.stringify(definition)}::jsonb,
      revision = revision + 1, saved_at = clock_timestamp(), saved_by = ${savedBy}
    where id = ${id} and state = 'draft'
  `.execute(db);
}

export async function setFlowState(db: Db, id: string, state: FlowRow['state']): Promise<void> {
  await sql`update order_flow set state = ${state} where id = ${id}`.execute(db);
}

export async function deleteDraft(db: Db, id: string): Promise<void> {
  await sql`delete from order_flow where id = ${id} and state = 'draft'`.execute(db);
}

/** Keys of this list that have a published version. */
export async function selectPublishedKeys(db: Db, keys: string[]): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select key from order_flow where state = 'published' and key = any(${keys}::text[])
  `.execute(db);
  return rows.map(({ key }) => key);
}

export async function selectPublishedId(db: Db, key: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from order_flow where key = ${key} and state = 'published'
  `.execute(db);
  return rows[0]?.id;
}
