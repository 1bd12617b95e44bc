import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { CallbackReason } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import { callbackColumns } from './callback-rows.ts';
import type { CallbackRow } from './callback-rows.ts';

type Db = Kysely<DB>;

export type NamedCallback = CallbackRow & {
  orderNumber: string | null;
  orderSubject: string | null;
  teamName: string;
  holderName: string | null;
  doneByName: string | null;
};

const named = sql`${callbackColumns}, o.number as "orderNumber", o.subject as "orderSubject", t.name as "teamName",
  h.name as "holderName", d.name as "doneByName"`;
const names = sql`left join work_order o on o.id = c.order_id join team t on t.id = c.team_id
  left join app_user h on h.id = c.holder_id left join app_user d on d.id = c.done_by`;

/** Whose callbacks: those one holds, and those of these teams (null: of all). */
export type CallSight = { userId: string | null; teams: string[] | null };

export type CallsWanted = {
  scope: 'mine' | 'free' | 'team' | 'due' | 'done';
  q?: string | undefined;
  reason?: CallbackReason | undefined;
  teamId?: string | undefined;
  holderId?: string | undefined;
  customerId?: string | undefined;
  orderId?: string | undefined;
};

const all = (parts: RawBuilder<unknown>[]) => sql.join(parts, sql` and `);

function isSeen({ userId, teams }: CallSight): RawBuilder<unknown> {
  if (teams === null) return sql`true`;
  return sql`(c.team_id = any(${teams}::uuid[]) or c.holder_id = ${userId}::uuid)`;
}

const scopes = {
  mine: ({ userId }: CallSight) => sql`c.state = 'open' and c.holder_id = ${userId}::uuid`,
  free: () => sql`c.state = 'open' and c.holder_id is null`,
  team: () => sql`c.state = 'open'`,
  due: () => sql`c.state = 'open' and c.next_try_at <= statement_timestamp()`,
  done: () => sql`c.done_at is not null`,
} as const;

const equals = {
  reason: sql`c.reason`,
  teamId: sql`c.team_id`,
  holderId: sql`c.holder_id`,
  customerId: sql`c.customer_id`,
  orderId: sql`c.order_id`,
} as const;
const isNamed = (name: string): name is keyof typeof equals => Object.hasOwn(equals, name);

function conditionsOf(sight: CallSight, wanted: CallsWanted): RawBuilder<unknown>[] {
  const parts = [scopes[wanted.scope](sight), isSeen(sight)];
  for (const [name, value] of Object.entries(wanted)) {
    if (isNamed(name) && value !== undefined) parts.push(sql`${equals[name]} = ${value}`);
  }
  const q = wanted.q?.trim();
  if (q) {
    // Whoever calls back is looked for among what is open, or was done of late: no index of their own.
    const part = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    parts.push(
      sql`(c.customer_name ilike ${part} or array_to_string(c.phones, ' ') like ${part} or o.number ilike ${part})`,
    );
  }
  return parts;
}

export type CallPlace = { at: string; id: string };

/** One page: open ones by their next try, ended ones the latest first. */
export async function selectCallbacks(
  db: Db,
  { sight, wanted }: { sight: CallSight; wanted: CallsWanted },
  { after, limit }: { after: CallPlace | null; limit: number },
): Promise<NamedCallback[]> {
  const isDone = wanted.scope === 'done';
  const at = isDone ? sql`c.done_at` : sql`c.next_try_at`;
  const conditions = conditionsOf(sight, wanted);
  if (after) {
    const edge = sql`(${after.at}::timestamptz, ${after.id}::uuid)`;
    conditions.push(isDone ? sql`(${at}, c.id) < ${edge}` : sql`(${at}, c.id) > ${edge}`);
  }
  const order = isDone ? sql`c.done_at desc, c.id desc` : sql`c.next_try_at, c.id`;
  const { rows } = await sql<NamedCallback>`
    select ${named} from callback c ${names} where ${all(conditions)} order by ${order} limit ${limit}
  `.execute(db);
  return rows;
}

/** Where the next page begins. */
export const callPlaceOf = (row: CallbackRow, scope: CallsWanted['scope']): CallPlace => ({
  at: (scope === 'done' ? (row.done_at ?? row.next_try_at) : row.next_try_at).toISOString(),
  id: row.id,
});

export async function selectCallback(db: Db, id: string): Promise<NamedCallback | undefined> {
  const { rows } = await sql<NamedCallback>`
    select ${named} from callback c ${names} where c.id = ${id}
  `.execute(db);
  return rows[0];
}

export type CallCounts = {
  due: number;
  late: number;
  soon: number;
  mine: number;
  mineDue: number;
  free: number;
};

/** How many there are of each kind, counted among the first `most` by their next try and all that one holds. */
export async function countCallbacks(
  db: Db,
  sight: CallSight,
  { most, soonMinutes }: { most: number; soonMinutes: number },
): Promise<CallCounts> {
  const columns = sql`c.id, c.holder_id, c.due_at, c.next_try_at`;
  const { userId } = sight;
  const { rows } = await sql<CallCounts>`
    with now as (select statement_timestamp() as at),
    seen as (
      select ${columns} from callback c where c.state = 'open' and ${isSeen(sight)}
      order by c.next_try_at, c.id limit ${most}
    ), own as (
      select ${columns} from callback c where c.state = 'open' and c.holder_id = ${userId}::uuid limit ${most}
    ), one as (select * from seen union select * from own)
    select (count(*) filter (where one.next_try_at <= now.at))::int as due,
      (count(*) filter (where one.due_at <= now.at))::int as late,
      (count(*) filter (where one.next_try_at > now.at
        and one.next_try_at <= now.at + make_interval(mins => ${soonMinutes})))::int as soon,
      (count(*) filter (where one.holder_id = ${userId}::uuid))::int as mine,
      (count(*) filter (where one.holder_id = ${userId}::uuid and one.next_try_at <= now.at))::int as "mineDue",
      (count(*) filter (where one.holder_id is null))::int as free
    from one, now
  `.execute(db);
  const [row] = rows;
  if (!row) throw new Error('one row was expected');
  return row;
}

/** What time it is, by the clock by which all callbacks are timed. */
export async function selectNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return rows[0]?.now ?? new Date();
}
