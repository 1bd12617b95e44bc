import type { getLiveFigures, LiveQueue, ResponseOf, StandardKey } from '@yingda/contract';
import { judgedBand, standingOf } from '../model/values.ts';

type Figures = ResponseOf<typeof getLiveFigures>;

/** The figures with those of one queue in place of what was known of it; a queue not known yet comes last. */
export function withQueue(figures: Figures, queue: LiveQueue, at: Date): Figures {
  const isKnown = figures.queues.some(({ queueId }) => queueId === queue.queueId);
  const queues = isKnown
    ? figures.queues.map((one) => (one.queueId === queue.queueId ? queue : one))
    : [...figures.queues, queue];
  return { ...figures, at: at.toISOString(), queues };
}

export type Tone = 'good' | 'out' | 'none';

/** Whether a live value lies in the band of its queue. */
export function toneOf(queue: LiveQueue, key: StandardKey, value: number | null | undefined): Tone {
  const band = queue.bands[key];
  const standing = band ? standingOf(value ?? null, judgedBand(key, band)) : null;
  return standing === null ? 'none' : standing === 'in' ? 'good' : 'out';
}

/** Columns and rows that give as many tiles as there are the largest tiles of a pleasing shape. */
export function wallGrid(
  count: number,
  { width, height }: { width: number; height: number },
): { columns: number; rows: number } {
  const wanted = 1.5;
  let best = { columns: 1, rows: Math.max(1, count), size: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const [tileWidth, tileHeight] = [width / columns, height / rows];
    // What counts is how large the writing can be: the smaller of both sides, in the shape it needs.
    const size = Math.min(tileWidth / wanted, tileHeight);
    if (size > best.size + 0.01) best = { columns, rows, size };
  }
  return { columns: best.columns, rows: best.rows };
}
