import { repeatWindowsDays } from '@yingda/contract';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { contributionsOf } from '../domain/contributions.ts';
import { addContributions, newDeltas, sizeOf } from '../domain/deltas.ts';
import { factOfStored } from '../domain/stored-fact.ts';
import { openRepeats, readRepeats } from '../store/repeats.ts';
import { applyInPieces } from './sums.ts';
import type { Counting } from './zone.ts';

const DAY_MS = 86_400_000;
const MONTH_MS = 31 * DAY_MS;
const LONGEST_GAP_MS = Math.max(...repeatWindowsDays) * DAY_MS;
const MOST_ROWS = 20_000;

type Month = { fromMs: number; untilMs: number };

async function countMonth(ctx: Ctx, counting: Counting, month: Month): Promise<void> {
  const { batchId, zone, records } = counting;
  let deltas = newDeltas();
  // Reads only; what is found is written by transactions of its own, so that none lasts.
  await transact(ctx, async (reading) => {
    await openRepeats(reading, { batchId, ...month, longestMs: LONGEST_GAP_MS });
    for (;;) {
      const rows = await readRepeats(reading);
      if (rows.length === 0) return;
      for (const row of rows) {
        const fact = factOfStored(row);
        addContributions(deltas, contributionsOf(fact, { zone, records, repeatGapMs: null }), -1);
        const { repeatGapMs } = row;
        addContributions(deltas, contributionsOf(fact, { zone, records, repeatGapMs }), 1);
      }
      if (sizeOf(deltas) < MOST_ROWS) continue;
      await applyInPieces(ctx, batchId, { ...deltas, takesAway: false });
      deltas = newDeltas();
    }
  });
  // Nothing is taken away for good: each row keeps what it counts, with the repeat added.
  await applyInPieces(ctx, batchId, { ...deltas, takesAway: false });
}

/** Adds to the sums of a batch that is loaded which contacts were followed by another of the same customer and topic. */
export async function countRepeats(
  ctx: Ctx,
  counting: Counting,
  { firstAt, lastAt }: { firstAt: number; lastAt: number },
): Promise<void> {
  for (let fromMs = firstAt; fromMs <= lastAt; fromMs += MONTH_MS) {
    await countMonth(ctx, counting, { fromMs, untilMs: fromMs + MONTH_MS });
  }
}
