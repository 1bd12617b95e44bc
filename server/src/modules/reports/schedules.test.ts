import { setTimeout as sleep } from 'node:timers/promises';
import {
  createSavedView,
  createSchedule,
  deleteSavedView,
  deleteSchedule,
  listSchedules,
  listSendings,
  previewSchedule,
  retrySending,
  sendScheduleNow,
  updateSchedule,
} from '@yingda/contract';
import type { ScheduleInput, ScheduleView, SendingView } from '@yingda/contract';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import type { Caller, TestApp } from '../../../test/app.ts';
import { startSmtpServer } from '../../../test/smtp-server.ts';
import type { ReceivedMail, SmtpServer } from '../../../test/smtp-server.ts';
import { deliver } from './service/deliver.ts';

let app: TestApp;
let smtp: SmtpServer;
let manager: Caller;
let viewId: string;
beforeAll(async () => {
  smtp = await startSmtpServer();
  app = await testApp({
    config: { mail: { smtpUrl: smtp.url, from: '客服 <service@example.com>' } },
  });
  manager = await app.newPerson({ role: 'manager', name: '王经理' });
  const body = {
    name: '上周指标',
    page: 'standards' as const,
    query: { period: { relative: 'last_week' as const } },
    isShared: true,
  };
  viewId = (await app.request(createSavedView, manager, { body })).body.id;
});
afterAll(() => smtp.close());

const input = (change: Partial<ScheduleInput> = {}) => ({
  name: '每周报表',
  viewId,
  rhythm: 'weekly' as const,
  day: 1,
  minute: 480,
  people: [],
  addresses: ['boss@example.com'],
  locale: 'zh-CN' as const,
  subject: '',
  attachments: ['pdf' as const, 'xlsx' as const],
  isActive: true,
  ...change,
});
const create = async (change: Partial<ScheduleInput> = {}, as = manager): Promise<ScheduleView> => {
  const { status, body } = await app.request(createSchedule, as, { body: input(change) });
  expect(status).toBe(201);
  return body;
};
const until = async <T>(find: () => Promise<T | undefined> | T | undefined): Promise<T> => {
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    await sleep(25);
  }
};
const mailTo = (address: string): Promise<ReceivedMail> =>
  until(() => smtp.mails.find(({ to }) => to.includes(address)));
const log = async (id: string): Promise<SendingView[]> =>
  (await app.request(listSendings, manager, { params: { id }, query: {} })).body.items;
const ended = (id: string): Promise<SendingView> =>
  until(async () =>
    (await log(id)).find(
      ({ state }) => state === 'sent' || state === 'failed' || state === 'retrying',
    ),
  );
/** As if the time of the schedule had come so many milliseconds ago. */
const makeDue = async (id: string, agoMs = 0): Promise<Date> => {
  const at = new Date(Date.now() - agoMs);
  await sql`update timer set due_at = ${at}, run_at = ${at} where kind = 'report.due' and key = ${id}`.execute(
    app.ctx.db,
  );
  return at;
};
const timerIsAhead = async (id: string): Promise<boolean> => {
  const { rows } =
    await sql`select from timer where key = ${id} and run_at > now() + interval '1 hour'`.execute(
      app.ctx.db,
    );
  return rows.length > 0;
};
const schedule = async (id: string): Promise<ScheduleView | undefined> =>
  (await app.request(listSchedules, manager)).body.items.find((one) => one.id === id);

/** Every minute of the day is a time of this schedule, so that now is one. */
const dueNow = async (change: Partial<ScheduleInput> = {}): Promise<ScheduleView> => {
  const { timeZone } = (await app.request(listSchedules, manager)).body;
  const [hour = 0, minute = 0] = new Date()
    .toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
    .split(':')
    .map(Number);
  const made = await create({ rhythm: 'daily', minute: hour * 60 + minute, ...change });
  const at = Math.floor(Date.now() / 60_000) * 60_000;
  await makeDue(made.id, Date.now() - at);
  return made;
};

test('a schedule mails its view when it is due: figures, list and files, and is due again the next day', async () => {
  const made = await dueNow({ addresses: ['first@example.com'], subject: '报表 {{period}}' });
  const mail = await mailTo('first@example.com');
  expect(mail.from).toBe('service@example.com');
  expect(mail.html).toContain('服务水平');
  expect(mail.text).toContain('关键指标');
  expect(mail.html).toMatch(/<h1[^>]*>上周指标/);
  const files = [...mail.raw.matchAll(/Content-Type:\s+(application\/[\w.-]+)/g)].map(
    ([, type]) => type,
  );
  expect(files).toEqual([
    'application/pdf',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ]);
  const sending = await ended(made.id);
  expect(sending).toMatchObject({
    kind: 'due',
    state: 'sent',
    subject: expect.stringMatching(/^报表 \d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d$/),
    deliveries: [{ recipient: 'first@example.com', state: 'sent', attempts: 1 }],
  });
  const next = await schedule(made.id);
  const ahead = Date.parse(next?.nextDueAt ?? '') - Date.now();
  expect(ahead).toBeGreaterThan(23 * 3_600_000 - 120_000);
  expect(next).toMatchObject({ last: { state: 'sent' }, stopped: null });
  expect(smtp.mails.filter(({ to }) => to.includes('first@example.com'))).toHaveLength(1);
});

