import type { FlowDefinition, FlowMove, FlowStep, OrderForm, OrderView } from '@yingda/contract';
import { expect, test } from 'vitest';
import { dueDistance, dueLevel } from './due.ts';
import { bodyOf, changedIn, clashesOf, otherChanges, phonesOf } from './form.ts';
import { latenessOf } from './lateness.ts';
import { lineKey, lineValues } from './line-values.ts';
import { monthAfter, weeksOf } from './month.ts';
import { progressOf, stepsToCome } from './progress.ts';
import { filterOf, isNarrowed, ordersSearch } from './search.ts';

const at = Date.parse('2026-11-23T08:00:00Z');
const inMinutes = (minutes: number): string => new Date(at + minutes * 60_000).toISOString();

test('a deadline is near half an hour before it, and late as soon as it has passed', () => {
  const level = (clock: OrderView['clock'], minutes: number | null) =>
    dueLevel({ clock, dueAt: minutes === null ? null : inMinutes(minutes) }, at);
  expect(level('running', 90)).toBe('fresh');
  expect(level('running', 20)).toBe('due');
  expect(level('warned', 90)).toBe('due');
  expect(level('running', -1)).toBe('late');
  expect(level('paused', -1)).toBe('paused');
  expect(level('none', null)).toBe('none');
  expect(level('missed', -10)).toBe('missed');
});

test('time left is told in steps that do not flicker', () => {
  expect(dueDistance(inMinutes(90.7), at)).toBe(90 * 60_000);
  expect(dueDistance(inMinutes(-0.5), at)).toBe(30_000);
  expect(dueDistance(inMinutes(60 * 49.9), at)).toBe(49 * 3_600_000);
});

test('a month is shown in whole weeks from Monday', () => {
  const weeks = weeksOf('2026-11');
  expect(weeks).toHaveLength(6);
  expect(weeks[0]?.[0]).toBe('2026-10-26');
  expect(weeks.at(-1)?.[6]).toBe('2026-12-06');
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
});

const words = (text: string) => ({ 'zh-CN': text, en: text });
const move = (to: string, effect: FlowMove['effect'] = 'none'): FlowMove => ({
  key: `to_${to}`,
  name: words(to),
  to,
  who: ['owner'],
  needs: [],
  effect,
});
const step = (key: string, moves: FlowMove[]): FlowStep => ({
  key,
  name: words(key),
  customerName: null,
  kind: 'work',
  owner: null,
  clock: null,
  moves,
  approval: null,
  checklist: [],
  tasks: [],
  doneFirst: false,
  x: 0,
  y: 0,
});
const flow: FlowDefinition = {
  start: 'intake',
  steps: [
    step('intake', [move('gone', 'cancelled'), move('answer')]),
    step('answer', [move('intake'), move('call', 'answered')]),
    step('call', [move('closed', 'solved'), move('answer', 'not_solved')]),
    step('closed', []),
    step('gone', []),
  ],
};

test('what follows is the way on of each step, up to the end', () => {
  expect(stepsToCome(flow, 'intake').map(({ key }) => key)).toEqual(['answer', 'call', 'closed']);
  expect(stepsToCome(flow, 'closed')).toEqual([]);
});

test('an order that is closed has nothing to come', () => {
  const order = { visits: [], definition: flow, stepKey: 'intake' } as const;
  expect(progressOf({ ...order, visits: [], status: 'open' })).toHaveLength(3);
  expect(progressOf({ ...order, visits: [], status: 'closed' })).toEqual([]);
});

const form: OrderForm = {
  subject: 'Lamp',
  description: 'dark',
  phones: ['1'],
  region: '',
  address: '',
  receipt: '',
  plan: '',
  result: '',
  review: '',
  rootCause: '',
  solutionAgreed: '',
  apology: '',
  compensation: '',
  product: '',
  fields: {},
};

test('phones are read from one line with any separator, each once', () => {
  expect(phonesOf(' 138 0000，139;138 0000、 ')).toEqual(['138 0000', '139']);
});

