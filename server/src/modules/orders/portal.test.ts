import {
  getOrderPortal,
  linkOrderPortal,
  pauseOrder,
  uploadOrderPortalFile,
  writeOrderPortal,
} from '@yingda/contract';
import type { SentOf } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { TestApp } from '../../../test/app.ts';
import { signToken } from '../../platform/secrets/index.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { passTime } from './testing/time.ts';

let app: TestApp;
let centre: Centre;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
});

async function linkTo(id: string): Promise<string> {
  const { body } = await app.request(linkOrderPortal, centre.agent, { params: { id } });
  return body.url.split('/o/')[1] ?? '';
}
const see = (token: string) => app.request(getOrderPortal, null, { params: { token } });
type Deed = SentOf<typeof writeOrderPortal, 'body'>;
const write = (token: string, body: Deed) =>
  app.request(writeOrderPortal, null, { params: { token }, body });

test('a customer sees where the order is, adds, confirms and rates, without an account', async () => {
  const { agent, departmentId } = centre;
  const { id, number } = await centre.record({ departmentId });
  const token = await linkTo(id);
  const { body: first } = await see(token);
  expect(first).toMatchObject({ number, status: 'open', mayConfirm: false, mayRate: false });
  expect(first.steps[0]).toMatchObject({ state: 'current' });
  await centre.move(id, agent, { move: 'transfer', note: '内部说明' });
  const paused = await centre.read(id);
  await app.request(pauseOrder, centre.handler, {
    params: { id },
    body: { version: paused.version, reason: 'customer' },
  });
  const added = await write(token, { deed: 'add', text: '序列号是 A-17' });
  expect(added.body.lines).toMatchObject([{ fromCustomer: true, text: '序列号是 A-17' }]);
  // What was waited for has come.
  expect(await centre.read(id)).toMatchObject({ pausedFor: null, clock: 'running' });
  expect((await write(token, { deed: 'confirm' })).problem.code).toBe('order.move_not_allowed');
  await centre.move(id, centre.handler, { move: 'answer', result: '换件' });
  await centre.move(id, agent, { move: 'replied' });
  expect((await see(token)).body.mayConfirm).toBe(true);
  const rejected = await write(token, { deed: 'reject', text: '还是响' });
  expect(rejected.body).toMatchObject({ status: 'open', mayConfirm: false });
  expect(await centre.read(id)).toMatchObject({ stepKey: 'department_answer', reopened: 1 });
  await centre.move(id, centre.handler, { move: 'answer' });
  await centre.move(id, agent, { move: 'replied' });
  const confirmed = await write(token, { deed: 'confirm' });
  expect(confirmed.body).toMatchObject({ status: 'closed', mayRate: true });
  expect(confirmed.body.steps.every(({ state }) => state === 'done')).toBe(true);
  const rated = await write(token, { deed: 'rate', score: 5, comment: '谢谢' });
  expect(rated.body).toMatchObject({ rating: 5, mayRate: false });
  const again = await write(token, { deed: 'rate', score: 1, comment: '' });
  expect(again.problem.code).toBe('order.closed');
  expect((await centre.read(id)).rating).toMatchObject({ score: 5, comment: '谢谢' });
  expect(JSON.stringify(rated.body)).not.toContain('内部说明');
});

test('a customer reads what was answered while their word on it is asked, and nothing that is for colleagues', async () => {
  const { agent, handler, departmentId } = centre;
  const { id } = await centre.record({ departmentId });
  const token = await linkTo(id);
  const result = '更换轴承 <b>A-17</b>\n并加注润滑脂';
  await centre.move(id, agent, { move: 'transfer', plan: '内部方案', receipt: '内部回执' });
  await centre.move(id, handler, { move: 'answer', result, rootCause: '内部原因' });
  // Nobody has told it to the customer yet.
  expect((await see(token)).body).toMatchObject({ mayConfirm: false, result: '' });
  await centre.move(id, agent, { move: 'replied', note: '内部备注' });
  const asked = await see(token);
  expect(asked.body).toMatchObject({ mayConfirm: true, result });
  expect(JSON.stringify(asked.body)).not.toContain('内部');
  const rejected = await write(token, { deed: 'reject', text: '还是响' });
  expect(rejected.body).toMatchObject({ mayConfirm: false, result: '' });
  await centre.move(id, handler, { move: 'answer', result: '更换电机' });
  await centre.move(id, agent, { move: 'replied' });
  const confirmed = await write(token, { deed: 'confirm' });
  expect(confirmed.body).toMatchObject({ mayReopen: true, result: '更换电机' });
  await passTime(app.ctx, id, 8 * 1440);
  expect((await see(token)).body).toMatchObject({ mayReopen: false, result: '' });
});

