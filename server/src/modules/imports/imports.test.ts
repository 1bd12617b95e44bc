import { sql } from 'kysely';
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  cancelImport,
  getImport,
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

describe('a table that is damaged', () => {
  const rows = [
    '流水号,来电时间,队列,排队时长,坐席工号,通话时长,结果',
    '1,2026-11-02 10:00:00,售后,5,8001,60,已接',
    '2,2026-11-02 10:01:00,售\u0000\u0000后,5,8001,60,已接',
    '3,昨天上午,售后,5,8001,60,已接',
    '4,2026-11-02 10:03:00,售后,5,8001,一会儿,已接',
    ' , ,,,,,',
    '5,2026-11-02 10:04:00,售后,7,,-,放弃',
    '5,2026-11-02 10:04:00,售后,7,,-,放弃',
    '流水号,来电时间,队列,排队时长,坐席工号,通话时长,结果',
    '6,2026-11-02 10:05:00,售后,7,8002,65,已接',
  ];

  test('needs no answers for a few bad values, and every row of it is accounted for', async () => {
    const text = `\ufeff${rows.join('\r\n')}\r\n`;
    const done = await run('damaged.csv', text, 'damaged', { zone: 'Asia/Shanghai' });
    expect(done).toMatchObject({ state: 'done', problem: null });
    const { report } = done;
    if (!report) throw new Error('no report');
    const told = (notices: typeof report.errors) =>
      notices
        .map(({ code, params, places }) => [places[0]?.line, code, params['value']])
        .toSorted(([a], [b]) => Number(a) - Number(b));
    expect(told(report.errors)).toEqual([
      [4, 'time_unreadable', '昨天上午'],
      [5, 'duration_unreadable', '一会儿'],
    ]);
    expect(told(report.leftOut)).toEqual([
      [6, 'blank_row', undefined],
      [9, 'repeated_header', undefined],
    ]);
    expect(report.traps).toContainEqual({
      code: 'nul_dropped',
      params: { file: 'damaged.csv' },
      count: 2,
      places: [],
    });
    expect(report).toMatchObject({ rows: 9, contacts: 4, duplicates: 1 });
  });
});

describe('a file of the bank', () => {
  test('goes from upload to report without a question, and what is odd about it is told', async () => {
    const file = await upload(app, manager, { name: 'february.tsv', bytes: bank() });
    const { body: seen } = await app.request(inspectImport, manager, { body: { fileId: file.id } });
    expect(seen).toMatchObject({
      kind: 'table',
      encoding: 'utf-8',
      delimiter: '\t',
      hasHeader: true,
      questions: [],
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
      rows: 9,
      contacts: 8,
      duplicates: 0,
      records: ['customers'],
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

const busyLog = (calls: number): string =>
  Array.from({ length: calls }, (_, index) => {
    const at = 1_795_000_000 + index * 7;
    const id = `${at}.${index}`;
    return [
      `${at}|${id}|support|NONE|ENTERQUEUE||1380013${String(index % 5000).padStart(4, '0')}|1`,
      `${at + 5}|${id}|support|SIP/${index % 30}|CONNECT|5|x|3`,
      `${at + 65}|${id}|support|SIP/${index % 30}|COMPLETECALLER|5|60|1`,
    ];
  })
    .flat()
    // Calls overlap: lines stand by time.
    .toSorted((a, b) => Number(a.split('|')[0]) - Number(b.split('|')[0]))
    .join('\n');

describe('a queue log', () => {
  test('of several rotated files, packed and not, is read in the order of its lines', async () => {
    const lines = busyLog(600).split('\n');
    const parts = [lines.slice(0, 700), lines.slice(700, 1200), lines.slice(1200)].map(
      (part) => part.join('\n') + '\n',
    );
    const files = [
      await upload(app, manager, { name: 'queue_log', bytes: parts[2] ?? '' }),
      await upload(app, manager, { name: 'queue_log.2.gz', bytes: gzipSync(parts[0] ?? '') }),
      await upload(app, manager, { name: 'queue_log.1', bytes: parts[1] ?? '' }),
    ];
    const body = { fileIds: files.map(({ id }) => id), kind: 'queue_log' as const, log: 'rotated' };
    const { body: started } = await app.request(startImport, manager, { body });
    const done = await over(app, manager, started.id);
    expect(done.problem).toBeNull();
    expect(done).toMatchObject({
      contacts: 600,
      errors: 0,
      report: { outcomes: { answered: 600 } },
    });
    expect(done.report?.traps).toEqual([]);
    expect(done.report?.queues).toMatchObject([
      { queue: 'support', entered: 600, asteriskCompleted: 600 },
    ]);
  });

  test('stopped, or killed and begun anew, is counted never or once', async () => {
    const bytes = busyLog(60_000);
    const file = await upload(app, manager, { name: 'queue_log', bytes });
    const begin = async (log: string) => {
      const body = { fileIds: [file.id], kind: 'queue_log' as const, log };
      return (await app.request(startImport, manager, { body })).body.id;
    };
    const counting = async (id: string) => {
      for (;;) {
        const { body } = await app.request(getImport, manager, { params: { id } });
        if (body.contacts > 0) return body;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const stopped = await begin('stopped');
    await counting(stopped);
    await app.request(cancelImport, manager, { params: { id: stopped } });
    expect(await over(app, manager, stopped)).toMatchObject({
      state: 'cancelled',
      contacts: 0,
      sourceId: null,
    });

    const killed = await begin('killed');
    await counting(killed);
    const [child] = childrenOf(process.pid);
    process.kill(child ?? raise(), 'SIGKILL');
    const done = await over(app, manager, killed);
    expect(done).toMatchObject({ state: 'done', contacts: 60_000, report: { duplicates: 0 } });
    const { rows } = await sql<{ batches: number; contacts: number }>`
      select count(distinct batch_id)::int as batches, count(*)::int as contacts from kpi_contact where batch_id <> 1
        and batch_id not in (select id from kpi_batch where state = 'visible')
    `.execute(app.ctx.db);
    expect(rows).toEqual([{ batches: 0, contacts: 0 }]);
  });
});

function raise(): never {
  throw new Error('nothing runs');
}

/** Processes of imports that this one has started. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const isChild =
          readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] ===
          String(parent);
        return (
          isChild &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('imports/service/child.ts')
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

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
    state: 'failed',
    contacts: 0,
    sourceId: null,
    problem: { code: 'import.nothing_understood' },
  });
  expect(failed.report?.errors[0]).toMatchObject({ count: 1, places: [{ line: 2 }] });
});

test('what is over cannot be cancelled', async () => {
  const done = await run('bank.tsv', bank(), 'third bank');
  const answer = await app.request(cancelImport, manager, { params: { id: done.id } });
  expect(answer.problem.code).toBe('import.not_running');
});
