/** The date on the centre's clock that a number is given on. */
export type NumberDate = { year: number; month: number; day: number };

const COUNTER = /\{(0+)\}/;

/** Whether numbers by this pattern can be told apart: it has one counter, and nothing in braces that we do not know. */
export function isNumberPattern(pattern: string): boolean {
  const rest = pattern.replace(COUNTER, '').replaceAll(/\{(yyyy|yy|mm|dd)\}/g, '');
  return COUNTER.test(pattern) && !/[{}]/.test(rest);
}

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** The pattern on a date: the period that its counter counts in, and the number for each count. */
export function numbering(
  pattern: string,
  { year, month, day }: NumberDate,
): { period: string; number: (count: number) => string } {
  const period = pattern
    .replaceAll('{yyyy}', padded(year, 4))
    .replaceAll('{yy}', padded(year % 100, 2))
    .replaceAll('{mm}', padded(month, 2))
    .replaceAll('{dd}', padded(day, 2));
  const number = (count: number): string =>
    period.replace(COUNTER, (_, zeros: string) => padded(count, zeros.length));
  return { period, number };
}