test('two processes and a clock that was put back send one mail', async () => {
  const other = await testApp({
    database: app.services.database,
    config: { mail: { smtpUrl: smtp.url, from: 'a@example.com' } },
  });
  const made = await dueNow({ addresses: ['once@example.com'], attachments: [] });
  await mailTo('once@example.com');
  await ended(made.id);
  await makeDue(made.id, 60_000);
  await until(async () => ((await timerIsAhead(made.id)) ? true : undefined));
  expect(await log(made.id)).toHaveLength(1);
  expect(smtp.mails.filter(({ to }) => to.includes('once@example.com'))).toHaveLength(1);
  await other.stop();
});

test('a refusal for good is final, others are tried again, and by hand all that is left', async () => {
  const made = await create({
    addresses: ['good@example.com', 'gone@example.com'],
    attachments: [],
  });
  smtp.answerNext('RCPT', '550 No such person');
  await app.request(sendScheduleNow, manager, {
    params: { id: made.id },
    body: { to: 'recipients' },
  });
  const sending = await ended(made.id);
  expect(sending).toMatchObject({ kind: 'by_hand', state: 'failed', nextTryAt: null });
  expect(sending.deliveries.map(({ state, problem }) => [state, problem])).toEqual([
    ['refused', 'mail.refused'],
    ['sent', null],
  ]);
  smtp.answerNext('RCPT', '451 Busy');
  await app.request(retrySending, manager, { params: { id: sending.id } });
  const later = await until(async () =>
    (await log(made.id)).find(({ state }) => state === 'retrying'),
  );
  expect(later.deliveries.map(({ state, attempts }) => [state, attempts])).toEqual([
    ['retrying', 2],
    ['sent', 1],
  ]);
  expect(Date.parse(later.nextTryAt ?? '')).toBeGreaterThan(Date.now());
  await sql`update timer set due_at = now(), run_at = now() where kind = 'report.retry' and key = ${sending.id}`.execute(
    app.ctx.db,
  );
  const done = await until(async () => (await log(made.id)).find(({ state }) => state === 'sent'));
  expect(done.deliveries.every(({ state }) => state === 'sent')).toBe(true);
  expect(
    smtp.mails.filter(
      ({ to }) => to.includes('gone@example.com') || to.includes('good@example.com'),
    ),
  ).toHaveLength(2);
});

test('a mail of which nobody knows whether it went goes again as the same mail, once its process must be dead', async () => {
  const made = await create({ addresses: ['twice@example.com'], attachments: [] });
  const params = { id: made.id };
  await app.request(sendScheduleNow, manager, { params, body: { to: 'recipients' } });
  const { id } = await ended(made.id);
  /** As a process leaves it that dies between the mail server's answer and its note. */
  const die = (minutes: number) =>
    sql`update report_delivery set state = 'sending', at = now() - ${minutes} * interval '1 minute' where sending_id = ${id}`.execute(
      app.ctx.db,
    );
  const sent = () => smtp.mails.filter(({ to }) => to.includes('twice@example.com'));
  await die(9);
  await deliver(app.ctx, id);
  expect(sent()).toHaveLength(1);
  expect(await ended(made.id)).toMatchObject({ state: 'retrying' });
  await die(11);
  await deliver(app.ctx, id);
  const ids = sent().map(({ raw }) => /^Message-ID: (.+)$/im.exec(raw)?.[1]);
  expect(ids).toEqual([expect.stringContaining('report-'), ids[0]]);
  expect(await ended(made.id)).toMatchObject({ state: 'sent', deliveries: [{ attempts: 2 }] });
});

test('what begins like a formula is text in the workbook of a mail', async () => {
  const name = '=HYPERLINK("http://x")';
  const view = { name, page: 'report' as const, query: { period: { relative: 'today' as const } } };
  const { body } = await app.request(createSavedView, manager, { body: view });
  const made = await create({
    name,
    viewId: body.id,
    addresses: ['formula@example.com'],
    attachments: ['xlsx'],
  });
  const params = { id: made.id };
  await app.request(sendScheduleNow, manager, { params, body: { to: 'recipients' } });
  const { raw } = await mailTo('formula@example.com');
  const part = raw.slice(raw.lastIndexOf('spreadsheetml.sheet'));
  const [, base64 = ''] = /\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(part) ?? [];
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(base64, 'base64') as unknown as ArrayBuffer);
  const texts: string[] = [];
  book.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        expect(cell.formula).toBeUndefined();
        texts.push(cell.text);
      }),
    ),
  );
  expect(texts).toContain(name);
});

