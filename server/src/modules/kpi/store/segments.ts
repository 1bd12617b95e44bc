import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';
import type { Fact } from '../domain/fact.ts';

type Db = Kysely<DB>;

/** When an agent was busy with a contact; epoch milliseconds. */
export type SegmentRow = {
  contactId: string;
  part: number;
  agent: number;
  fromMs: number;
  untilMs: number | null;
  wrapFromMs: number | null;
  wrapUntilMs: number | null;
};

export const segmentRows = (contactId: string, { segments }: Fact): SegmentRow[] =>
  segments.map(({ agent, fromMs, untilMs, wrapFromMs, wrapUntilMs }, part) => ({
    contactId,
    part,
    agent,
    fromMs,
    untilMs,
    wrapFromMs,
    wrapUntilMs,
  }));

const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`);

/** Takes the parts of contacts out and gives what they were. */
export async function takeSegments(
  db: Db,
  batchId: number,
  contactIds: string[],
): Promise<SegmentRow[]> {
  const { rows } = await sql<SegmentRow>`
    delete from kpi_segment where batch_id = ${batchId} and contact_id = any(${contactIds}::uuid[])
    returning contact_id as "contactId", part, agent, ${ms('from_at')} as "fromMs", ${ms('until_at')} as "untilMs",
      ${ms('wrap_from_at')} as "wrapFromMs", ${ms('wrap_until_at')} as "wrapUntilMs"
  `.execute(db);
  return rows;
}

export async function insertSegments(
  db: Db,
  batchId: number,
  segments: SegmentRow[],
): Promise<void> {
  if (segments.length === 0) return;
  await sql`
    insert into kpi_segment (contact_id, batch_id, part, agent, from_at, until_at, wrap_from_at, wrap_until_at)
    select g."contactId", ${batchId}::integer, g.part, g.agent, to_timestamp(g."fromMs" / 1000.0),
      to_timestamp(g."untilMs" / 1000.0), to_timestamp(g."wrapFromMs" / 1000.0), to_timestamp(g."wrapUntilMs" / 1000.0)
    from jsonb_to_recordset(${JSON.stringify(segments)}::jsonb) as g ("contactId" uuid, part smallint, agent integer,
      "fromMs" bigint, "untilMs" bigint, "wrapFromMs" bigint, "wrapUntilMs" bigint)
  `.execute(db);
}

export type AgentWindow = { agents: number[]; fromMs: number; untilMs: number };

/**
 * Longest part or presence that is found by its end once it is over: what agents do lasts hours. An open one is found
 * however long it has lasted.
 */
const LONGEST = sql`interval '32 days'`;

/** Parts of agents that touch a time, wrap-up included. Epoch milliseconds. */
export async function selectSegments(
  db: Db,
  batchId: number,
  { agents, fromMs, untilMs }: AgentWindow,
): Promise<SegmentRow[]> {
  const from = sql`${new Date(fromMs)}::timestamptz`;
  const { rows } = await sql<SegmentRow>`
    with found as (
      select * from kpi_segment
      where agent = any(${agents}::integer[]) and batch_id = ${batchId}
        and from_at < ${new Date(untilMs)} and from_at > ${from} - ${LONGEST}
        and (until_at > ${from} or wrap_until_at > ${from})
      union
      select * from kpi_segment
      where agent = any(${agents}::integer[]) and batch_id = ${batchId} and from_at < ${new Date(untilMs)}
        and (until_at is null or (wrap_from_at is not null and wrap_until_at is null))
    )
    select contact_id as "contactId", part, agent, ${ms('from_at')} as "fromMs", ${ms('until_at')} as "untilMs",
      ${ms('wrap_from_at')} as "wrapFromMs", ${ms('wrap_until_at')} as "wrapUntilMs"
    from found order by agent, from_at
  `.execute(db);
  return rows;
}

/** Agents who are with a contact or wrapping one up. */
export async function selectAgentsWithOpenSegments(db: Db, batchId: number): Promise<number[]> {
  const { rows } = await sql<{ agent: number }>`
    select distinct agent from kpi_segment
    where batch_id = ${batchId} and (until_at is null or (wrap_from_at is not null and wrap_until_at is null))
  `.execute(db);
  return rows.map(({ agent }) => agent);
}
