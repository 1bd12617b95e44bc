import type pg from 'pg';
import type { Ctx } from '../../../platform/ctx.ts';
import { latestDay, partDay } from '../domain/delta-days.ts';
import { inPieces, newDeltas, sizeOf } from '../domain/deltas.ts';
import type { Deltas } from '../domain/deltas.ts';
import { lockBatch } from '../store/batches.ts';
import { onClient } from '../store/copy.ts';
import { copyDeltas } from '../store/rollups.ts';
import type { Counting } from './zone.ts';

/**
 * Sums of imports under way that are not written yet, by batch. Rows of the same day come again with every chunk, and
 * an import that dies is deleted whole, so nothing is lost with them.
 */
type Unwritten = {
  deltas: Deltas;
  /** How many parts are written. */
  parts: number;
  /** What is being written; later work waits for it, and fails with it. */
  turn: Promise<void>;
};
const unwritten = new Map<number, Unwritten>();
/** Rows of sums kept in memory for an import, about a kilobyte each. */
const MOST_ROWS = 20_000;
/** Rows copied in one transaction. */
const PIECE = 4_000;

function gathered(batchId: number): Unwritten {
  const known = unwritten.get(batchId) ?? {
    deltas: newDeltas(),
    parts: 0,
    turn: Promise.resolve(),
  };
  unwritten.set(batchId, known);
  return known;
}

/** Where the sums of a batch's next contacts are gathered. */
export const unwrittenDeltas = (batchId: number): Deltas => gathered(batchId).deltas;

/** Does work for a batch after all that was asked for before; settles with it. */
export function inTurn(batchId: number, work: () => Promise<void>): Promise<void> {
  const batch = gathered(batchId);
  batch.turn = batch.turn.then(work);
  // Told to whoever asked for it; the next one fails with it too.
  batch.turn.catch(() => {});
  return batch.turn;
}

async function requireLoading(client: pg.PoolClient, batchId: number): Promise<void> {
  const held = await lockBatch(onClient(client), batchId);
  if (held?.state !== 'loading') throw new Error(`batch ${batchId} takes no contacts`);
}

/**
 * Runs work on a connection in a transaction whose loss a crash may cost: the batch it is for is deleted then anyway.
 * It holds the batch only at its end, so that several parts of an import are written side by side.
 */
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
    await work(client);
    // Of a process that was killed the database may still carry out what it had sent: not beside the batch's removal.
    await requireLoading(client, batchId);
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
 * Writes deltas of a batch that is loading as rows of their own, in short transactions: reports add rows up, and to
 * copy one costs a tenth of finding and changing one that is there. Gives the parts they were written as.
 */
export async function appendDeltas(ctx: Ctx, batchId: number, deltas: Deltas): Promise<number[]> {
  const parts: number[] = [];
  for (const piece of inPieces(deltas, PIECE)) {
    const batch = gathered(batchId);
    batch.parts += 1;
    const where = { batchId, part: batch.parts };
    parts.push(where.part);
    await whileLoading(ctx, batchId, (client) => copyDeltas(client, where, piece));
  }
  return parts;
}

/** What was written: the days it is of, and the day up to which nothing is left to be written. */
export type Written = { days: string[]; upTo: string };

/** Writes what is gathered; the latest day only with `all`, as most logs go on with it. */
async function write(ctx: Ctx, { batchId, zone }: Counting, all: boolean): Promise<Written> {
  const batch = gathered(batchId);
  const upTo = latestDay(batch.deltas);
  const { others, ofDay } = partDay(batch.deltas, zone, all ? '' : upTo);
  // The next chunk is gathered while these are written.
  batch.deltas = ofDay;
  await appendDeltas(ctx, batchId, others);
  return { days: [...new Set([...others.days.values()].map(({ day }) => day))], upTo };
}

/** Writes what is gathered when that has become much. */
export async function writeSome(ctx: Ctx, counting: Counting): Promise<Written | null> {
  const { deltas } = gathered(counting.batchId);
  if (sizeOf(deltas) < MOST_ROWS) return null;
  const written = await write(ctx, counting, false);
  if (sizeOf(unwrittenDeltas(counting.batchId)) < MOST_ROWS) return written;
  // One day alone is as much: a file in no order, or a very large centre.
  const more = await write(ctx, counting, true);
  return { days: [...new Set([...written.days, ...more.days])], upTo: written.upTo };
}

/** Writes everything that is gathered, after all that was asked for before; gives the days it is of. */
export async function writeRest(ctx: Ctx, counting: Counting): Promise<string[]> {
  let days: string[] = [];
  await inTurn(counting.batchId, async () => {
    ({ days } = await write(ctx, counting, true));
  });
  return days;
}

export function forgetUnwritten(batchId: number): void {
  unwritten.delete(batchId);
}
