import { beforeAll, describe, expect, test } from 'vitest';
import {
  cancelImport,
  getReport,
  inspectImport,
  listImports,
  previewImport,
  removeImport,
  startImport,
} from '@yingda/contract';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { bankRows, over, upload } from './testing.ts';

let app: TestApp;
let manager: Caller;
beforeAll(async () => {
  app = await testApp();
  manager = await app.newPerson({ role: 'manager' });
});

const bank = (rows = bankRows): string => rows.map((row) => `${row}\r\n`).join('');
const run = async (name: string, text: string | Uint8Array, log: string, more: object = {}) => {
  const { id } = await upload(app, manager, { name, bytes: text });
  const body = { fileIds: [id], kind: 'table' as const, log, zone: 'Asia/Jerusalem', ...more };
  const { body: started, status } = await app.request(startImport, manager, { body });
  expect(status).toBe(201);
  return over(app, manager, started.id);
};
const figures = async (from: string, to: string, sources: string) => {
  const query = {
    from,
    to,
    sources,
    standards: 'service_level,queue_time,talk_time,speed_of_answer',
  };
  const { body } = await app.request(getReport, manager, { query });
  return body.whole.total;
};

describe('a file of the bank', () => {
  test('goes from upload to report without a question, and what is odd about it is told', async () => {
    const file = await upload(app, manager, { name: 'february.tsv', bytes: bank() });
    const { body: seen } = await app.request(inspectImport, manager, { body: { fileId: file.id } });
    expect(seen).toMatchObject({
      ...{ kind: 'table', encoding: 'utf-8', delimiter: '\t', hasHeader: true, questions: [] },
      matched: { id: 'anonymous_bank' },
    });
    const body = {
      fileIds: [file.id],
      kind: 'table' as const,
      log: 'bank',
      zone: 'Asia/Jerusalem',
    };
    const { body: preview } = await app.request(previewImport, manager, { body });
    expect(preview.contacts).toHaveLength(8);
    const { body: started } = await app.request(startImport, manager, { body });
    const done = await over(app, manager, started.id);
    expect(done.problem).toBeNull();
    expect(done).toMatchObject({ state: 'done', contacts: 8, errors: 0 });
    const { report } = done;
    expect(report).toMatchObject({
      ...{ rows: 10, contacts: 8, duplicates: 0, records: ['customers'] },
      outcomes: { answered: 6, abandoned: 2, blocked: 0, selfServed: 0, open: 0 },
      leftOut: [
        { code: 'outcome_left_out', params: { value: 'PHANTOM' }, count: 1, places: [{ line: 6 }] },
      ],
    });
    const traps = Object.fromEntries((report?.traps ?? []).map(({ code, count }) => [code, count]));
    expect(traps).toEqual({
      agent_unknown: 1,
      crosses_midnight: 2,
      customer_not_identified: 4,
      negative_menu_time: 1,
      queued_before_arrival: 1,
      service_before_queue_exit: 3,
    });
    const { counts, values } = await figures('1999-02-01', '1999-02-28', String(done.sourceId));
    expect(counts).toMatchObject({ contacts: 8, answered: 6, abandoned: 2, handled: 6 });
    expect(values.talk_time).toBeCloseTo((166 + 5 + 104 + 60 + 77 + 67) / 6, 6);
    expect(values.speed_of_answer).toBeCloseTo((34 + 61 + 174 + 27) / 6, 6);
    expect(values.queue_time).toBeCloseTo((5 + 34 + 61 + 174 + 27) / 5, 6);
  });

  test('imported again adds nothing, and an overlapping one only what is new', async () => {
    const again = await run('again.tsv', bank(), 'bank');
    expect(again).toMatchObject({ state: 'done', contacts: 0, report: { duplicates: 8 } });
    const more = bank([
      ...bankRows,
      'AA0102\t10\t0\t0\tIN\t990217\t10:00:00\t10:00:04\t4\t0:00:00\t0:00:00\t0\tHANG\t0:00:00\t0:00:00\t0\tNO_SERVER',
      // The same row twice in one file.
      ...bankRows.slice(-1),
    ]);
    expect(await run('more.tsv', more, 'bank')).toMatchObject({
      contacts: 1,
      report: { duplicates: 9 },
    });
  });

  test('is taken out of the reports again', async () => {
    const done = await run('other.tsv', bank(), 'other bank');
    expect((await figures('1999-02-01', '1999-02-28', String(done.sourceId))).counts.contacts).toBe(
      8,
    );
    await app.request(removeImport, manager, { params: { id: done.id } });
    expect(await over(app, manager, done.id)).toMatchObject({ state: 'removed', sourceId: null });
    expect((await figures('1999-02-01', '1999-02-28', String(done.sourceId))).counts.contacts).toBe(
      0,
    );
    const again = await run('other.tsv', bank(), 'other bank');
    expect(again.contacts).toBe(8);
  });
});

test('people without the right see and start nothing', async () => {
  const agent = await app.newPerson({ role: 'agent' });
  expect((await app.request(listImports, agent, {})).status).toBe(403);
  const body = { fileIds: [agent.userId], kind: 'table' as const, log: 'x' };
  expect((await app.request(startImport, agent, { body })).status).toBe(403);
});

test('a file of which nothing is understood fails with its first errors, and leaves nothing', async () => {
  const [header = '', row = ''] = bankRows;
  const failed = await run('bad.tsv', bank([header, row.replace('990201', '991332')]), 'bad');
  expect(failed).toMatchObject({
    ...{ state: 'failed', contacts: 0, sourceId: null },
    problem: { code: 'import.nothing_understood' },
  });
  expect(failed.report?.errors[0]).toMatchObject({ count: 1, places: [{ line: 2 }] });
});

test('what is over cannot be cancelled', async () => {
  const done = await run('bank.tsv', bank(), 'third bank');
  const answer = await app.request(cancelImport, manager, { params: { id: done.id } });
  expect(answer.problem.code).toBe('import.not_running');
});
