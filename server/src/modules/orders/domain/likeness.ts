import type { Likeness } from '@yingda/contract';
import type { z } from 'zod';

type Sign = z.output<typeof Likeness>;

/** What is known of a matter when two are compared. */
export type Matter = {
  customerId: string | null;
  phones: readonly string[];
  categoryId: string | null;
  product: string;
  words: ReadonlySet<string>;
};

/** How much each sign weighs. Who it is counts less than all of what it is about: everybody has several matters. */
const WHO = 0.35;
const CATEGORY = 0.15;
const PRODUCT = 0.15;
const FEW_WORDS = 0.15;
const MANY_WORDS = 0.35;
/** Share of common words from which texts speak of the same. */
const ALIKE = 0.25;
/** From here on more common words make it no likelier: people never tell the same thing in the same words. */
const SURELY = 0.6;
/** From here on it is worth asking whether it is the same matter. */
export const WORTH_ASKING = 0.5;

const isAmong = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one));

/** Share of the words of the shorter text that the other has too. */
export function commonWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  if (few.size === 0) return 0;
  let common = 0;
  for (const word of few) if (many.has(word)) common += 1;
  return common / few.size;
}

function weightOfWords(common: number): number {
  if (common < ALIKE) return 0;
  const share = (Math.min(common, SURELY) - ALIKE) / (SURELY - ALIKE);
  return FEW_WORDS + (MANY_WORDS - FEW_WORDS) * share;
}

/** The signs by which two matters are of the same person. */
function signsOfPerson(a: Matter, b: Matter): Sign[] {
  const signs: Sign[] = [];
  if (a.customerId !== null && a.customerId === b.customerId) signs.push('customer');
  if (isAmong(a.phones, b.phones)) signs.push('phone');
  return signs;
}

/**
 * How likely two contacts are about the same matter, 0 to 1, and why. The same person and one more sign come to
 * `WORTH_ASKING`; without the person nothing does.
 */
export function likenessOf(a: Matter, b: Matter): { likeness: number; because: Sign[] } {
  const because = signsOfPerson(a, b);
  if (because.length === 0) return { likeness: 0, because };
  let likeness = WHO;
  if (a.categoryId !== null && a.categoryId === b.categoryId) {
    because.push('category');
    likeness += CATEGORY;
  }
  const product = a.product.trim().toLowerCase();
  if (product !== '' && product === b.product.trim().toLowerCase()) {
    because.push('product');
    likeness += PRODUCT;
  }
  const words = weightOfWords(commonWords(a.words, b.words));
  if (words > 0) because.push('words');
  return { likeness: Math.round((likeness + words) * 100) / 100, because };
}
