import { conditionFields, conditionOps, opsOfKind } from '@yingda/contract';
import type { Condition, Conditions } from '@yingda/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { examine, foundFor, holds, mayHold, unfit } from './conditions.ts';
import type { Facts } from './conditions.ts';
import { dueOf } from './clocks.ts';
import { fill, unknownPlaces } from './templates.ts';

const facts = (values: Facts['values']): Facts => ({ values, custom: { order: {}, customer: {} } });
const one = (condition: Condition): Conditions => ({
  match: 'all',
  groups: [{ match: 'all', items: [condition] }],
});

test.each<[Condition['op'], Condition['value'], boolean]>([
  ['is', 'ａｂｃ 1', true],
  ['is', 'abc', false],
  ['contains', 'BC', true],
  ['not_contains', 'x', true],
  ['starts_with', 'ab', true],
  ['in', ['x', 'abc 1'], true],
  ['not_in', ['abc 1'], false],
  ['empty', null, false],
  ['not_empty', null, true],
])('text %s %s: %s', (op, value, expected) => {
  const given = facts({ 'order.subject': 'Abc 1' });
  expect(holds(one({ field: 'order.subject', op, value }), given)).toBe(expected);
});

test('numbers are compared as numbers, and what is unknown is neither more nor less', () => {
  const asks = (op: Condition['op'], value: number, rating: number | null) =>
    holds(one({ field: 'order.rating', op, value }), facts({ 'order.rating': rating }));
  expect([asks('greater', 3, 4), asks('less', 3, 4), asks('is', 4, 4)]).toEqual([
    true,
    false,
    true,
  ]);
  expect([asks('greater', 3, null), asks('less', 3, null)]).toEqual([false, false]);
});

test('without groups it always holds, and an empty group holds', () => {
  expect(holds({ match: 'any', groups: [] }, facts({}))).toBe(true);
  expect(holds({ match: 'all', groups: [{ match: 'any', items: [] }] }, facts({}))).toBe(true);
});

const anyOp = fc.constantFrom(...conditionOps);
const anyCondition: fc.Arbitrary<Condition> = fc.record({
  field: fc.constantFrom('order.subject', 'order.rating', 'customer.tags', 'order.ageMinutes'),
  op: anyOp,
  value: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
});
const anyMatch = fc.constantFrom('all', 'any');
const anyConditions: fc.Arbitrary<Conditions> = fc.record({
  match: anyMatch,
  groups: fc.array(
    fc.record({ match: anyMatch, items: fc.array(anyCondition, { maxLength: 4 }) }),
    { maxLength: 4 },
  ),
});
const anyFacts = fc
  .record({ subject: fc.string(), rating: fc.option(fc.integer()), tags: fc.array(fc.string()) })
  .map(({ subject, rating, tags }) =>
    facts({ 'order.subject': subject, 'order.rating': rating, 'customer.tags': tags }),
  );

test('an operator and its opposite never agree', () => {
  const pairs = [
    ['is', 'is_not'],
    ['in', 'not_in'],
    ['contains', 'not_contains'],
    ['empty', 'not_empty'],
  ] as const;
  fc.assert(
    fc.property(
      anyCondition,
      anyFacts,
      fc.constantFrom(...pairs),
      (condition, given, [yes, no]) => {
        const says = (op: Condition['op']) => holds(one({ ...condition, op }), given);
        expect(says(yes)).toBe(!says(no));
      },
    ),
  );
});

test('what holds may hold: a clock is never left out for what comes in silence', () => {
  fc.assert(
    fc.property(anyConditions, anyFacts, (conditions, given) => {
      if (holds(conditions, given)) expect(mayHold(conditions, given)).toBe(true);
    }),
  );
});

test('what is found is told for every condition', () => {
  fc.assert(
    fc.property(anyConditions, anyFacts, (conditions, given) => {
      const { groups } = examine(conditions, given);
      expect(groups.map(({ items }) => items.map(({ found }) => found))).toEqual(
        conditions.groups.map(({ items }) => items.map((condition) => foundFor(condition, given))),
      );
    }),
  );
});

test('every field can be asked in the ways of its kind', () => {
  for (const [field, { kind, of }] of Object.entries(conditionFields)) {
    for (const op of opsOfKind[kind]) {
      const isList = op === 'in' || op === 'not_in';
      const isBare = op === 'empty' || op === 'not_empty';
      const condition = { field, key: 'k', op, value: isList ? ['x'] : isBare ? null : 'x' };
      const subject = of === 'conversation' ? 'conversation' : 'order';
      const faults = unfit(one(condition as Condition), subject, () => opsOfKind[kind]);
      expect([field, op, faults]).toEqual([field, op, []]);
    }
  }
});

test('placeholders are filled, and others left as they are', () => {
  const words = { 'order.number': 'W1', 'customer.name': '李雷' };
  expect(fill('{{order.number}} {{ customer.name }}{{order.due}} {{x}} {}', words)).toBe(
    'W1 李雷 {{x}} {}',
  );
  expect(unknownPlaces('{{order.number}} {{x}}')).toEqual(['x']);
});

test('before a deadline is reckoned back in plain minutes, everything else onwards', () => {
  const at = '2026-05-01T08:00:00.000Z';
  const twice = (from: number, ms: number) => from + 2 * ms;
  const due = (clock: 'order.before_due' | 'order.in_step') =>
    new Date(dueOf({ clock, minutes: 30 }, at, twice) ?? 0).toISOString();
  expect(due('order.before_due')).toBe('2026-05-01T07:30:00.000Z');
  expect(due('order.in_step')).toBe('2026-05-01T09:00:00.000Z');
});
