import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Need } from '../domain/needs.ts';
import type { Sums } from '../domain/sums.ts';
import { addSums, contactSums, edgePlace } from '../domain/sums.ts';
import type { Limits } from './slice.ts';
import { bySeconds } from './slice.ts';

export type LiveQuery = {
  queues: number[];
  zone: string;
  /** Begin of the local day, and of the half hour that ended last; epoch milliseconds. */
  dayStart: number;
  halfHour: number;
  needs: readonly Need[];
  limits: Limits;
};

export type LiveSums = { queue: number; today: Sums; lastHalfHour: Sums };
type Row = { queue: number; isToday: boolean; isLate: boolean } & Sums;

/** Sums of our own queues of a day so far and of its last half hours. */
export async function selectLiveSums(ctx: Ctx, query: LiveQuery): Promise<LiveSums[]> {
  const { limits, zone, needs } = query;
  const within = bySeconds(limits, { column: 't.step_at', zone, valueOf: edgePlace });
  const short =
    limits.shortSeconds === 0
      ? sql`0`
      : sql`coalesce(sum(t.waits_abandoned[${sql.lit(edgePlace(limits.shortSeconds))}]), 0)`;
  const figures = needs.flatMap((need) => {
    if (need === 'shortAbandoned') return sql`${short}::float8 as "shortAbandoned"`;
    if (need === 'withinServiceLevel') {
      return sql`coalesce(sum(t.waits_answered[${within}]), 0)::float8 as "withinServiceLevel"`;
    }
    const place = (contactSums as readonly string[]).indexOf(need) + 1;
    return place === 0 ? [] : sql`sum(t.sums[${sql.lit(place)}])::float8 as ${sql.id(need)}`;
  });
  const since = new Date(Math.min(query.dayStart, query.halfHour));
  const { rows } = await sql<Row>`
    select t.queue, t.step_at >= ${new Date(query.dayStart)} as "isToday",
      t.step_at >= ${new Date(query.halfHour)} as "isLate", ${sql.join(figures)}
    from kpi_half_hour t join kpi_batch b on b.id = t.batch_id
    where t.step_at >= ${since} and b.kind = 'own' and b.state = 'visible' and t.queue = any(${query.queues}::int[])
    group by 1, 2, 3
  `.execute(ctx.db);
  return joined(query, rows);
}

function joined({ queues, needs }: LiveQuery, rows: Row[]): LiveSums[] {
  const blank = (): Sums => Object.fromEntries(needs.filter(isKnown).map((need) => [need, 0]));
  const live = new Map(
    queues.map((queue) => [queue, { queue, today: blank(), lastHalfHour: blank() }]),
  );
  for (const { queue, isToday, isLate, ...sums } of rows) {
    const known = live.get(queue);
    if (isToday) addSums(known?.today ?? {}, sums);
    if (isLate) addSums(known?.lastHalfHour ?? {}, sums);
  }
  return [...live.values()];
}

const isKnown = (need: Need): boolean =>
  need === 'shortAbandoned' ||
  need === 'withinServiceLevel' ||
  (contactSums as readonly string[]).includes(need);
