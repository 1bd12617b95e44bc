import { callbackResults, CallbackReason } from '@yingda/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAwaited, outcomeOf, resultsFor } from './callbacks.ts';
import type { Call } from './callbacks.ts';

const call = (over: Partial<Call> = {}): Call => ({
  reason: 'confirm_result',
  hasOrder: true,
  tries: 0,
  maxTries: 3,
  phones: ['1', '2'],
  ...over,
});
const made = (result: (typeof callbackResults)[number], over = {}) => ({
  result,
  phone: null,
  newPhone: null,
  ...over,
});

test('only a call that asks for an answer takes one, and only one that brings news is told', () => {
  expect(resultsFor(call())).not.toContain('informed');
  expect(resultsFor(call())[0]).toBe('solved');
  expect(resultsFor(call({ reason: 'chase' }))).not.toContain('solved');
  expect(resultsFor(call({ reason: 'other', hasOrder: false }))).not.toContain('not_solved');
  expect(resultsFor(call({ reason: 'other' }))).toContain('not_solved');
});

test('an answer is an answer however often nobody was there before', () => {
  expect(outcomeOf(call({ tries: 2 }), made('not_solved'))).toEqual({
    next: 'answer',
    effect: 'not_solved',
  });
  expect(outcomeOf(call({ reason: 'chase' }), made('informed'))).toEqual({ next: 'done' });
});

test('who is not there is tried again until the way out is taken', () => {
  const first = outcomeOf(call(), made('no_answer'));
  expect(first).toMatchObject({ next: 'again', tries: 1, isFailed: true });
  expect(outcomeOf(call({ tries: 1 }), made('busy'))).toMatchObject({ next: 'again', tries: 2 });
  expect(outcomeOf(call({ tries: 2 }), made('no_answer'))).toMatchObject({ next: 'way_out' });
  // Asked to call later the customer was there.
  const later = outcomeOf(call({ tries: 2 }), made('call_later'));
  expect(later).toMatchObject({ next: 'again', tries: 2, isFailed: false });
});

test('a wrong number goes, a found one comes first, and without any the way out is taken', () => {
  const wrong = outcomeOf(call(), made('wrong_number'));
  expect(wrong).toMatchObject({ next: 'again', phones: ['2'] });
  const second = outcomeOf(call(), made('wrong_number', { phone: '2', newPhone: '3' }));
  expect(second).toMatchObject({ next: 'again', phones: ['3', '1'] });
  const last = outcomeOf(call({ phones: ['1'] }), made('wrong_number'));
  expect(last).toMatchObject({ next: 'way_out', phones: [] });
  const found = outcomeOf(call({ phones: ['1'] }), made('wrong_number', { newPhone: '9' }));
  expect(found).toMatchObject({ next: 'again', phones: ['9'] });
});

test('who does not want to be asked lets a waiting order out, and ends any other call', () => {
  expect(outcomeOf(call(), made('refused')).next).toBe('way_out');
  expect(outcomeOf(call({ reason: 'other' }), made('refused')).next).toBe('done');
});

/** Makes one more call; null when it was the last. */
function follow(now: Call, result: (typeof callbackResults)[number]): Call | null {
  const outcome = outcomeOf(now, made(result));
  if (outcome.next === 'again') {
    expect(outcome.tries).toBeLessThan(now.maxTries);
    expect(outcome.phones.length).toBeGreaterThan(0);
    return { ...now, tries: outcome.tries, phones: outcome.phones };
  }
  if (outcome.next === 'answer') expect(result).toBe(outcome.effect);
  if (result === 'refused') expect(outcome.next === 'way_out').toBe(isAwaited(now));
  else if (outcome.next === 'way_out') {
    expect(outcome.tries >= now.maxTries || outcome.phones.length === 0).toBe(true);
  }
  return null;
}

test('every call ends: whatever results come, after as many failed tries as set it is over', () => {
  const reason = fc.constantFrom(...CallbackReason.options);
  const results = fc.array(fc.constantFrom(...callbackResults), { maxLength: 40 });
  fc.assert(
    fc.property(reason, results, fc.integer({ min: 1, max: 6 }), (why, list, maxTries) => {
      let now: Call | null = call({ reason: why, maxTries });
      for (const result of list) {
        if (now && resultsFor(now).includes(result)) now = follow(now, result);
      }
    }),
  );
});
