import { sql } from 'kysely';
import type { Ctx, Tx } from '../../../platform/ctx.ts';

export type ShiftRow = { id: string; agentId: number; startsAt: Date; endsAt: Date };

const columns = sql`id, agent as "agentId", starts_at as "startsAt", ends_at as "endsAt"`;

export type ShiftQuery = { from: Date; until: Date; agents: number[] | null };

/** Shifts that touch a stretch of time, in their order. */
export async function selectShifts(ctx: Ctx, { from, until, agents }: ShiftQuery) {
  const { rows } = await sql<ShiftRow>`
    select ${columns} from kpi_shift
    where starts_at < ${until} and ends_at > ${from}
      and (${agents}::int[] is null or agent = any(${agents}::int[]))
    order by starts_at, agent, id limit 20000
  `.execute(ctx.db);
  return rows;
}

export async function insertShifts(tx: Tx, shifts: ShiftRow[]): Promise<void> {
  await sql`
    insert into kpi_shift (id, agent, starts_at, ends_at)
    select id, "agentId", "startsAt", "endsAt" from jsonb_to_recordset(${JSON.stringify(shifts)}::jsonb) as given (
      id uuid, "agentId" integer, "startsAt" timestamptz, "endsAt" timestamptz)
  `.execute(tx.db);
}

export async function removeShift(tx: Tx, id: string): Promise<ShiftRow | undefined> {
  const { rows } = await sql<ShiftRow>`
    delete from kpi_shift where id = ${id} returning ${columns}
  `.execute(tx.db);
  return rows[0];
}
