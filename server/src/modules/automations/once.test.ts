import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { connectDatabase } from '../../platform/db/index.ts';
import { silentLog } from '../../platform/db/log.ts';
import { openCentre } from '../orders/testing/centre.ts';
import { until } from '../orders/testing/time.ts';
import { caughtUp, newRule } from './testing.ts';

test('two processes answer each event and each clock once, also when one of them stops in between', async () => {
  const database = await testDatabase();
  const app = await testApp({ database });
  const beside = connectDatabase(database.url, { log: silentLog, poolSize: 8 });
  const other = await testApp({ database: beside });
  const centre = await openCentre(app);
  const comment = (text: string) => ({ kind: 'comment' as const, text });
  await newRule(app, centre.admin, {
    when: { kind: 'event', events: ['order.created'] },
    actions: [comment('by event')],
  });
  const timed = await newRule(app, centre.admin, {
    when: { kind: 'time', clock: 'order.in_step', minutes: 60 },
    actions: [comment('by clock')],
  });
  const hurryAll = () =>
    sql`update timer set run_at = clock_timestamp() where kind = 'automation.wait'`.execute(
      app.ctx.db,
    );
  const textsBy = async () => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from order_line where kind = 'commented' group by order_id, text
    `.execute(app.ctx.db);
    return rows.map(({ count }) => count);
  };
  // What an automation wrote is heard too, and sets the clocks to their time again.
  const hurryUntil = async (count: number) => {
    await hurryAll();
    return (await textsBy()).length === count;
  };
  await Promise.all(Array.from({ length: 12 }, () => centre.record()));
  await caughtUp(app);
  await until(() => hurryUntil(24));

  const more = Array.from({ length: 12 }, () => centre.record());
  await other.stop();
  await Promise.all(more);
  await caughtUp(app);
  await until(() => hurryUntil(48));
  await caughtUp(app);
  expect(new Set(await textsBy())).toEqual(new Set([1]));
  const { rows } = await sql<{ runs: number }>`
    select runs from automation where id = ${timed.id}
  `.execute(app.ctx.db);
  expect(rows[0]?.runs).toBe(24);
});
