import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonGently, mapGently } from './gently.ts';

test('says in JSON what JSON.stringify says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
      async (value) => {
        expect(await jsonGently(value)).toBe(JSON.stringify(value));
      },
    ),
  );
  const odd = {
    at: new Date(0),
    left: undefined,
    list: [undefined, { deep: [{ deeper: [{ deepest: {} }] }] }],
  };
  expect(await jsonGently(odd)).toBe(JSON.stringify(odd));
});

test('lets others run between the pieces of long work', async () => {
  let runs = 0;
  const timer = setInterval(() => (runs += 1), 1);
  const spin = (ms: number): number => {
    const end = performance.now() + ms;
    while (performance.now() < end);
    return ms;
  };
  const done = await mapGently(
    Array.from({ length: 20 }, () => 5),
    spin,
  );
  clearInterval(timer);
  expect(done).toHaveLength(20);
  expect(runs).toBeGreaterThanOrEqual(15);
});
