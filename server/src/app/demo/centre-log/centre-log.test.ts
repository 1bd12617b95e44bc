import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { contactColumns } from './csv.ts';
import { planOf, simulateCentre, writeCentreLog } from './index.ts';
import type { LoggedContact } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingda-centre-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asked = { contacts: 20_000, from: '2026-09-28', to: '2026-10-04', seed: 7 };
const contactsOf = (seed = asked.seed): LoggedContact[] => [
  ...simulateCentre(planOf({ ...asked, seed })).contacts,
];
const share = (part: number, whole: number): number => part / whole;

test('a log has as many contacts as were asked for, in order of arrival and inside its dates', () => {
  const contacts = contactsOf();
  expect(contacts).toHaveLength(asked.contacts);
  const times = contacts.map(({ arrivedAt }) => arrivedAt);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(0)).toBeGreaterThanOrEqual(Date.parse('2026-09-28T00:00:00+08:00'));
  expect(times.at(-1)).toBeLessThan(Date.parse('2026-10-05T00:00:00+08:00'));
});

test('the same seed gives the same log, another one another', () => {
  expect(contactsOf()).toEqual(contactsOf());
  expect(contactsOf(8)).not.toEqual(contactsOf());
});

test('an agent has one contact at a time', () => {
  const busyUntil = new Map<number, number>();
  for (const { agent, arrivedAt, waitS, talkS, holdS, wrapS } of contactsOf()) {
    if (agent < 0) continue;
    const from = arrivedAt + waitS * 1000;
    expect(from).toBeGreaterThanOrEqual(busyUntil.get(agent) ?? 0);
    busyUntil.set(agent, from + (talkS + holdS + wrapS) * 1000);
  }
});

test('the figures are those of a centre: most are answered soon, some wait, few give up', () => {
  const contacts = contactsOf();
  const answered = contacts.filter(({ outcome }) => outcome === 'answered');
  const abandoned = contacts.filter(({ outcome }) => outcome === 'abandoned');
  const soon = answered.filter(({ waitS }) => waitS <= 20);
  const reached = answered.length + abandoned.length;
  expect(share(soon.length, reached)).toBeGreaterThan(0.5);
  expect(share(abandoned.length, reached)).toBeGreaterThan(0.01);
  expect(share(abandoned.length, reached)).toBeLessThan(0.25);
  const talks = answered.map(({ talkS }) => talkS).toSorted((a, b) => a - b);
  const median = talks[Math.floor(talks.length / 2)] ?? 0;
  const mean = talks.reduce((sum, talk) => sum + talk, 0) / talks.length;
  expect(mean).toBeGreaterThan(median * 1.15);
  const byHour = (hour: number): number =>
    contacts.filter(({ arrivedAt }) => (new Date(arrivedAt).getUTCHours() + 8) % 24 === hour)
      .length;
  expect(byHour(10)).toBeGreaterThan(byHour(12));
  expect(byHour(15)).toBeGreaterThan(byHour(12));
  expect(byHour(3)).toBeLessThan(byHour(10) / 20);
});

test('the table has a header, one row a contact and sign-in times beside it', async () => {
  const [file, timesFile] = [join(folder, 'log.csv'), join(folder, 'times.csv')];
  await writeCentreLog(planOf({ ...asked, contacts: 500 }), { file, timesFile });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(501);
  expect(lines[0]).toBe(contactColumns);
  const columns = contactColumns.split(',').length;
  for (const line of lines) expect(line.split(',')).toHaveLength(columns);
  const times = readFileSync(timesFile, 'utf8').trimEnd().split('\n');
  expect(times[0]).toBe('agent,state,from,until,reason');
  expect(times.length).toBeGreaterThan(20);
});
