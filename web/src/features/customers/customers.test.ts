import { expect, test } from 'vitest';
import { parseField } from './field-values.ts';
import { movesOf } from './merge-preview.ts';

test('a typed value becomes one of its field’s kind', () => {
  expect(parseField('number', ' 3,5 ')).toBe(3.5);
  expect(parseField('number', 'many')).toBeUndefined();
  expect(parseField('number', '')).toBeNull();
  expect(parseField('text', ' red ')).toBe('red');
  expect(parseField('date', '2026-01-05')).toBe('2026-01-05');
});

test('the preview of a merge counts what the survivor lacks', () => {
  const identity = { id: 'i', kind: 'phone' as const, value: '1', verified: false };
  const from = { identities: [identity], tags: ['a', 'b'], fields: { x: 1, y: 'kept', z: null } };
  const into = { identities: [], tags: ['b'], fields: { y: 'own' } };
  expect(movesOf(from, into)).toEqual({ identities: 1, tags: 1, fields: 1 });
});
