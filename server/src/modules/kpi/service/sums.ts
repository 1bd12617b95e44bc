import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { inPieces } from '../domain/deltas.ts';
import type { Deltas } from '../domain/deltas.ts';
import { applyDeltas } from '../store/rollups.ts';

/** Rows of sums written in one transaction of a batch that is loading. */
const PIECE = 1_000;

/**
 * Adds deltas to the sums of a batch that is loading, in short transactions: whoever reads the log of events waits for
 * the oldest one under way. A failure between two of them leaves a batch that must be dropped.
 */
export async function applyInPieces(ctx: Ctx, batchId: number, deltas: Deltas): Promise<void> {
  try {
    for (const piece of inPieces(deltas, PIECE)) {
      await transact(ctx, (tx) => applyDeltas(tx.db, batchId, piece));
    }
  } catch (cause) {
    // Under a name that nobody takes for something to be tried again: some of it is written.
    throw new Error(`the sums of batch ${batchId} could not be written`, { cause });
  }
}
