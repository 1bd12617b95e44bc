import { repeatWindowsDays } from '@yingda/contract';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { contributionsOf } from '../domain/contributions.ts';
import { addContributions, newDeltas, sizeOf } from '../domain/deltas.ts';
import { onlyRepeats } from '../domain/repeats.ts';
import { factOfStored } from '../domain/stored-fact.ts';
import { analyzeContacts, openRepeats, readRepeats } from '../store/repeats.ts';
import { appendDeltas } from './unwritten.ts';
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
        const { repeatGapMs } = row;
        const counted = contributionsOf(factOfStored(row), { zone, records, repeatGapMs });
        addContributions(deltas, onlyRepeats(counted), 1);
      }
      if (sizeOf(deltas) < MOST_ROWS) continue;
      await appendDeltas(ctx, batchId, deltas);
      deltas = newDeltas();
    }
  });
  await appendDeltas(ctx, batchId, deltas);
}

/** Adds to the sums of a batch that is loaded which contacts were followed by another of the same customer and topic. */
export async function countRepeats(
  ctx: Ctx,
  counting: Counting,
  { firstAt, lastAt }: { firstAt: number; lastAt: number },
): Promise<void> {
  await analyzeContacts(ctx.db);
  for (let fromMs = firstAt; fromMs <= lastAt; fromMs += MONTH_MS) {
    await countMonth(ctx, counting, { fromMs, untilMs: fromMs + MONTH_MS });
  }
}
