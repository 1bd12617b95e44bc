import { repeatWindowsDays } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { monthOf, nextMonth } from '../domain/coarser.ts';
import { addDays } from '../domain/days.ts';
import { startOf } from '../domain/steps.ts';
import { removeParts, sumMonth } from '../store/coarser.ts';
import { onClient } from '../store/copy.ts';
import { analyzeContacts } from '../store/repeats.ts';
import { countRepeats } from './repeats.ts';
import { whileLoading } from './unwritten.ts';
import type { Written } from './unwritten.ts';
import type { Counting } from './zone.ts';

/**
 * What needs all contacts of a month (who came again, the coarser sums) is counted month by month while the next ones
 * are still being read, since the database has time for it then. A month that gets more contacts afterwards is counted
 * again at the end: logs that are in order have none.
 */
type Months = {
  /** Months with contacts. */
  seen: Set<string>;
  /** Months that are counted, or whose turn will come. */
  taken: Set<string>;
  /** Months that got contacts after they were taken, or whose contacts' next ones may have come after. */
  stale: Set<string>;
  /** The parts that a month's repeats were written as. */
  parts: Map<string, number[]>;
  /** How many were given a turn, those counted again too. */
  turns: number;
  turn: Promise<void>;
  isOver: boolean;
};
const loading = new Map<number, Months>();
/** So many days after a month a contact may still be the next one of somebody in it. */
const REACH_DAYS = Math.max(...repeatWindowsDays) + 1;

function monthsOf(batchId: number): Months {
  const known = loading.get(batchId) ?? {
    seen: new Set(),
    taken: new Set(),
    stale: new Set(),
    parts: new Map(),
    turns: 0,
    turn: Promise.resolve(),
    isOver: false,
  };
  loading.set(batchId, known);
  return known;
}

async function countMonth(ctx: Ctx, counting: Counting, month: string): Promise<void> {
  const { batchId, zone, records } = counting;
  const { parts } = monthsOf(batchId);
  const next = nextMonth(month);
  const span = { month, next, fromMs: startOf(zone, month), untilMs: startOf(zone, next) };
  if (records.has('customers')) {
    const before = parts.get(month) ?? [];
    if (before.length > 0) {
      await whileLoading(ctx, batchId, (client) =>
        removeParts(onClient(client), batchId, { ...span, parts: before }),
      );
    }
    parts.set(month, await countRepeats(ctx, counting, span));
  }
  await whileLoading(ctx, batchId, (client) => sumMonth(onClient(client), batchId, span));
}

/** The planner has seen nothing of an import: it is told after one month, two, four and so on. */
const isPowerOfTwo = (count: number): boolean => (count & (count - 1)) === 0;

function take(ctx: Ctx, counting: Counting, month: string): void {
  const months = monthsOf(counting.batchId);
  months.taken.add(month);
  months.turns += 1;
  const nth = months.turns;
  months.turn = months.turn.then(async () => {
    if (months.isOver) return;
    if (isPowerOfTwo(nth)) await analyzeContacts(ctx.db);
    await countMonth(ctx, counting, month);
  });
  // Told to whoever finishes the batch.
  months.turn.catch(() => {});
}

/** Which months a contact of a day belongs to or may be the next contact for. */
function concerned(day: string): string[] {
  const all: string[] = [];
  const last = monthOf(day);
  for (let month = monthOf(addDays(day, -REACH_DAYS)); month <= last; month = nextMonth(month)) {
    all.push(month);
  }
  return all;
}

function note({ seen, taken, stale }: Months, days: Iterable<string>): void {
  for (const day of days) {
    seen.add(monthOf(day));
    for (const month of concerned(day)) if (taken.has(month)) stale.add(month);
  }
}

/** Begins to count the months that are over, now that these days are written. Call it as soon as they are. */
export function settle(ctx: Ctx, counting: Counting, { days, upTo }: Written): void {
  const months = monthsOf(counting.batchId);
  note(months, days);
  for (const month of [...months.seen].toSorted()) {
    const isSettled = addDays(nextMonth(month), REACH_DAYS) <= upTo;
    if (isSettled && !months.taken.has(month)) take(ctx, counting, month);
  }
}

/** Counts what is left once all is written. */
export async function settleRest(ctx: Ctx, counting: Counting, days: string[]): Promise<void> {
  const months = monthsOf(counting.batchId);
  note(months, days);
  const left = [...months.seen].filter(
    (month) => !months.taken.has(month) || months.stale.has(month),
  );
  for (const month of left.toSorted()) take(ctx, counting, month);
  await months.turn;
}

/** Ends what goes on for a batch, however it ends. */
export async function endSettling(batchId: number): Promise<void> {
  const months = loading.get(batchId);
  if (!months) return;
  months.isOver = true;
  await months.turn.catch(() => {});
  loading.delete(batchId);
}
