import { expect, test } from 'vitest';
import type { Report } from './outcome.ts';
import { momentOf } from './moment.ts';
import {
  answered,
  bodyOf,
  effectOf,
  emptyReport,
  isComplete,
  localInput,
  usualTimes,
} from './outcome.ts';

const now = Date.parse('2026-11-23T06:00:00Z');
const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();

test('a callback is waiting, callable, due within the hour, or late', () => {
  expect(momentOf({ nextTryAt: at(5), dueAt: at(600) }, now)).toBe('waiting');
  expect(momentOf({ nextTryAt: at(-5), dueAt: at(600) }, now)).toBe('now');
  expect(momentOf({ nextTryAt: at(-5), dueAt: at(60) }, now)).toBe('soon');
  expect(momentOf({ nextTryAt: at(-5), dueAt: at(-1) }, now)).toBe('late');
});

test('the last call that reaches nobody says that the way out follows', () => {
  const callback = { tries: 1, maxTries: 3, orderId: 'o' };
  expect(effectOf('no_answer', callback)).toBe('effect.retry');
  expect(effectOf('busy', { ...callback, tries: 2 })).toBe('effect.last');
  expect(effectOf('solved', { ...callback, orderId: null })).toBe('effectFree');
});

test('a result is complete once what it needs is there', () => {
  const call = { missing: { solved: [], not_solved: [] } };
  const isDone = (more: Partial<Report>) => isComplete({ ...emptyReport, ...more }, call);
  expect(isDone({})).toBe(false);
  expect(isDone({ result: 'solved' })).toBe(true);
  expect(isDone({ result: 'not_solved', note: ' ' })).toBe(false);
  expect(isDone({ result: 'call_later' })).toBe(false);
  expect(isDone({ result: 'call_later', nextTry: '2026-11-24T09:30' })).toBe(true);
});

test('an answer whose move needs fields waits for them, and another answer for its own', () => {
  const call = { missing: { solved: ['review' as const], not_solved: [] } };
  const solved = { ...emptyReport, ...answered('solved') };
  expect(isComplete(solved, call)).toBe(false);
  const filled = { ...solved, filled: { review: '客户满意' }, isFilled: true };
  expect(isComplete(filled, call)).toBe(true);
  expect(bodyOf({ ...filled, result: 'solved' }).filled).toEqual({ review: '客户满意' });
  const changed = { ...filled, ...answered('not_solved'), note: '还是响' };
  expect(isComplete(changed, call)).toBe(true);
  expect(bodyOf({ ...changed, result: 'not_solved' }).filled).toEqual({});
  expect(isComplete({ ...filled, ...answered('no_answer') }, call)).toBe(true);
});

test('what was filled in for another result is not sent', () => {
  const filled = { ...emptyReport, satisfaction: 4, nextTry: '2026-11-24T09:30', newPhone: '138' };
  expect(bodyOf({ ...filled, result: 'refused' })).toMatchObject({
    satisfaction: null,
    nextTryAt: null,
    newPhone: null,
  });
  expect(bodyOf({ ...filled, result: 'wrong_number' })).toMatchObject({ newPhone: '138' });
  expect(bodyOf({ ...filled, result: 'solved' })).toMatchObject({ satisfaction: 4 });
});

test('tomorrow morning is half past nine of the next day', () => {
  const tomorrow = usualTimes(new Date(2026, 10, 30, 23, 15)).at(-1);
  expect(tomorrow && localInput(tomorrow.at)).toBe('2026-12-01T09:30');
});
