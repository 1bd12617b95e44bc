import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';
import type { AgentTimeRow } from '../domain/agent-time.ts';
import type { AgentWindow } from './segments.ts';

type Db = Kysely<DB>;

/** When an agent was in which state; epoch milliseconds, null: still is. */
export type PresenceRow = {
  agent: number;
  fromMs: number;
  untilMs: number | null;
  /** A state of presence; `offline` is not signed in and need not be told. */
  state: string;
  reason: string | null;
};

const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`);
const columns = sql`agent, ${ms('from_at')} as "fromMs", ${ms('until_at')} as "untilMs", state, reason`;

/** States of agents that touch a time, in their order. */
export async function selectPresence(
  db: Db,
  batchId: number,
  { agents, fromMs, untilMs }: AgentWindow,
): Promise<PresenceRow[]> {
  const from = sql`${new Date(fromMs)}::timestamptz`;
  const { rows } = await sql<PresenceRow>`
    with found as (
      select * from kpi_presence
      where agent = any(${agents}::integer[]) and batch_id = ${batchId} and from_at < ${new Date(untilMs)}
        and from_at > ${from} - interval '32 days' and until_at > ${from}
      union
      select * from kpi_presence
      where agent = any(${agents}::integer[]) and batch_id = ${batchId} and from_at < ${new Date(untilMs)} and until_at is null
    )
    select ${columns} from found order by agent, from_at
  `.execute(db);
  return rows;
}

/** The last state noted of each agent. */
export async function selectLastPresence(
  db: Db,
  batchId: number,
  agents: number[],
): Promise<Map<number, PresenceRow>> {
  const { rows } = await sql<PresenceRow>`
    select distinct on (agent) ${columns} from kpi_presence
    where agent = any(${agents}::integer[]) and batch_id = ${batchId} order by agent, from_at desc
  `.execute(db);
  return new Map(rows.map((row) => [row.agent, row]));
}

export async function selectAgentsWithOpenPresence(db: Db, batchId: number): Promise<number[]> {
  const { rows } = await sql<{ agent: number }>`
    select distinct agent from kpi_presence where batch_id = ${batchId} and until_at is null
  `.execute(db);
  return rows.map(({ agent }) => agent);
}

/** Puts states down; one that began at the same instant is taken to be the same, with another end. */
export async function putPresence(db: Db, batchId: number, presence: PresenceRow[]): Promise<void> {
  if (presence.length === 0) return;
  await sql`
    insert into kpi_presence (batch_id, agent, from_at, until_at, state, reason)
    select distinct on (g.agent, g."fromMs") ${batchId}::integer, g.agent, to_timestamp(g."fromMs" / 1000.0),
      to_timestamp(g."untilMs" / 1000.0), g.state, g.reason
    from rows from (jsonb_to_recordset(${JSON.stringify(presence)}::jsonb)
      as (agent integer, "fromMs" bigint, "untilMs" bigint, state text, reason text)) with ordinality
      as g (agent, "fromMs", "untilMs", state, reason, position)
    order by g.agent, g."fromMs", g.position desc
    on conflict (agent, from_at, batch_id) do update set until_at = excluded.until_at, state = excluded.state,
      reason = excluded.reason
  `.execute(db);
}

/** First and last instant of the states and parts of a batch's agents, by agent. */
export async function selectAgentSpans(
  db: Db,
  batchId: number,
): Promise<{ agent: number; fromMs: number; untilMs: number }[]> {
  const { rows } = await sql<{ agent: number; fromMs: number; untilMs: number }>`
    select agent, ${ms('min(from_at)')} as "fromMs", ${ms('max(coalesce(until_at, from_at))')} as "untilMs"
    from kpi_presence where batch_id = ${batchId} group by agent order by agent
  `.execute(db);
  return rows;
}

export type AgentTimeInput = AgentTimeRow & { agent: number };

/** Puts how agents spent a time in the place of what was counted of it. */
export async function replaceAgentTime(
  db: Db,
  batchId: number,
  { agents, fromMs, untilMs, rows }: AgentWindow & { rows: AgentTimeInput[] },
): Promise<void> {
  await sql`
    delete from kpi_agent_time
    where batch_id = ${batchId} and agent = any(${agents}::integer[])
      and step_at >= ${new Date(fromMs)} and step_at < ${new Date(untilMs)}
  `.execute(db);
  if (rows.length === 0) return;
  await sql`
    insert into kpi_agent_time (step_at, batch_id, agent, signed_in_ms, ready_ms, busy_ms, wrap_ms, idle_ms,
      scheduled_ms, adherent_ms)
    select to_timestamp(g."stepAt" / 1000.0), ${batchId}::integer, g.agent, g."signedInMs", g."readyMs", g."busyMs",
      g."wrapMs", g."idleMs", g."scheduledMs", g."adherentMs"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g ("stepAt" bigint, agent integer, "signedInMs" integer,
      "readyMs" integer, "busyMs" integer, "wrapMs" integer, "idleMs" integer, "scheduledMs" integer,
      "adherentMs" integer)
    order by "stepAt", agent
  `.execute(db);
}
