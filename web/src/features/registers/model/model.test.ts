import { registerColumns } from '@yingda/contract';
import { expect, test } from 'vitest';
import { cellText, enteredColumns, fieldText, fieldValue, phonesOf } from './cells.ts';
import { complaintSearch, registerOf } from './search.ts';

const words = {
  word: (column: string, value: string) => `${column}.${value}`,
  zone: 'Asia/Shanghai',
  currency: 'CNY',
};
const column = (key: string) => {
  const found = registerColumns.deals.find((one) => one.key === key);
  if (!found) throw new Error(key);
  return found;
};

test('money goes through the field without losing a fen', () => {
  const amount = column('amount');
  expect(fieldText(amount, 1_234_505, 'CNY')).toBe('12345.05');
  expect(fieldValue(amount, '12345.05', 'CNY')).toBe(1_234_505);
  expect(fieldValue(amount, ' ', 'CNY')).toBeNull();
});

test('a cell that nothing is known of is empty', () => {
  expect(cellText(column('note'), null, words)).toBe('');
  expect(cellText(column('note'), undefined, words)).toBe('');
  expect(cellText(column('channel'), 'voice', words)).toBe('channel.voice');
});

test('only what the work does not tell is entered', () => {
  expect(enteredColumns('problems')).toEqual([]);
  expect(enteredColumns('deals').map(({ key }) => key)).toContain('amount');
});

test('phones are told apart by any comma', () => {
  expect(phonesOf('138，139、 140;')).toEqual(['138', '139', '140']);
});

test('an unknown register is the first, and an empty bar is a bar', () => {
  expect(registerOf('nonsense')).toBe('problems');
  expect(registerOf('deals')).toBe('deals');
  expect(complaintSearch({ bar: '' }).bar).toBe('');
  expect(complaintSearch({ by: 'nonsense', all: 'yes' })).toMatchObject({
    by: undefined,
    all: undefined,
    bar: undefined,
  });
});