test('a customer opens a closed order again for a while, and no longer', async () => {
  const { id } = await centre.record({ departmentId: centre.departmentId });
  const token = await linkTo(id);
  const close = async () => {
    await centre.move(id, centre.agent, { move: 'replied', result: '已处理' });
    await centre.move(id, centre.agent, { move: 'confirmed' });
  };
  await centre.move(id, centre.agent, { move: 'solve', result: '已处理' });
  expect((await see(token)).body.mayReopen).toBe(false);
  await close();
  expect((await see(token)).body).toMatchObject({ status: 'closed', mayReopen: true });
  const again = await write(token, { deed: 'reject', text: '又响了' });
  expect(again.body).toMatchObject({ status: 'open', mayReopen: false, mayConfirm: false });
  expect((await centre.read(id)).lines.at(-1)).toMatchObject({ by: 'customer', text: '又响了' });
  await centre.move(id, centre.handler, { move: 'answer', result: '换件' });
  await close();
  await passTime(app.ctx, id, 8 * 1440);
  expect((await see(token)).body.mayReopen).toBe(false);
  const late = await write(token, { deed: 'reject', text: '半年后' });
  expect(late.problem.code).toBe('order.move_not_allowed');
});

async function upload(token: string, name: string) {
  const form = new FormData();
  form.append('file', new Blob(['data']), name);
  const path = uploadOrderPortalFile.path.replace(':token', token);
  const response = await fetch(`${await app.address()}${path}`, { method: 'POST', body: form });
  return {
    status: response.status,
    body: (await response.json()) as { id: string; code?: string },
  };
}

test('a customer adds files and several lines; only what was uploaded on this page hangs on', async () => {
  const { id } = await centre.record({ departmentId: centre.departmentId });
  const token = await linkTo(id);
  const other = await linkTo((await centre.record()).id);
  const own = await upload(token, '照片.txt');
  expect(own.status).toBe(201);
  const foreign = (await upload(other, 'x.txt')).body.id;
  const fileIds = [own.body.id, foreign];
  const { body } = await write(token, { deed: 'add', text: '第一行\n第二行', fileIds });
  expect(body.lines).toMatchObject([
    { fromCustomer: true, text: '第一行\n第二行', files: [{ name: '照片.txt' }] },
  ]);
  expect((await centre.read(id)).lines.at(-1)?.files).toMatchObject([{ id: own.body.id }]);
  const alone = await write(token, { deed: 'add', text: ' ', fileIds: [own.body.id] });
  expect(alone.body.lines.at(-1)).toMatchObject({ text: '', files: [{ id: own.body.id }] });
  const stolen = await write(token, { deed: 'add', text: '', fileIds: [foreign] });
  expect(stolen.problem.code).toBe('file.not_found');
  expect((await write(token, { deed: 'add', text: ' ' })).problem.code).toBe('request.invalid');
  expect((await upload('x'.repeat(60), 'x.txt')).body.code).toBe('order.link_invalid');
  await centre.move(id, centre.agent, { move: 'solve', result: '已处理' });
  await centre.move(id, centre.agent, { move: 'replied', result: '已处理' });
  const rejected = await write(token, { deed: 'reject', text: '还是响', fileIds: [own.body.id] });
  expect(rejected.body.lines.at(-1)).toMatchObject({
    fromCustomer: true,
    files: [{ id: own.body.id }],
  });
});

test('a link that we did not sign for this order opens nothing', async () => {
  const { id } = await centre.record();
  const token = await linkTo(id);
  const [body = '', signature = ''] = token.split('.');
  const other = Buffer.from(JSON.stringify({ p: { o: (await centre.record()).id } }));
  const { authSecret } = app.services.config;
  const forged = [
    `${other.toString('base64url')}.${signature}`,
    `${body}.${signature.slice(0, -2)}AA`,
    signToken('another-secret', { o: id }, { purpose: 'order-portal' }),
    signToken(authSecret, { o: id }, { purpose: 'visitor' }),
    signToken(authSecret, { o: 'nonsense' }, { purpose: 'order-portal' }),
    'x'.repeat(60),
    // Cut off on its way.
    'ey',
  ];
  for (const bad of forged) {
    expect((await see(bad)).problem.code).toBe('order.link_invalid');
    expect((await write(bad, { deed: 'add', text: 'x' })).problem.code).toBe('order.link_invalid');
  }
});
