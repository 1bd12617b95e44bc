import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import {
  createSavedView,
  exportReport,
  getLiveFigures,
  getReport,
  getStandards,
  previewSchedule,
  standardKeys,
  standardUnits,
} from '@yingda/contract';
import en from '@yingda/contract/kpi-texts/en' with { type: 'json' };
import type { ExportFormat, StandardKey } from '@yingda/contract';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { transact } from '../../platform/ctx.ts';
import { recordContactEvents } from '../contacts/index.ts';
import { arrive, newQueue } from '../routing/testing.ts';
import { valueText } from './domain/format.ts';
import { localDate } from './domain/due.ts';
import { wordsIn } from './domain/words.ts';

let app: TestApp;
let manager: Caller;
let queueId: string;
let today: string;

const contact = async (waitSeconds: number, agentId: string | null): Promise<void> => {
  const id = await arrive(app.ctx, queueId);
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000);
  const who = agentId === null ? {} : { agentId };
  await transact(app.ctx, (tx) =>
    recordContactEvents(
      tx,
      agentId === null
        ? [{ contactId: id, type: 'abandoned', at: at(waitSeconds), queueId }]
        : [
            { contactId: id, type: 'accepted', at: at(waitSeconds), queueId, ...who },
            { contactId: id, type: 'ended', at: at(waitSeconds + 61), queueId, ...who },
          ],
    ),
  );
};

beforeAll(async () => {
  app = await testApp();
  const queue = await newQueue(app.ctx);
  ({ queueId } = queue);
  manager = await app.newPerson({ role: 'manager' });
  const agent = await app.newPerson({ role: 'agent', teamId: queue.teamId });
  for (const wait of [3, 7, 33]) await contact(wait, agent.userId);
  await contact(90, null);
  const counted = async (): Promise<number> => {
    const { body } = await app.request(getLiveFigures, manager);
    const found = body.queues.find((one) => one.queueId === queueId);
    return (found?.today.counts.answered ?? 0) + (found?.today.counts.abandoned ?? 0);
  };
  while ((await counted()) < 4) await new Promise((resolve) => setTimeout(resolve, 50));
  today = localDate(
    (await app.request(getReport, manager, { query: { from: '2026-01-01', to: '2026-01-01' } }))
      .body.timeZone,
    Date.now(),
  );
});

const keys: StandardKey[] = [
  'service_level',
  'speed_of_answer',
  'abandonment',
  'abandon_time',
  'answered_rate',
  'queue_time',
  'total_contacts',
];

async function file(format: ExportFormat, page: 'report' | 'standards'): Promise<Buffer> {
  const query = new URLSearchParams({ format, page, from: today, to: today, locale: 'en' });
  const answer = await app.http?.inject({
    url: `${exportReport.path}?${query.toString()}`,
    headers: manager.headers,
  });
  expect(answer?.statusCode).toBe(200);
  return answer?.rawPayload ?? Buffer.alloc(0);
}

async function sheet(page: 'report' | 'standards', name: string): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await file('xlsx', page)) as unknown as ArrayBuffer);
  const found = book.getWorksheet(name);
  if (!found) throw new Error(`no sheet ${name}`);
  return found;
}

type Values = Partial<Record<StandardKey, number | null>>;
type Told = { key: StandardKey; value: number | null; stored: number | null };

/** Values as cells hold them, per cents as hundredths. */
const told = (values: Values): Told[] =>
  keys.map((key) => {
    const value = values[key] ?? null;
    const isShare = standardUnits[key] === 'percent' && value !== null;
    return { key, value, stored: isShare ? value / 100 : value };
  });
/** Counts may have the same name; they stand before the standards. */
const columnOf = (titles: string[], key: StandardKey): number =>
  titles.findLastIndex((title) => title?.replace(/ \(.*/, '') === en.standards[key].short);

const reportOf = async () =>
  (await app.request(getReport, manager, { query: { from: today, to: today } })).body;

test('live board, standards and report tell the same', async () => {
  const report = await reportOf();
  const { values, counts } = report.whole.total;
  expect(values).toMatchObject({ total_contacts: 4, answered_rate: 75, service_level: 50 });
  const { body: live } = await app.request(getLiveFigures, manager);
  const board = live.queues.find((one) => one.queueId === queueId)?.today;
  expect(board?.counts).toEqual(counts);
  const shown = Object.entries(board?.values ?? {});
  expect(shown.length).toBeGreaterThan(2);
  expect(values).toMatchObject(Object.fromEntries(shown));
  const query = { from: today, to: today };
  const { body: standards } = await app.request(getStandards, manager, { query });
  expect(Object.fromEntries(standards.cards.map(({ key, value }) => [key, value]))).toEqual(values);
});

test('workbook, CSV and JSON tell what the report tells', async () => {
  const report = await reportOf();
  const sums = await sheet('report', 'Totals');
  const cards = await sheet('standards', 'Standards');
  const csv: string[][] = parse((await file('csv', 'report')).toString(), { bom: true });
  expect(JSON.parse((await file('json', 'report')).toString()).whole).toEqual(report.whole);
  for (const { key, value, stored } of told(report.whole.total.values)) {
    const titles = sums.getRow(1).values as string[];
    expect([key, sums.getRow(2).getCell(columnOf(titles, key)).value]).toEqual([key, stored]);
    const row = cards.getRow(standardKeys.indexOf(key) + 2);
    expect([key, row.getCell(3).value]).toEqual([key, stored]);
    const field = csv[1]?.[columnOf(csv[0] ?? [], key)];
    expect([key, field === '' ? null : Number(field)]).toEqual([key, value]);
  }
});

test('the mail tells what the report tells', async () => {
  const report = await reportOf();
  const query = { period: { relative: 'today' as const } };
  const view = await app.request(createSavedView, manager, {
    body: { name: 'v', page: 'standards', query },
  });
  const preview = await app.request(previewSchedule, manager, {
    body: { name: 'm', viewId: view.body.id, locale: 'en', subject: '', attachments: [] },
  });
  const { currency } = report.settings;
  const reader = { locale: 'en' as const, currency, words: wordsIn('en').drawn };
  for (const { key, value } of told(report.whole.total.values)) {
    const text = valueText(value, standardUnits[key], reader);
    expect(preview.body.text).toContain(`* ${en.standards[key].name}: ${text}`);
    expect(preview.body.html).toContain(`>${text}<`);
  }
});

test('a supervisor gets the figures of their own teams in files too', async () => {
  const other = await newQueue(app.ctx);
  const supervisor = await app.newPerson({ role: 'supervisor', teamId: other.teamId });
  const query = new URLSearchParams({ format: 'json', page: 'report', from: today, to: today });
  const answer = await app.http?.inject({
    url: `${exportReport.path}?${query.toString()}`,
    headers: supervisor.headers,
  });
  expect(answer?.json().whole.total.counts.contacts).toBe(0);
  const agent = await app.newPerson({ role: 'agent' });
  const refused = await app.http?.inject({
    url: `${exportReport.path}?${query.toString()}`,
    headers: agent.headers,
  });
  expect(refused?.statusCode).toBe(403);
});
