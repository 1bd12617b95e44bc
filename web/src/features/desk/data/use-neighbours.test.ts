import { expect, test } from 'vitest';
import { nextOf } from './use-neighbours.ts';

test('after a conversation is done comes the one below it, at the end the one above, then none', () => {
  const trail = ['a', 'b', 'c'];
  expect(nextOf('b', trail, new Set(['a', 'c']))).toBe('c');
  expect(nextOf('c', trail, new Set(['a', 'b']))).toBe('b');
  expect(nextOf('b', trail, new Set(['a']))).toBe('a');
  expect(nextOf('a', trail, new Set())).toBeNull();
  expect(nextOf('elsewhere', trail, new Set(trail))).toBe('a');
});
