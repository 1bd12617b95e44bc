import {
  discardFlow,
  getOrderSettings,
  listCategories,
  listFlows,
  listWorkCalendars,
  publishFlow,
  saveCategories,
  saveFlow,
  setOrderSettings,
  setWorkCalendars,
} from '@yingda/contract';
import type { FlowDefinition, FlowSeen, SentOf } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { openCentre } from './testing/centre.ts';
import type { Centre } from './testing/centre.ts';
import { testMove, testStep } from './testing/flows.ts';

let app: TestApp;
let centre: Centre;
let colleague: Caller;
beforeAll(async () => {
  app = await testApp();
  centre = await openCentre(app);
  colleague = await app.newPerson({ role: 'administrator' });
});

const name = { 'zh-CN': '两人', en: 'Two' };
const drawn = (checklist: string[]): FlowDefinition => ({
  start: 'ask',
  steps: [
    testStep({
      key: 'ask',
      kind: 'work',
      owner: { rule: 'recorder' },
      checklist,
      moves: [testMove({ key: 'go', to: 'done' })],
    }),
    testStep({ key: 'done', kind: 'end' }),
  ],
});

const save = (key: string, as: Caller, given: { seen?: FlowSeen | null; lines?: string[] } = {}) =>
  app.request(saveFlow, as, {
    params: { key },
    body: { name, definition: drawn(given.lines ?? []), seen: given.seen ?? null },
  });
const seenIn = ({ id, revision }: FlowSeen): FlowSeen => ({ id, revision });
const conflict = { status: 409, problem: { code: 'order.flow_changed_meanwhile' } };

async function stateOf(key: string) {
  const { body } = await app.request(listFlows, centre.admin);
  return body.items.filter((flow) => flow.key === key);
}

test('of two who draw the same draft the second is told, and nothing of the first is lost', async () => {
  const { body: begun } = await save('both', centre.admin);
  expect(begun).toMatchObject({ version: 1, revision: 1, savedBy: centre.admin.name });
  const seen = seenIn(begun);
  const { body: first } = await save('both', centre.admin, { seen, lines: ['断电'] });
  expect(first.revision).toBe(2);
  expect(await save('both', colleague, { seen, lines: ['拍照'] })).toMatchObject(conflict);
  const [kept] = await stateOf('both');
  expect(kept?.definition.steps[0]?.checklist).toEqual(['断电']);
  // Who has seen what the first did may go on from there.
  const again = await save('both', colleague, { seen: seenIn(first), lines: ['断电', '拍照'] });
  expect(again.body).toMatchObject({ revision: 3, savedBy: colleague.name });
});

test('a flow that a colleague began meanwhile under the same key is not overwritten', async () => {
  await save('taken', colleague);
  expect(await save('taken', centre.admin)).toMatchObject(conflict);
});

test('of several who save at once one succeeds', async () => {
  const seen = seenIn((await save('race', centre.admin)).body);
  const answers = await Promise.all(
    ['一', '二', '三', '四'].map((line) => save('race', centre.admin, { seen, lines: [line] })),
  );
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('what is published or thrown away is what was looked at', async () => {
  const params = { key: 'looked' };
  const seen = seenIn((await save('looked', centre.admin)).body);
  const { body: newer } = await save('looked', colleague, { seen, lines: ['拍照'] });
  expect(await app.request(publishFlow, centre.admin, { params, body: { seen } })).toMatchObject(
    conflict,
  );
  expect(await app.request(discardFlow, centre.admin, { params, query: seen })).toMatchObject(
    conflict,
  );
  const published = await app.request(publishFlow, centre.admin, {
    params,
    body: { seen: seenIn(newer) },
  });
  expect(published.body).toMatchObject({ state: 'published', version: 1 });
  // The draft is gone: who saves on it is told, who begins from what is published is not.
  expect(await save('looked', centre.admin, { seen })).toMatchObject(conflict);
  const next = await save('looked', centre.admin, { seen: seenIn(newer) });
  expect(next.body).toMatchObject({ state: 'draft', version: 2, revision: 1 });
});

test('of two who change categories, settings or hours at once the second is told', async () => {
  const { admin, hoursId, departmentId } = centre;
  const refused = { status: 409, problem: { code: 'order.settings_changed_meanwhile' } };
  const { body: settings } = await app.request(getOrderSettings, admin);
  const set = (as: Caller, repeatDays: number, seen = settings.revision) =>
    app.request(setOrderSettings, as, { body: { ...settings, repeatDays, seen } });
  const races = await Promise.all([set(admin, 8), set(colleague, 9)]);
  expect(races.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect(races.find(({ status }) => status === 409)).toMatchObject(refused);
  const { body: won } = await app.request(getOrderSettings, admin);
  expect((await set(colleague, 10, won.revision)).body.repeatDays).toBe(10);

  const { body: known } = await app.request(listCategories, admin);
  const items = known.items.filter(({ retired }) => !retired);
  const more = { name, flowKey: items[0]?.flowKey ?? '' };
  type Item = SentOf<typeof saveCategories, 'body'>['items'][number];
  const store = (as: Caller, list: Item[], seen: string) =>
    app.request(saveCategories, as, { body: { items: list, seen } });
  const first = await store(admin, [...items, more], known.revision);
  expect(first.body.items).toHaveLength(known.items.length + 1);
  expect(await store(colleague, items.slice(1), known.revision)).toMatchObject(refused);
  expect((await app.request(listCategories, admin)).body).toEqual(first.body);
  expect((await store(colleague, items, first.body.revision)).status).toBe(200);

  const { body: calendars } = await app.request(listWorkCalendars, admin);
  const own = { items: [{ teamId: null, departmentId, hoursId }], seen: calendars.revision };
  expect((await app.request(setWorkCalendars, admin, { body: own })).status).toBe(200);
  expect(
    await app.request(setWorkCalendars, colleague, { body: { ...own, items: [] } }),
  ).toMatchObject(refused);
  // Programs that replace everything need not look first.
  expect((await app.request(setWorkCalendars, admin, { body: { items: [] } })).status).toBe(200);
});
