import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { countedRows, loadCalls } from './testing.ts';
import type { Call } from './testing.ts';

let ctx: Ctx;
beforeAll(async () => {
  ({ ctx } = await testApp({ worker: false }));
});

const HOUR_MS = 3_600_000;

/** Calls of half a year; most make rows of their own in each table, so that these are written while more are read. */
function callsOf(count: number): Call[] {
  const from = Date.parse('2025-01-01T01:00:00+08:00');
  return Array.from({ length: count }, (_, n) => ({
    at: new Date(from + Math.floor((n * 181 * 24 * HOUR_MS) / count)).toISOString(),
    queue: `Q${n % 97}`,
    topic: `T${n % 3}`,
    type: `Y${n % 13}`,
    // Some come again within hours, some within weeks, some across the end of a month.
    customer: 1 + ((n * 7) % 400),
    agent: n % 5 === 0 ? null : `A${n % 31}`,
    wait: n % 90,
  }));
}

/** Waits until a month of a batch is counted, though the batch is still being loaded. */
async function untilCounted(batch: number, month: string): Promise<void> {
  const rows = () =>
    sql`select 1 from kpi_month where batch_id = ${batch} and month = ${month}::date limit 1`.execute(
      ctx.db,
    );
  while ((await rows()).rows.length === 0) await sleep(50);
}

test('months counted while a log is being read come to the same as all counted at its end, also when it turns back', async () => {
  const calls = callsOf(11_000);
  // Calls of the second and third month come last, after months that follow them have been counted.
  const isLate = (_: Call, n: number): boolean => n > 2_000 && n < 5_000 && n % 4 === 0;
  const turning = [...calls.filter((call, n) => !isLate(call, n)), ...calls.filter(isLate)];
  const [whole, inOrder, turned] = [
    await loadCalls(ctx, 'whole', calls.toReversed()),
    await loadCalls(ctx, 'in order', calls, { atOnce: 1_000 }),
    await loadCalls(ctx, 'turned', turning, {
      atOnce: 1_000,
      after: async (batch, loaded) => {
        if (loaded === 10_000) await untilCounted(batch, '2025-03-01');
      },
    }),
  ];
  const rowsOf = (batch: number) => countedRows(ctx, { batch, without: ['contact_id'] });
  const expected = await rowsOf(whole);
  expect(expected['kpi_month']?.length).toBeGreaterThan(1_000);
  expect(await rowsOf(inOrder)).toEqual(expected);
  expect(await rowsOf(turned)).toEqual(expected);
});
