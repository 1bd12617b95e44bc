import { actionsOf, conditionFields, opsOfKind } from '@yingda/contract';
import type { ConditionField } from '@yingda/contract';
import { expect, test } from 'vitest';
import {
  aboutSubject,
  blankAction,
  conditionOf,
  emptyDraft,
  faultsOf,
  fieldsOf,
  isActionComplete,
  isConditionComplete,
  listOf,
  moved,
  spanOf,
} from './draft.ts';

const allFields = Object.keys(conditionFields) as ConditionField[];

test('a new condition of every field and comparison has a value of the right kind', () => {
  for (const field of allFields) {
    for (const op of opsOfKind[conditionFields[field].kind]) {
      const condition = conditionOf(field, op);
      expect(condition.op).toBe(op);
      expect(Array.isArray(condition.value)).toBe(op === 'in' || op === 'not_in');
      if (op === 'empty') expect(condition.value).toBeNull();
    }
  }
});

test('a comparison that a field does not know is replaced', () => {
  expect(conditionOf('order.isComplaint', 'contains')).toEqual({
    field: 'order.isComplaint',
    op: 'is',
    value: true,
  });
});

test('a condition without its value or its field is not complete', () => {
  expect(isConditionComplete({ field: 'order.subject', op: 'contains', value: '' })).toBe(false);
  expect(isConditionComplete({ field: 'order.subject', op: 'empty', value: null })).toBe(true);
  expect(isConditionComplete({ field: 'order.priority', op: 'in', value: [] })).toBe(false);
  expect(isConditionComplete({ field: 'customer.custom', op: 'is', value: 'a' })).toBe(false);
  expect(isConditionComplete({ field: 'customer.custom', key: 'k', op: 'is', value: 'a' })).toBe(
    true,
  );
});

test('new actions ask for what they need, or need nothing', () => {
  const complete = actionsOf.order.filter((kind) => isActionComplete(blankAction(kind, 'order')));
  expect(complete).toEqual(['set_field', 'assign', 'pause', 'reopen']);
});

test('what is missing is told with the number of the action', () => {
  const faults = faultsOf({
    ...emptyDraft,
    name: 'x',
    when: { kind: 'event', events: ['order.late'] },
    actions: [blankAction('pause', 'order'), blankAction('comment', 'order')],
  });
  expect(faults).toEqual([{ key: 'actionEmpty', n: 2 }]);
  expect(faultsOf(emptyDraft).map(({ key }) => key)).toEqual([
    'nameMissing',
    'eventMissing',
    'actionMissing',
  ]);
});

test('about conversations an automation keeps what fits them', () => {
  const draft = aboutSubject(
    {
      ...emptyDraft,
      conditions: {
        match: 'all',
        groups: [
          { match: 'all', items: [conditionOf('order.step'), conditionOf('customer.tier')] },
        ],
      },
      actions: [blankAction('move', 'order'), blankAction('reply', 'order')],
    },
    'conversation',
  );
  expect(draft.conditions.groups[0]?.items.map(({ field }) => field)).toEqual(['customer.tier']);
  expect(draft.actions.map(({ kind }) => kind)).toEqual(['reply']);
  expect(fieldsOf('conversation')).not.toContain('order.step');
});

test('spans are told in the largest unit, and lists by any comma', () => {
  expect(spanOf(120)).toEqual({ amount: 2, unit: 'hours' });
  expect(spanOf(2880)).toEqual({ amount: 2, unit: 'days' });
  expect(spanOf(90)).toEqual({ amount: 90, unit: 'minutes' });
  expect(listOf('a，b、 c;')).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
});
