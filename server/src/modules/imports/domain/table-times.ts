import { CellError } from './columns.ts';
import type { Columns } from './columns.ts';
import { isNothing } from './times.ts';

/** When things happened in one row, put right. Epoch milliseconds and milliseconds; null where the row does not tell. */
export type Times = {
  arrivedAt: number;
  isQueued: boolean;
  queuedAt: number;
  waitMs: number;
  answeredAt: number | null;
  talkMs: number | null;
  holdMs: number | null;
  wrapMs: number | null;
  ringMs: number | null;
  endedAt: number | null;
};
/** Hears of each oddity that was put right. */
export type Odd = (code: string) => void;
type Fields = string[];

type Queueing = Pick<Times, 'isQueued' | 'queuedAt' | 'waitMs'>;

function queueReader(columns: Columns) {
  const hasQueue = columns.has('queued_at');
  const [menuEnd, menu] = [columns.time('menu_end'), columns.duration('menu_time')];
  const [queued, left] = [columns.time('queued_at'), columns.time('left_queue_at')];
  const wait = columns.duration('wait');

  /** When the menu let go of the caller. */
  const afterMenu = (fields: Fields, arrivedAt: number, odd: Odd): number => {
    const menuMs = positive(menu(fields), 'negative_menu_time', odd);
    const end = menuMs === null ? menuEnd(fields, arrivedAt, true) : arrivedAt + menuMs;
    return Math.max(arrivedAt, end ?? arrivedAt);
  };
  /** The wait where no column says it. */
  const derived = (from: number, until: number | null, odd: Odd): number => {
    if (until === null) return 0;
    if (until < from) odd('answered_before_queued');
    return Math.max(0, until - from);
  };
  return (
    fields: Fields,
    { arrivedAt, answeredAt }: Pick<Times, 'arrivedAt' | 'answeredAt'>,
    odd: Odd,
  ): Queueing => {
    const menuEndAt = afterMenu(fields, arrivedAt, odd);
    const said = positive(wait(fields), 'negative_wait', odd);
    // Midnight is also how some systems write "never"; a wait tells which is meant.
    const given = queued(fields, arrivedAt, said === null || said === 0);
    if (given !== null && given < arrivedAt) odd('queued_before_arrival');
    const queuedAt = Math.max(given ?? menuEndAt, arrivedAt);
    const isTold = hasQueue ? given !== null : said !== 0;
    const until = left(fields, arrivedAt, true) ?? answeredAt;
    const waitMs = said ?? (isTold ? derived(queuedAt, until, odd) : 0);
    const isQueued = hasQueue ? isTold : waitMs > 0;
    if (isQueued) compare((given ?? queuedAt) + waitMs, answeredAt, odd);
    return { isQueued, queuedAt, waitMs };
  };
}

/** Clocks a second apart let a service begin before the queue's end. */
function compare(exitAt: number, answeredAt: number | null, odd: Odd): void {
  if (answeredAt !== null && answeredAt < exitAt) odd('service_before_queue_exit');
}

function positive(ms: number | null, code: string, odd: Odd): number | null {
  if (ms === null || ms >= 0) return ms;
  odd(code);
  return 0;
}

/** Reads the times of rows. A row without an arrival, or with a time that is none, throws a CellError. */
export function timesReader(columns: Columns, oneRingMs: number) {
  const arrivals = (['arrived_at', 'menu_start', 'queued_at'] as const)
    .filter((role) => columns.has(role))
    .map((role) => columns.time(role));
  const [answered, ended] = [columns.time('answered_at'), columns.time('ended_at')];
  const [talk, hold] = [columns.duration('talk'), columns.duration('hold')];
  const [wrap, ring] = [columns.duration('wrap_up'), columns.duration('ring')];
  const rings = columns.text('rings');
  const queueing = queueReader(columns);
  const arrival = (fields: Fields): number => {
    for (const read of arrivals) {
      const at = read(fields, null, false);
      if (at !== null) return at;
    }
    throw new CellError('no_arrival_time', {});
  };
  const rangFor = (fields: Fields): number | null => {
    const count = rings(fields);
    if (isNothing(count)) return null;
    if (!/^\d{1,3}$/.test(count)) throw new CellError('rings_unreadable', { value: count });
    return Number(count) * oneRingMs;
  };
  return (fields: Fields, odd: Odd): Times => {
    const arrivedAt = arrival(fields);
    const talkMs = positive(talk(fields), 'negative_talk', odd);
    const canBeNone = talkMs === null || talkMs === 0;
    const answeredAt = answered(fields, arrivedAt, canBeNone);
    const endedAt = ended(fields, arrivedAt, canBeNone);
    if (answeredAt !== null && endedAt !== null && endedAt < answeredAt) odd('ended_before_answer');
    return {
      ...queueing(fields, { arrivedAt, answeredAt }, odd),
      arrivedAt,
      answeredAt,
      talkMs,
      holdMs: positive(hold(fields), 'negative_hold', odd),
      wrapMs: positive(wrap(fields), 'negative_wrap_up', odd),
      ringMs: positive(ring(fields), 'negative_ring', odd) ?? rangFor(fields),
      endedAt,
    };
  };
}
