import { expect, test } from 'vitest';
import { agentsByName, entryGroups, readEntry, readShift } from './entry.ts';
import type { EntryGroup, Known } from './entry.ts';

const group = (id: string): EntryGroup => {
  const found = entryGroups.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const known: Known = {
  measures: new Map([
    ['固定成本', 'cost_fixed'],
    ['cost_variable', 'cost_variable'],
    ['在岗人数', 'staff'],
  ]),
  agents: agentsByName([
    { id: 1, name: '林小满', ref: 'a' },
    { id: 2, name: '林小满', ref: null },
    { id: 3, name: 'MAX', ref: null },
    { id: 4, name: '王伟', ref: 'b' },
    { id: 5, name: '王伟', ref: 'c' },
  ]),
  teams: new Map([['售后', 'team-1']]),
  currency: 'CNY',
  zone: 'Asia/Shanghai',
};

test('a cost becomes the smallest unit of money, a month all its days', () => {
  expect(
    readEntry(
      group('costs'),
      { measure: ' 固定成本', from: '2026年11月', value: '￥1,200.50', team: '售后' },
      known,
    ),
  ).toEqual({
    ok: {
      measure: 'cost_fixed',
      from: '2026-11-01',
      to: '2026-11-30',
      value: 120_050,
      agentId: null,
      teamId: 'team-1',
      note: '',
    },
  });
});

test('everything that is wrong with a row is told at once', () => {
  expect(
    readEntry(
      group('costs'),
      {
        measure: '在岗人数',
        from: '2026-02-30',
        to: '',
        value: '-3',
        team: '?',
        note: 'x'.repeat(301),
      },
      known,
    ),
  ).toEqual({
    faults: {
      measure: 'unknown_measure',
      from: 'not_a_date',
      value: 'not_a_number',
      team: 'unknown_team',
      note: 'too_long',
    },
  });
  expect(readEntry(group('costs'), {}, known)).toEqual({
    faults: { measure: 'missing', from: 'missing', value: 'missing' },
  });
  expect(
    readEntry(
      group('people'),
      { measure: '在岗人数', from: '2026-11-02', to: '2026-11-01', value: '3' },
      known,
    ),
  ).toEqual({ faults: { to: 'before_from' } });
});

test('a grade needs one agent and is at most 100', () => {
  const row = { agent: 'max', date: '2026-11-03', value: '88' };
  expect(readEntry(group('grades'), row, known)).toMatchObject({
    ok: { measure: 'grade', agentId: 3, value: 88, from: '2026-11-03', to: '2026-11-03' },
  });
  expect(readEntry(group('grades'), { ...row, agent: '王伟' }, known)).toEqual({
    faults: { agent: 'several_agents' },
  });
  expect(readEntry(group('grades'), { ...row, agent: '', value: '101' }, known)).toEqual({
    faults: { agent: 'missing', value: 'over_hundred' },
  });
});

test('our own agent is meant before one of the same name in a log', () => {
  expect(known.agents.get('林小满')).toBe(1);
});

test('a shift that ends before it begins ends on the next day', () => {
  expect(
    readShift({ agent: 'Max', date: '2026-11-03', starts: '22:00', ends: '6' }, known),
  ).toEqual({
    ok: { agentId: 3, startsAt: '2026-11-03T14:00:00.000Z', endsAt: '2026-11-03T22:00:00.000Z' },
  });
  expect(
    readShift({ agent: '新人', date: '2026/11/3', starts: '9', ends: '18:30' }, known),
  ).toMatchObject({ ok: { agent: '新人', startsAt: '2026-11-03T01:00:00.000Z' } });
  expect(readShift({ agent: '新人', date: '2026-11', starts: '9', ends: '9:00' }, known)).toEqual({
    faults: { date: 'not_a_date', ends: 'same_time' },
  });
});
