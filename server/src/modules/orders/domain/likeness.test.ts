import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonWords, likenessOf, WORTH_ASKING } from './likeness.ts';
import type { Matter } from './likeness.ts';

const matter = (over: Partial<Matter> = {}): Matter => ({
  customerId: 'c',
  phones: [],
  categoryId: null,
  product: '',
  words: new Set(['电机', '异响', '停机']),
  ...over,
});
const other = { words: new Set(['发票', '抬头']) };

test('the same person with the same words, product or category is worth asking about', () => {
  expect(likenessOf(matter(), matter())).toEqual({
    likeness: 0.7,
    because: ['customer', 'words'],
  });
  const category = { ...other, categoryId: 'k' };
  expect(likenessOf(matter({ categoryId: 'k' }), matter(category)).likeness).toBe(WORTH_ASKING);
  const product = { ...other, product: ' YD-200 ' };
  expect(likenessOf(matter({ product: 'yd-200' }), matter(product))).toEqual({
    likeness: WORTH_ASKING,
    because: ['customer', 'product'],
  });
});

test('the same person with another matter is not, nor anybody else with the same one', () => {
  expect(likenessOf(matter(), matter(other)).likeness).toBeLessThan(WORTH_ASKING);
  const stranger = { customerId: 'd', phones: ['2'] };
  expect(likenessOf(matter({ phones: ['1'] }), matter(stranger))).toEqual({
    likeness: 0,
    because: [],
  });
  const nobody = { customerId: null };
  expect(likenessOf(matter(nobody), matter(nobody)).likeness).toBe(0);
});

test('a short complaint is found again in a long one', () => {
  const long = new Set(['电机', '异响', '昨天', '下午', '车间', '师傅', '再次', '出现']);
  expect(commonWords(new Set(['电机', '异响']), long)).toBe(1);
  expect(commonWords(new Set(), long)).toBe(0);
});

test('likeness is between 0 and 1, the same both ways, and never falls with another sign', () => {
  const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));
  const some: fc.Arbitrary<Matter> = fc.record({
    customerId: fc.constantFrom(null, 'c', 'd'),
    phones: fc.uniqueArray(fc.constantFrom('1', '2', '3')),
    categoryId: fc.constantFrom(null, 'k', 'l'),
    product: fc.constantFrom('', 'p', 'q'),
    words: words.map((list) => new Set(list)),
  });
  fc.assert(
    fc.property(some, some, (a, b) => {
      const { likeness, because } = likenessOf(a, b);
      expect(likeness).toBeGreaterThanOrEqual(0);
      expect(likeness).toBeLessThanOrEqual(1);
      expect(likenessOf(b, a)).toEqual({ likeness, because });
      const same = { ...b, customerId: a.customerId, categoryId: a.categoryId };
      expect(likenessOf(a, same).likeness).toBeGreaterThanOrEqual(
        a.customerId === null ? 0 : likeness,
      );
    }),
  );
});
