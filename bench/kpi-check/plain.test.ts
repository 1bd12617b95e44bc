import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { figuresOf, readPlainly } from './plain.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingda-plain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header =
  'vru+line call_id customer_id priority type date vru_entry vru_exit vru_time q_start q_exit q_time outcome ser_start ser_exit ser_time server';
const rows = [
  'A1 1 0 0 PS 990201 9:29:50 9:30:00 10 0:00:00 0:00:00 0 AGENT 9:29:59 9:31:00 60 DORIT',
  'A1 2 0 0 PS 990201 9:30:10 9:30:20 10 9:30:20 9:31:00 40 AGENT 9:31:00 9:33:00 120 NO_SERVER',
  'A1 3 0 2 NE 990201 9:31:10 9:31:20 10 9:31:20 9:31:25 5 HANG 0:00:00 0:00:00 0 NO_SERVER',
  'A1 4 0 2 NE 990201 9:32:10 9:32:20 10 9:32:20 9:33:20 60 HANG 0:00:00 0:00:00 0 NO_SERVER',
  'A1 5 0 2 NE 990201 9:40:10 9:40:20 10 9:40:20 9:40:30 10 PHANTOM 0:00:00 0:00:00 0 NO_SERVER',
];

test('sums and figures of five calls are those worked out by hand', () => {
  const file = join(folder, 'calls.tsv');
  const text = [header, ...rows].map((line) => line.replaceAll(' ', '\t')).join('\r\n');
  writeFileSync(file, `${text}\r\n`);
  const { lines, leftOut, groups } = readPlainly(file);
  expect([lines, leftOut]).toEqual([5, 1]);
  const [all] = groups.all.values();
  expect(all && figuresOf(all)).toEqual({
    contacts: 4,
    answered: 2,
    abandoned: 2,
    queue_time: 35,
    speed_of_answer: 20,
    abandon_time: 32.5,
    talk_time: 90,
    service_level: 25,
    answered_rate: 50,
    queued_rate: 75,
    abandonment: 100 / 3,
  });
  expect([...groups.halfHour.keys()]).toEqual(['1999-02-01 09:00', '1999-02-01 09:30']);
  expect([...groups.server.keys()]).toEqual(['DORIT']);
});
