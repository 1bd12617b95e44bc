import { expect, test } from 'vitest';
import { blankRow, maxRows, nextRow, pasteInto } from './grid-state.ts';

type C = 'a' | 'b' | 'c';
const columns: C[] = ['a', 'b', 'c'];
const titles = ['Kind', 'From', 'Value'];

test('a paste fills from the caret on and makes the rows it needs', () => {
  const rows = [blankRow<C>({ a: 'offered' }), blankRow<C>()];
  const { rows: after, filled } = pasteInto('x\ty\nz\tw\nq', {
    rows,
    at: 0,
    column: 'b',
    columns,
    titles,
  });
  expect(filled).toBe(3);
  expect(after.map(({ cells }) => cells)).toEqual([
    { a: 'offered', b: 'x', c: 'y' },
    { b: 'z', c: 'w' },
    { b: 'q' },
  ]);
  expect(after.every(({ touched, checked }) => touched && checked)).toBe(true);
});

test('a heading is left out, cells beyond the last column too', () => {
  const { rows } = pasteInto('Kind\tfrom\tValue\n1\t2\t3\t4', {
    rows: [blankRow<C>({ b: 'offered' })],
    at: 0,
    column: 'a',
    columns,
    titles,
  });
  expect(rows.map(({ cells }) => cells)).toEqual([{ a: '1', b: '2', c: '3' }]);
});

test('rows behind the paste stay, and a paste too long is cut and told', () => {
  const rows = [blankRow<C>(), blankRow<C>({ a: 'last' })];
  expect(
    pasteInto('1', { rows, at: 0, column: 'a', columns, titles }).rows.map(({ cells }) => cells.a),
  ).toEqual(['1', 'last']);
  const long = Array.from({ length: maxRows + 5 }, () => 'x').join('\n');
  const { filled, left } = pasteInto(long, { rows, at: 1, column: 'a', columns, titles });
  expect([filled, left]).toEqual([maxRows - 1, 6]);
});

test('a new row repeats what the one before says', () => {
  const before = { ...blankRow<C>({ a: 'cost', c: '12' }), touched: true };
  expect(nextRow(before, ['a', 'b'], { b: 'today' }).cells).toEqual({ a: 'cost', b: 'today' });
});
