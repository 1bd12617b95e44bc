import {
  addOrderTask,
  commentOrder,
  createRole,
  linkOrder,
  pauseOrder,
  reopenOrder,
  resumeOrder,
  spendTime,
  takeCallback,
  takeOrder,
  updateOrder,
  updatePerson,
  listCallbacks,
} from '@yingda/contract';
import type { LiveEventOf, OrderView, RouteSpec } from '@yingda/contract';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { openLine } from '../channels/webchat/testing.ts';
import { newQueue } from '../routing/testing.ts';
import type { OrderChanged } from './events.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';

let app: TestApp;
let centre: Centre;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
});

async function eventsOf(id: string): Promise<OrderChanged[]> {
  const { rows } = await sql<{ payload: OrderChanged }>`
    select payload from outbox_event where type = 'order.changed' and payload ->> 'orderId' = ${id} order by xid, id
  `.execute(app.ctx.db);
  return rows.map(({ payload }) => payload);
}

test('every deed is told by one event that says what the order page then shows', async () => {
  const { agent, handler, departmentId, techTeamId } = centre;
  const { id } = await centre.record({ departmentId });
  const other = await centre.record();
  const told: string[] = ['created'];
  /** Does something and compares the event with what the answer shows. */
  const deed = async (change: string, does: () => Promise<OrderView>): Promise<OrderView> => {
    const before = await centre.read(id);
    const after = await does();
    const events = await eventsOf(id);
    told.push(change);
    expect(events.map((event) => event.change)).toEqual(told);
    const event = events.at(-1);
    expect(event).toMatchObject({
      number: after.number,
      stepKey: after.stepKey,
      previousStepKey: after.stepKey === before.stepKey ? null : before.stepKey,
      status: after.status,
      ownerId: after.ownerId,
      ownerTeamId: after.ownerTeamId,
      previousOwnerId: after.ownerId === before.ownerId ? null : before.ownerId,
      departmentId: after.departmentId,
      recorderId: agent.userId,
      by: 'person',
    });
    expect(event?.at).toBe(after.lines.at(-1)?.at);
    return after;
  };
  const request = <R extends RouteSpec>(route: R, as: Caller, body: object) =>
    app.request(route as RouteSpec, as, { params: { id }, body } as never);
  const call = async (route: RouteSpec, as: Caller, body: object): Promise<OrderView> => {
    const { version } = await centre.read(id);
    return (await request(route, as, { version, ...body })).body as never;
  };
  await deed('changed', () => call(updateOrder, agent, { subject: '电机异响加剧' }));
  await deed('commented', () => call(commentOrder, agent, { text: '客户催问' }));
  await deed('time_spent', () => call(spendTime, agent, { minutes: 5 }));
  await deed('task_added', () => call(addOrderTask, agent, { title: '查图纸' }));
  await deed('linked', () => call(linkOrder, agent, { otherId: other.id, kind: 'related' }));
  const sent = await deed('moved', () => centre.move(id, agent, { move: 'transfer' }));
  expect(sent).toMatchObject({ ownerId: null, ownerTeamId: techTeamId });
  await deed('taken', () => call(takeOrder, handler, {}));
  await deed('paused', () => call(pauseOrder, handler, { reason: 'customer' }));
  await deed('resumed', () => call(resumeOrder, handler, {}));
  await deed('moved', () => centre.move(id, handler, { move: 'answer', result: '换件' }));
  await deed('moved', () => centre.move(id, agent, { move: 'replied' }));
  await deed('closed', () => centre.move(id, agent, { move: 'confirmed' }));
  await deed('reopened', () => call(reopenOrder, agent, { note: '又坏了' }));
  // The other one of the two that were tied has one of its own.
  expect((await eventsOf(other.id)).map(({ change }) => change)).toEqual(['created', 'linked']);
});

test('whoever shares an inbox sees its orders and calls change at once, others hear nothing', async () => {
  const { admin, agent, handler, departmentId, deskId, techTeamId } = centre;
  const { teamId } = await newQueue(app.ctx);
  const stranger = await app.newPerson({ role: 'agent', teamId });
  const desk = await openLine(app, { headers: agent.headers, rooms: [`orders:${deskId}`] });
  const tech = await openLine(app, { headers: handler.headers, rooms: [`orders:${techTeamId}`] });
  const { id } = await centre.record({ departmentId });
  for (const room of [`orders:${deskId}`, `order:${id}`]) {
    const refused = openLine(app, { headers: stranger.headers, rooms: [room] });
    await expect(refused).rejects.toThrow('auth.forbidden');
  }
  // Who reads the team's conversations, but none of its orders.
  const { body: role } = await app.request(createRole, admin, {
    body: { name: `只看会话 ${teamId.slice(-6)}`, permissions: ['conversation.read'] },
  });
  const reader = await app.newPerson({ role: 'trainer', teamId });
  const before = await openLine(app, { headers: reader.headers });
  await app.request(updatePerson, admin, {
    params: { id: reader.userId },
    body: { grants: [{ roleId: role.id, teamId: deskId }] },
  });
  // Whose rights change must come again: as soon as the listener is told, which may take as long as any transaction on
  // the server, also of another database.
  await before.closed;
  const talk = await openLine(app, { headers: reader.headers, rooms: [`team:${deskId}`] });
  await expect(
    openLine(app, { headers: reader.headers, rooms: [`orders:${deskId}`] }),
  ).rejects.toThrow('auth.forbidden');
  const outside = await openLine(app, { headers: stranger.headers, rooms: [`orders:${teamId}`] });
  const orderAt =
    (version: number) =>
    (event: { type: string }): boolean => {
      const { order } = event as LiveEventOf<'order.changed'>;
      return event.type === 'order.changed' && order.id === id && order.version >= version;
    };
  await desk.heard(orderAt(1));
  const sent = await centre.move(id, agent, { move: 'transfer' });
  const heard = (await tech.heard(orderAt(sent.version))) as LiveEventOf<'order.changed'>;
  const { order } = heard;
  expect(order).toEqual(
    Object.fromEntries(Object.keys(order).map((key) => [key, sent[key as 'id']])),
  );
  await centre.move(id, handler, { move: 'answer', result: '换件' });
  await centre.move(id, agent, { move: 'replied' });
  const opened = (await desk.heard(
    (event) => event.type === 'callback.changed' && event.orderId === id,
  )) as LiveEventOf<'callback.changed'>;
  expect(opened).toMatchObject({ teamId: deskId, holderId: null, state: 'open' });
  const { body } = await app.request(listCallbacks, agent, { query: { orderId: id } });
  expect(body.items.map((call) => call.id)).toEqual([opened.callbackId]);
  await app.request(takeCallback, agent, { params: { id: opened.callbackId } });
  await desk.heard((event) => event.type === 'callback.changed' && event.holderId === agent.userId);
  // What comes after all the rest has come to the stranger, and nothing before it.
  const own = await centre.record({}, stranger);
  await outside.heard((event) => event.type === 'order.changed' && event.order.id === own.id);
  const foreign = outside.events.filter(
    (event) =>
      event.type === 'callback.changed' ||
      (event.type === 'order.changed' && event.order.id === id),
  );
  expect(foreign).toEqual([]);
  expect(talk.events.filter(({ type }) => /^(order|callback)/.test(type))).toEqual([]);
  expect(app.services.live.connected(reader.userId)).toBe(true);
  await Promise.all([desk, talk, tech, outside].map((line) => line.close()));
});
