import { sql } from 'kysely';
import type { StandardKey } from '@yingda/contract';
import type { Ctx, Tx } from '../../../platform/ctx.ts';

export type TargetRow = {
  id: string;
  standard: StandardKey;
  queueId: number | null;
  typeId: number | null;
  norm: number | null;
  low: number | null;
  high: number | null;
  seconds: number | null;
  /** A local date. */
  validFrom: string;
  note: string;
  createdAt: Date;
  createdBy: string | null;
};

const columns = sql`
  id, standard, queue as "queueId", type as "typeId", norm, low, high, seconds, valid_from::text as "validFrom", note,
  created_at as "createdAt", created_by as "createdBy"`;

/** Every target there ever was, the newest first. */
export async function selectTargets(ctx: Ctx): Promise<TargetRow[]> {
  const { rows } = await sql<TargetRow>`
    select ${columns} from kpi_target order by valid_from desc, created_at desc, id desc limit 20000
  `.execute(ctx.db);
  return rows;
}

export async function insertTarget(
  tx: Tx,
  target: Omit<TargetRow, 'createdAt'>,
): Promise<TargetRow> {
  const { rows } = await sql<TargetRow>`
    insert into kpi_target (id, standard, queue, type, norm, low, high, seconds, valid_from, note, created_by)
    values (${target.id}, ${target.standard}, ${target.queueId}, ${target.typeId}, ${target.norm}, ${target.low},
      ${target.high}, ${target.seconds}, ${target.validFrom}, ${target.note}, ${target.createdBy})
    returning ${columns}
  `.execute(tx.db);
  const [row] = rows;
  if (!row) throw new Error('the target was not written');
  return row;
}

export async function removeTarget(tx: Tx, id: string): Promise<TargetRow | undefined> {
  const { rows } = await sql<TargetRow>`
    delete from kpi_target where id = ${id} returning ${columns}
  `.execute(tx.db);
  return rows[0];
}
