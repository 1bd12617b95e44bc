import type pg from 'pg';
import type { Ctx } from '../../../platform/ctx.ts';
import { latestDay, placeByDay } from '../domain/delta-days.ts';
import { inPieces, newDeltas, sizeOf } from '../domain/deltas.ts';
import type { Deltas } from '../domain/deltas.ts';
import { lockBatch } from '../store/batches.ts';
import { onClient } from '../store/copy.ts';
import { copyDeltas } from '../store/rollups.ts';
import { applyInPieces } from './sums.ts';
import type { Counting } from './zone.ts';

/**
 * Sums of imports under way that are not written yet, by batch. Rows of the same day come again with every chunk, and
 * an import that dies is deleted whole, so nothing is lost with them.
 */
type Unwritten = {
  deltas: Deltas;
  /** Days of which there are rows in the tables. */
  written: Set<string>;
};
const unwritten = new Map<number, Unwritten>();
/** Rows of sums kept in memory for an import, about a kilobyte each. */
const MOST_ROWS = 20_000;
/** Rows copied in one transaction. */
const PIECE = 4_000;

function gathered(batchId: number): Unwritten {
  const known = unwritten.get(batchId) ?? { deltas: newDeltas(), written: new Set<string>() };
  unwritten.set(batchId, known);
  return known;
}

/** Where the sums of a batch's next contacts are gathered. */
export const unwrittenDeltas = (batchId: number): Deltas => gathered(batchId).deltas;

/** Runs work on a connection in a transaction whose loss a crash may cost: the batch it is for is deleted then anyway. */
export async function whileLoading(
  ctx: Ctx,
  batchId: number,
  work: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const client = await ctx.services.database.pool.connect();
  let failed: Error | undefined;
  try {
    // Whatever a crash loses of an import is deleted with the rest of it; `finishBatch` waits for the disk.
    await client.query('begin; set local synchronous_commit = off');
    // Of a process that was killed the database may still carry out what it had sent: not beside the batch's removal.
    const held = await lockBatch(onClient(client), batchId);
    if (held?.state !== 'loading') throw new Error(`batch ${batchId} takes no contacts`);
    await work(client);
    await client.query('commit');
  } catch (error) {
    failed = error instanceof Error ? error : new Error(String(error));
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release(failed && !('code' in failed) ? failed : undefined);
  }
}

/**
 * Writes what is gathered; the latest day only with `all`, as most logs go on with it. Rows of days that none was
 * written of are copied, which costs half of adding them to rows that may be there.
 */
async function write(ctx: Ctx, { batchId, zone }: Counting, all: boolean): Promise<void> {
  const { deltas, written } = gathered(batchId);
  const latest = all ? '' : latestDay(deltas);
  const { fresh, again, later } = placeByDay(deltas, zone, (day) => {
    if (day === latest) return 'later';
    return written.has(day) ? 'again' : 'fresh';
  });
  for (const piece of inPieces(fresh, PIECE))
    await whileLoading(ctx, batchId, (client) => copyDeltas(client, batchId, piece));
  await applyInPieces(ctx, batchId, again);
  for (const { day } of fresh.days.values()) written.add(day);
  unwritten.set(batchId, { deltas: later, written });
}

/** Writes what is gathered when that has become much. */
export async function writeSome(ctx: Ctx, counting: Counting): Promise<void> {
  const { deltas } = gathered(counting.batchId);
  if (sizeOf(deltas) < MOST_ROWS) return;
  await write(ctx, counting, false);
  // One day alone is as much: a file in no order, or a very large centre.
  if (sizeOf(unwrittenDeltas(counting.batchId)) >= MOST_ROWS) await write(ctx, counting, true);
}

/** Writes everything that is gathered. */
export async function writeRest(ctx: Ctx, counting: Counting): Promise<void> {
  await write(ctx, counting, true);
  unwritten.delete(counting.batchId);
}

export function forgetUnwritten(batchId: number): void {
  unwritten.delete(batchId);
}
