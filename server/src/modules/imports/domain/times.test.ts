import { expect, test } from 'vitest';
import { guessColumns, guessFormat, guessUnit } from './guess.ts';
import { readDuration, readTime } from './times.ts';
import { toUtcOf } from './zone.ts';

const iso = (format: Parameters<typeof readTime>[0], text: string): string | null => {
  const read = readTime(format, text);
  return read ? new Date(read.ms).toISOString().slice(0, 19) : null;
};

test.each([
  ['iso', '2026-11-23 14:05:06', '2026-11-23T14:05:06'],
  ['iso', '2026-11-23T14:05:06.123Z', '2026-11-23T14:05:06'],
  ['iso', '2026-11-23T14:05:06+08:00', '2026-11-23T06:05:06'],
  ['ymd', '2026/11/3 4:05', '2026-11-03T04:05:00'],
  ['ymd', '2026年11月23日 下午2:05', '2026-11-23T14:05:00'],
  ['dmy', '23/11/2026 14:05', '2026-11-23T14:05:00'],
  ['dmy', '3.1.26', '2026-01-03T00:00:00'],
  ['mdy', '11/23/2026 2:05:06 PM', '2026-11-23T14:05:06'],
  ['d_mon_y', '23 Nov 2026 14:05', '2026-11-23T14:05:00'],
  ['d_mon_y', '23-NOV-99', '1999-11-23T00:00:00'],
  ['mon_d_y', 'Nov 23, 2026 14:05', '2026-11-23T14:05:00'],
  ['yyyymmdd', '20261123140506', '2026-11-23T14:05:06'],
  ['yymmdd', '990201', '1999-02-01T00:00:00'],
  ['ddmmyy', '010299', '1999-02-01T00:00:00'],
  ['epoch_s', '1795442706', '2026-11-23T14:05:06'],
  ['epoch_ms', '1795442706123', '2026-11-23T14:05:06'],
  ['epoch_us', '1795442706123456', '2026-11-23T14:05:06'],
  ['excel', '46349.5', '2026-11-23T12:00:00'],
  ['time', '7:02:47', '1970-01-01T07:02:47'],
  ['iso', '2026-02-30', null],
  ['dmy', '31/02/2026', null],
  ['time', '24:00:00', null],
  ['epoch_s', '12', null],
] as const)('%s reads %s', (format, text, expected) => expect(iso(format, text)).toBe(expected));

test.each([
  ['s', '90', 90_000],
  ['s', '1,5', 1_500],
  ['ms', '1500', 1_500],
  ['min', '2', 120_000],
  ['clock', '1:02:03', 3_723_000],
  ['clock', '02:03', 123_000],
  ['excel', '0.5', 43_200_000],
  ['s', '-57', -57_000],
  ['s', 'soon', undefined],
] as const)('%s reads %s', (unit, text, expected) =>
  expect(readDuration(unit, text)).toBe(expected),
);

test('day and month are told apart by any value that is but one of them, or asked', () => {
  expect(guessFormat('arrived_at', ['03/04/2026', '23/04/2026'])).toMatchObject({
    format: 'dmy',
    formatReason: { code: 'format_proved', params: { value: '23/04/2026', other: 'mdy' } },
  });
  expect(guessFormat('arrived_at', ['03/04/2026', '05/04/2026'])).toMatchObject({
    format: null,
    possibleFormats: ['dmy', 'mdy'],
  });
  expect(guessFormat('date', ['010203', '040506']).possibleFormats).toEqual(['yymmdd', 'ddmmyy']);
});

test('units are told by name, form and size', () => {
  expect(guessUnit('wait (ms)', ['3', '4']).unit).toBe('ms');
  expect(guessUnit('等待时长(秒)', ['3', '4000000']).unit).toBe('s');
  expect(guessUnit('talk', ['00:03', '1:00:00']).unit).toBe('clock');
  expect(guessUnit('talk', ['35000', '61000', '120000']).unit).toBe('ms');
});

test('columns are known by Chinese and English names', () => {
  const columns = guessColumns([
    { header: '流水号', values: ['1', '2'] },
    { header: '来电时间', values: ['2026-11-23 10:00:00', '2026-11-23 10:01:00'] },
    { header: '队列', values: ['售后', '售前'] },
    { header: '排队时长', values: ['5', '6'] },
    { header: '坐席工号', values: ['8001', ''] },
    { header: '通话时长', values: ['65', '0'] },
    { header: '结果', values: ['已接', '放弃'] },
    { header: 'Note', values: ['x', 'y'] },
  ]);
  expect(columns.map(({ role }) => role)).toEqual(
    'key arrived_at queue wait agent talk outcome ignore'.split(' '),
  );
});

test('a few bad values do not hide what a column is, and are told of', () => {
  const times = Array.from({ length: 40 }, (_, i) => `2026-11-23 10:${String(i + 10)}:00`);
  const [column] = guessColumns([{ header: '来电时间', values: [...times, '昨天', ''] }]);
  expect(column).toMatchObject({
    role: 'arrived_at',
    format: 'iso',
    formatReason: { code: 'format_mostly', params: { count: 40, of: 41, value: '昨天' } },
  });
  const many = guessColumns([
    { header: '来电时间', values: [...times, ...Array(10).fill('昨天')] },
  ]);
  expect(many[0]?.role).toBe('ignore');
  expect(guessUnit('通话时长', ['5', '6', '很久', '7'])).toMatchObject({ unit: 's' });
  // What is written for "none" is no value, however often.
  const none = ['-', 'N/A', '', 'NULL', '无'];
  expect(guessUnit('通话时长', ['5', '6', ...none])).toMatchObject({ unit: 's' });
  expect(guessColumns([{ header: '应答时间', values: [...times, ...none] }])[0]).toMatchObject({
    role: 'answered_at',
    formatReason: { code: 'format_fits', params: { count: 40 } },
  });
  // A bad value tells nothing about the order of day and month.
  expect(guessFormat('date', ['03/04/2026', '05/04/2026', '?']).format).toBeNull();
  expect(guessFormat('date', ['03/04/2026', '23/04/2026', '?', '05/04/2026']).format).toBe('dmy');
});

test('local times are instants of their zone, also where clocks change', () => {
  const utc = toUtcOf('Europe/Berlin');
  const at = (local: string) => new Date(utc(Date.parse(`${local}Z`))).toISOString().slice(0, 16);
  expect(at('2026-07-01T12:00')).toBe('2026-07-01T10:00');
  expect(at('2026-01-01T12:00')).toBe('2026-01-01T11:00');
  // Twice: the first; never: as if the clock had not been changed yet.
  expect(at('2026-10-25T02:30')).toBe('2026-10-25T00:30');
  expect(at('2026-10-25T03:00')).toBe('2026-10-25T02:00');
  expect(at('2026-03-29T02:30')).toBe('2026-03-29T01:30');
});
