import { pauseOrder } from '@yingda/contract';
import type { LiveEventOf, OrderView } from '@yingda/contract';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { TestApp } from '../../../test/app.ts';
import { openLine } from '../channels/webchat/testing.ts';
import type { OrderChanged } from './events.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { passTime } from './testing/time.ts';

/** A process that fires no timer: whoever moves an order is always quicker. */
let app: TestApp;
let centre: Centre;
beforeAll(async () => {
  app = await testApp({ worker: false });
  centre = await openCentre(app);
});

async function atDepartment(): Promise<OrderView> {
  const { id } = await centre.record({ departmentId: centre.departmentId });
  return centre.move(id, centre.agent, { move: 'transfer' });
}

async function alarmsTold(id: string): Promise<string[]> {
  const { rows } = await sql<{ payload: OrderChanged }>`
    select payload from outbox_event where type = 'order.changed' and payload ->> 'orderId' = ${id} order by xid, id
  `.execute(app.ctx.db);
  return rows.map(({ payload: { change, alarm } }) => `${change} ${alarm?.level ?? ''}`.trim());
}

const kindsOf = ({ lines }: OrderView): string[] => lines.map(({ kind }) => kind);

test('what was due when a step is left is given before the move, once, and reaches those whom it is for', async () => {
  const { id, visits } = await atDepartment();
  await passTime(app.ctx, id, 960 + 241);
  const answered = await centre.move(id, centre.handler, { move: 'answer', result: '换件' });
  expect(kindsOf(answered)).toEqual([
    'created',
    'moved',
    'warned',
    'chased',
    'escalated',
    'escalated',
    'moved',
  ]);
  expect(answered.visits.at(-2)).toMatchObject({ stepKey: 'department_answer', clock: 'missed' });
  const given = ['warned 1', 'late 0', 'chased 0', 'escalated 1', 'escalated 2'];
  expect(await alarmsTold(id)).toEqual(['created', 'moved', ...given, 'moved']);
  const { rows } = await sql`
    select state, result, holder_id from callback where order_id = ${id} and reason = 'chase'
  `.execute(app.ctx.db);
  // The department has answered: nobody need tell the customer to wait.
  expect(rows).toEqual([{ state: 'done', result: null, holder_id: null }]);
  const timers = await sql`
    select from timer where kind = 'order.alarm' and key = ${visits.at(-1)?.id}
  `.execute(app.ctx.db);
  expect(timers.rows).toEqual([]);

  const worker = await testApp({ database: app.services.database });
  const lead = await worker.newPerson({ role: 'supervisor', teamId: centre.techTeamId });
  const line = await openLine(worker, { headers: lead.headers });
  const late = await atDepartment();
  await passTime(app.ctx, late.id, 961);
  const heard = await line.heard(
    (event) => event.type === 'order.alarm' && event.orderId === late.id && event.kind === 'chased',
  );
  expect((heard as LiveEventOf<'order.alarm'>).number).toBe(late.number);
  // The scanner, which has looked at everything by now, had nothing to add.
  expect(kindsOf(await centre.read(id))).toEqual(kindsOf(answered));
  await worker.stop();
});

test('what was due when a clock is stopped is given then, not when it goes on', async () => {
  const { id, version } = await atDepartment();
  await passTime(app.ctx, id, 900);
  const before = Date.now();
  const { body } = await app.request(pauseOrder, centre.handler, {
    params: { id },
    body: { version, reason: 'customer' },
  });
  expect(kindsOf(body).slice(-2)).toEqual(['warned', 'paused']);
  expect(Date.parse(String(body.lines.at(-2)?.data['dueAt']))).toBeLessThan(before);
  expect(body).toMatchObject({ clock: 'paused' });
});
