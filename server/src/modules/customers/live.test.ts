import * as contract from '@yingda/contract';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { testApp } from '../../../test/app.ts';

const isOurs = (event: contract.LiveEvent): boolean =>
  event.type === 'customer.changed' ||
  (event.type === 'settings.changed' && event.noun === 'custom-fields');

test('every desk hears of changed customers, merges and custom fields', async () => {
  const app = await testApp();
  const admin = await app.newPerson({ role: 'administrator' });
  const address = `${(await app.address()).replace('http', 'ws')}${contract.livePath}`;
  const socket = new WebSocket(address, { headers: admin.headers });
  const heard: contract.LiveEvent[] = [];
  const welcomed = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  socket.on('open', () => socket.send(JSON.stringify({ t: 'hello' })));
  socket.on('message', (data) => {
    const frame = contract.ServerFrame.parse(JSON.parse((data as Buffer).toString()));
    if (frame.t === 'welcome') welcomed.resolve();
    // Presence and people have events of their own, which may come in between.
    if (frame.t === 'event' && isOurs(frame.event)) heard.push(frame.event);
    if (heard.at(-1)?.type === 'settings.changed') done.resolve();
  });
  await welcomed.promise;

  const create = async (name: string): Promise<string> =>
    (await app.request(contract.createCustomer, admin, { body: { name } })).body.id;
  const [into, other] = [await create('甲'), await create('乙')];
  await app.request(contract.mergeCustomers, admin, {
    params: { id: into },
    body: { otherId: other },
  });
  await app.request(contract.createCustomField, admin, {
    body: { key: 'size', label: '尺码', kind: 'text' },
  });
  await done.promise;
  socket.close();

  const changed = (customerId: string) => ({ type: 'customer.changed', customerId });
  expect(heard).toEqual([
    changed(into),
    changed(other),
    changed(into),
    changed(other),
    { type: 'settings.changed', noun: 'custom-fields' },
  ]);
});
