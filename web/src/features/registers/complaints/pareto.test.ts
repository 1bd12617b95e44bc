import type { ComplaintGroup } from '@yingda/contract';
import { expect, test } from 'vitest';
import { barsOf, labelsFor, maxBars, vitalFew } from './pareto.ts';

const group = (name: string, count: number, cumulative: number): ComplaintGroup => ({
  name,
  id: null,
  count,
  share: 0,
  cumulative,
  previous: 0,
  open: 0,
  late: 0,
  reopened: 0,
  rating: null,
});

test('the vital few end with the cause that passes four fifths', () => {
  const groups = [group('a', 6, 0.6), group('b', 2, 0.8), group('c', 2, 1), group('', 9, 1)];
  expect(vitalFew(groups).map(({ name }) => name)).toEqual(['a', 'b']);
});

test('what has no cause is no bar, and a chart has room for so many', () => {
  const groups = Array.from({ length: 20 }, (_, index) => group(`c${index}`, 1, 0.05 * index));
  expect(barsOf([...groups, group('', 3, 1)])).toHaveLength(maxBars);
  expect(barsOf([group('', 3, 0)])).toEqual([]);
});

const causes = ['轴承装配时没有按规定加注润滑脂', '安装', '物流', '说明书', '配件', '价格', '其他'];
const english = [
  'Bearing was not greased on assembly',
  'Delivery',
  'Manual',
  'Spare parts',
  'Price',
];

test('names that fit stand upright in whole words, and no name is cut off', () => {
  expect(labelsFor(english, 1000)).toMatchObject({ rotate: 0, overflow: 'break' });
  expect(labelsFor(causes, 1000)).toMatchObject({ rotate: 0, overflow: 'break' });
  expect(labelsFor(['安装', '物流'], 340)).toMatchObject({ rotate: 0 });
});

test('where there is no room for them names stand aslant and have more of it the wider the chart', () => {
  const many = Array.from({ length: 12 }, (_, index) => `${causes[0]} ${index}`);
  const [phone, wide] = [labelsFor(many, 340), labelsFor(many, 900)];
  expect(phone).toMatchObject({ overflow: 'truncate' });
  expect(phone.rotate).toBeGreaterThan(0);
  expect(wide.width).toBeGreaterThan(phone.width);
  // Nothing shorter than the room is cut off.
  const short = Array.from({ length: 12 }, (_, index) => `安装人员态度 ${index}`);
  expect(labelsFor(short, 340).width).toBeGreaterThan(6 * 12);
});