test('a trial goes to oneself alone, in the language of the schedule', async () => {
  const made = await create({ locale: 'en', addresses: ['nobody@example.com'], attachments: [] });
  await app.request(sendScheduleNow, manager, { params: { id: made.id }, body: { to: 'me' } });
  const sending = await ended(made.id);
  expect(sending).toMatchObject({
    kind: 'trial',
    state: 'sent',
    deliveries: [{ recipient: '王经理' }],
  });
  expect(smtp.mails.at(-1)?.text).toContain('Key figures');
  expect(smtp.mails.some(({ to }) => to.includes('nobody@example.com'))).toBe(false);
  expect((await schedule(made.id))?.last).toBeNull();
});

test('a schedule whose owner may no more stops and says so', async () => {
  const owner = await app.newPerson({ role: 'manager' });
  const made = await app.request(createSchedule, owner, {
    body: input({ addresses: ['late@example.com'] }),
  });
  await sql`delete from role_grant where user_id = ${owner.userId}`.execute(app.ctx.db);
  await makeDue(made.body.id, 7 * 86_400_000);
  const stopped = await until(async () => {
    const one = await schedule(made.body.id);
    return one?.stopped ? one : undefined;
  });
  expect(stopped).toMatchObject({
    stopped: 'owner_without_right',
    isActive: false,
    nextDueAt: null,
  });
  expect((await ended(made.body.id)).problem).toBe('owner_without_right');
  expect(smtp.mails.some(({ to }) => to.includes('late@example.com'))).toBe(false);
  const taken = await app.request(updateSchedule, manager, {
    params: { id: made.body.id },
    body: input(),
  });
  expect(taken.body).toMatchObject({ stopped: null, isActive: true, ownerName: '王经理' });
});

test('the preview is the mail with its files, and the files are those of the export', async () => {
  const { name, locale, subject, attachments } = input();
  const { body } = await app.request(previewSchedule, manager, {
    body: { name, viewId, locale, subject, attachments },
  });
  expect(body.html).toContain('<table');
  expect(body.files.map(({ mime }) => mime)).toEqual([
    'application/pdf',
    expect.stringContaining('spreadsheetml'),
  ]);
  const [file] = body.files;
  const fetched = await app.http?.inject({ url: file?.address ?? '', headers: manager.headers });
  expect(fetched?.statusCode).toBe(200);
  expect(fetched?.headers['content-type']).toBe('application/pdf');
  expect(fetched?.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
});

test('schedules take the right to manage reports, a view that is seen, and a recipient', async () => {
  const supervisor = await app.newPerson({ role: 'supervisor' });
  expect((await app.request(createSchedule, supervisor, { body: input() })).problem.code).toBe(
    'auth.forbidden',
  );
  expect(
    (await app.request(createSchedule, manager, { body: input({ addresses: [] }) })).problem.faults,
  ).toMatchObject([{ kind: 'no_recipient' }]);
  expect(
    (await app.request(createSchedule, manager, { body: input({ day: 9 }) })).problem.faults,
  ).toMatchObject([{ kind: 'weekday' }]);
  const other = { ...input(), viewId: manager.userId };
  expect((await app.request(createSchedule, manager, { body: other })).problem.code).toBe(
    'view.not_found',
  );
  const made = await create();
  expect(
    (await app.request(deleteSavedView, manager, { params: { id: viewId } })).problem.code,
  ).toBe('view.in_use');
  expect((await app.request(deleteSchedule, manager, { params: { id: made.id } })).status).toBe(
    204,
  );
  const { rows } = await sql`select from timer where key = ${made.id}`.execute(app.ctx.db);
  expect(rows).toEqual([]);
});

test('without a mail server the page says so, and nothing is sent by hand', async () => {
  const silent = await testApp({ worker: false });
  const person = await silent.newPerson({ role: 'manager' });
  const view = await silent.request(createSavedView, person, {
    body: { name: 'v', page: 'report', query: { period: { relative: 'today' } } },
  });
  const made = await silent.request(createSchedule, person, {
    body: input({ viewId: view.body.id }),
  });
  expect((await silent.request(listSchedules, person)).body.canSend).toBe(false);
  const sent = await silent.request(sendScheduleNow, person, {
    params: { id: made.body.id },
    body: { to: 'me' },
  });
  expect(sent.problem.code).toBe('mail.not_configured');
});
