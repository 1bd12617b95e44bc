import {
  getCallback,
  getOrderSettings,
  linkOrderPortal,
  listCallbacks,
  reportCallback,
  setOrderSettings,
  writeOrderPortal,
} from '@yingda/contract';
import type { CallbackDetail, SentOf } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { TestApp } from '../../../test/app.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { categoryOn, testMove, testStep } from './testing/flows.ts';

let app: TestApp;
let centre: Centre;
let categoryId = '';

const field = { key: 'serial', label: { 'zh-CN': '序列号', en: 'Serial' }, kind: 'text' } as const;

beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
  const { body: settings } = await app.request(getOrderSettings, centre.admin);
  await app.request(setOrderSettings, centre.admin, {
    body: { ...settings, fields: [{ ...field, choices: [] }] },
  });
  categoryId = await categoryOn(centre, 'asking', {
    start: 'work',
    steps: [
      testStep({
        key: 'work',
        kind: 'work',
        owner: { rule: 'recorder' },
        moves: [testMove({ key: 'answer', to: 'call', effect: 'answered' })],
      }),
      testStep({
        key: 'call',
        kind: 'callback',
        owner: { rule: 'recorder' },
        moves: [
          testMove({
            key: 'yes',
            to: 'end',
            effect: 'solved',
            needs: ['review', 'department', 'fields.serial'],
          }),
          testMove({ key: 'no', to: 'work', effect: 'not_solved', needs: ['rootCause'] }),
        ],
      }),
      testStep({ key: 'end', kind: 'end' }),
    ],
  });
});

async function waiting(): Promise<{ id: string; call: CallbackDetail }> {
  const { id } = await centre.record({ categoryId });
  await centre.move(id, centre.agent, { move: 'answer' });
  const { body } = await app.request(listCallbacks, centre.agent, { query: { orderId: id } });
  const params = { id: body.items[0]?.id ?? '' };
  return { id, call: (await app.request(getCallback, centre.agent, { params })).body };
}

const report = (
  { id, version }: CallbackDetail,
  body: Omit<SentOf<typeof reportCallback, 'body'>, 'version'>,
) => app.request(reportCallback, centre.agent, { params: { id }, body: { version, ...body } });

test('a result asks for what its move needs, and takes it along', async () => {
  const { id, call } = await waiting();
  expect(call.missing).toEqual({
    solved: ['review', 'department', 'fields.serial'],
    not_solved: ['rootCause'],
  });
  const { departmentId } = centre;
  const half = await report(call, { result: 'solved', filled: { review: '客户满意' } });
  expect(half).toMatchObject({
    status: 422,
    problem: {
      code: 'order.fields_missing',
      faults: [{ path: 'department' }, { path: 'fields.serial' }],
    },
  });
  // Nothing of it was kept.
  expect(await centre.read(id)).toMatchObject({ stepKey: 'call', form: { review: '' } });
  const filled = {
    review: '客户满意',
    departmentId,
    fields: { serial: 'A-17', other: 'x' },
    plan: 'x',
  };
  const done = await report(call, { result: 'solved', filled });
  expect(done.body).toMatchObject({ state: 'done', missing: { solved: [], not_solved: [] } });
  const closed = await centre.read(id);
  expect(closed).toMatchObject({ status: 'closed', departmentId });
  // What the move does not need is not for the caller to write.
  expect(closed.form).toMatchObject({ review: '客户满意', plan: '', fields: { serial: 'A-17' } });
  expect(closed.form.fields).not.toHaveProperty('other');
});

test('"not solved" asks for its own fields; a call that reached nobody asks for none', async () => {
  const { id, call } = await waiting();
  const note = '还是响';
  const bare = await report(call, { result: 'not_solved', note });
  expect(bare.problem.code).toBe('order.fields_missing');
  const tried = await report(call, { result: 'no_answer' });
  expect(tried.body).toMatchObject({ state: 'open', tries: 1 });
  const filled = { rootCause: '轴承磨损' };
  expect((await report(tried.body, { result: 'not_solved', note, filled })).status).toBe(200);
  expect(await centre.read(id)).toMatchObject({ stepKey: 'work', form: filled });
});

test('the word that a customer gives on their own page waits for no fields', async () => {
  const { id } = await waiting();
  const { body } = await app.request(linkOrderPortal, centre.agent, { params: { id } });
  const params = { token: body.url.split('/o/')[1] ?? '' };
  await app.request(writeOrderPortal, null, { params, body: { deed: 'confirm' } });
  expect((await centre.read(id)).status).toBe('closed');
});