test('only what differs is sent', () => {
  const typed = { subject: 'Lamp', result: 'lit', phones: '1、2' };
  expect(changedIn(form, typed)).toEqual({ result: 'lit', phones: '1、2' });
  expect(bodyOf({ result: 'lit', phones: '1、2' })).toEqual({ result: 'lit', phones: ['1', '2'] });
});

test('a clash is a field that both of us changed to something else', () => {
  const now = { ...form, result: 'theirs', plan: 'theirs', review: 'same' };
  const typed = { result: 'mine', review: 'same', receipt: 'mine' };
  expect(clashesOf(form, now, typed)).toEqual([
    { field: 'result', before: '', theirs: 'theirs', mine: 'mine' },
  ]);
  const before = { form, stepKey: 'intake', ownerName: 'A' } as OrderView;
  const after = { form: now, stepKey: 'answer', ownerName: 'A' } as OrderView;
  expect(otherChanges(before, after, typed)).toEqual(['plan', 'stepKey']);
});

test('an address that says nonsense says nothing', () => {
  expect(
    ordersSearch({ as: 'pie', scope: 'x', q: '', month: '2026-13', complaints: 'yes' }),
  ).toEqual(ordersSearch({}));
  const search = ordersSearch({ as: 'board', scope: 'late', q: 'lamp', complaints: true });
  expect(filterOf(search, 'mine')).toEqual({ scope: 'late', q: 'lamp', complaints: 'true' });
  expect(isNarrowed(search)).toBe(true);
  expect(isNarrowed(ordersSearch({ scope: 'late' }))).toBe(false);
});

test('a line tells its values in the language of the page', () => {
  const wording = { 'zh-CN': '受理', en: 'Intake' };
  const told = lineValues(
    { data: { toName: wording, to: ['lead', 'owner'], fields: ['plan'], minutes: 30, done: true } },
    {
      say: (given) => given.en,
      field: (key) => `<${key}>`,
      word: (group, key) => `${group}.${key}`,
      time: (given) => given,
      span: (minutes) => `${minutes} min`,
      comma: ', ',
    },
  );
  expect(told).toEqual({
    toName: 'Intake',
    to: 'rung.lead, rung.owner',
    fields: '<plan>',
    minutes: '30 min',
    done: true,
  });
  expect(lineKey({ kind: 'taken', data: { name: null, left: 'Wang' } })).toBe('taken_left');
  expect(lineKey({ kind: 'checked', data: { done: false } })).toBe('checked_undone');
  expect(lineKey({ kind: 'moved', data: {} })).toBe('moved');
});

const late = (more: Partial<OrderView>) =>
  latenessOf(
    {
      clock: 'late',
      dueAt: inMinutes(-60),
      status: 'open',
      stepKey: 'answer',
      stepSince: inMinutes(-600),
      ownerId: null,
      visits: [],
      lines: [],
      definition: { start: 'answer', steps: [] },
      ...more,
    },
    at,
  );
const happened = (kind: OrderView['lines'][number]['kind'], minutes: number, data = {}) => ({
  id: `${kind} ${minutes}`,
  at: inMinutes(minutes),
  byName: null,
  by: 'system' as const,
  kind,
  data,
  text: '',
  files: [],
  isPublic: false,
});

test('what is late tells who holds it since when, and who was told', () => {
  expect(late({ clock: 'running', dueAt: inMinutes(60) })).toBeNull();
  expect(late({ status: 'closed' })).toBeNull();
  expect(late({})).toMatchObject({ isUntaken: true, heldSince: inMinutes(-600), told: [] });
  const taken = late({
    ownerId: 'somebody',
    lines: [
      happened('escalated', -700, { to: ['manager'] }),
      happened('escalated', -60, { to: ['recorder', 'owner'], level: 1 }),
      happened('chased', -60),
      happened('taken', -30),
    ],
  });
  expect(taken).toMatchObject({
    isUntaken: false,
    isTakenLate: true,
    heldSince: inMinutes(-30),
    told: [{ at: inMinutes(-60), to: ['owner', 'recorder'] }],
    isToChase: true,
  });
});
