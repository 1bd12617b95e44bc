import { repeatWindowsDays } from '@yingda/contract';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { contributionsOf } from '../domain/contributions.ts';
import { addContributions, newDeltas, sizeOf } from '../domain/deltas.ts';
import { onlyRepeats } from '../domain/repeats.ts';
import { factOfStored } from '../domain/stored-fact.ts';
import { openRepeats, readRepeats } from '../store/repeats.ts';
import { appendDeltas } from './unwritten.ts';
import type { Counting } from './zone.ts';

const DAY_MS = 86_400_000;
const LONGEST_GAP_MS = Math.max(...repeatWindowsDays) * DAY_MS;
const MOST_ROWS = 20_000;

/**
 * Adds to the sums of a batch that is loading which contacts of a time were followed by another of the same customer
 * and topic; gives the parts they were written as.
 */
export async function countRepeats(
  ctx: Ctx,
  { batchId, zone, records }: Counting,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): Promise<number[]> {
  let deltas = newDeltas();
  const parts: number[] = [];
  // Reads only; what is found is written by transactions of its own, so that none lasts.
  await transact(ctx, async (reading) => {
    await openRepeats(reading, { batchId, fromMs, untilMs, longestMs: LONGEST_GAP_MS });
    for (;;) {
      const rows = await readRepeats(reading);
      if (rows.length === 0) return;
      for (const row of rows) {
        const { repeatGapMs } = row;
        const counted = contributionsOf(factOfStored(row), { zone, records, repeatGapMs });
        addContributions(deltas, onlyRepeats(counted), 1);
      }
      if (sizeOf(deltas) < MOST_ROWS) continue;
      parts.push(...(await appendDeltas(ctx, batchId, deltas)));
      deltas = newDeltas();
    }
  });
  parts.push(...(await appendDeltas(ctx, batchId, deltas)));
  return parts;
}
