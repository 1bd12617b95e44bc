// Ten million contacts of a centre's log: how fast they are imported, how fast the pages of the reports come, and what
// chats notice of it. `node bench/kpi.ts [--contacts N] [--calls N] [--only REGEX] [--folder DIR] [--keep-result]`
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { from as copyFrom } from 'pg-copy-streams';
import { planOf, writeCentreLog } from '../server/src/app/demo/centre-log/index.ts';
import { consoleLog, openDatabase } from '../server/src/platform/db/index.ts';
import type { Database } from '../server/src/platform/db/index.ts';
import { freePort, Product } from '../tools/simulate/product.ts';
import { foundAndSignIn } from './kpi-check/ask.ts';
import { beside, besideLoops } from './kpi/beside.ts';
import { openDuck } from './kpi/duck.ts';
import type { Duck } from './kpi/duck.ts';
import { timedImport } from './kpi/imported.ts';
import type { Imported } from './kpi/imported.ts';
import { measurePages } from './kpi/pages.ts';
import type { Measured } from './kpi/pages.ts';
import { factWords, loadRawTable, rawWords } from './kpi/raw.ts';
import type { Raw } from './kpi/raw.ts';
import { Http } from './lib/http.ts';
import { memoryMb } from './lib/memory.ts';
import { busyness, saveResult, table } from './lib/report.ts';
import { drive } from './messages/drive.ts';

const { values } = parseArgs({
  options: {
    contacts: { type: 'string', default: '300000' },
    from: { type: 'string', default: '2023-11-01' },
    to: { type: 'string', default: '2026-10-31' },
    calls: { type: 'string', default: '20' },
    only: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
    'chat-seconds': { type: 'string', default: '60' },
    'keep-result': { type: 'boolean', default: false },
  },
});
const contacts = Number(values.contacts);
const whole = { from: values.from, to: values.to };
const chatSeconds = Number(values['chat-seconds']);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** What the product promises. */
const LEAST_PER_SECOND = 20_000;
const MOST_SLOWER = 1.5;
const CHAT_RATE = 100;

type Chat = Awaited<ReturnType<typeof drive>>;

/** A hundred chat messages a second for as long as something else goes on beside them. */
async function chatsDuring(url: string, during: () => Promise<unknown>): Promise<Chat> {
  return drive({
    urls: [url],
    conversations: 100,
    agents: 20,
    seconds: chatSeconds,
    rate: CHAT_RATE,
    during,
  });
}

const inShort = ({ perSecond, deliveredMs, acknowledgedMs, notDelivered }: Chat) => ({
  perSecond,
  deliveredP50: deliveredMs.p50,
  deliveredP99: deliveredMs.p99,
  acknowledgedP99: acknowledgedMs.p99,
  notDelivered,
});
type Chats = Record<'alone' | 'loops' | 'import' | 'reports', ReturnType<typeof inShort>>;

async function rawsOf(folder: string, csv: string, database: Database) {
  const { pool } = database;
  await loadRawTable(pool, async (sql) => {
    const client = await pool.connect();
    try {
      await pipeline(createReadStream(csv), client.query(copyFrom(sql)));
    } finally {
      client.release();
    }
  });
  await pool.query('vacuum analyze kpi_contact');
  const ask = async (sql: string): Promise<unknown> => (await pool.query(sql)).rows;
  const duck = await openDuck(folder, csv);
  const raws: Raw[] = [
    { name: 'SQL over facts', words: factWords, query: ask },
    { name: 'SQL over a raw table', words: rawWords, query: ask },
    ...duck.sources,
  ];
  return { raws, duck };
}

async function generate(file: string, count: number, seed: number) {
  const plan = planOf({ contacts: count, ...whole, seed });
  const { seconds } = await writeCentreLog(plan, { file });
  return {
    contacts: count,
    queues: plan.centre.queues.length,
    agents: plan.centre.agents.length,
    seconds: Math.round(seconds * 10) / 10,
    perSecond: Math.round(count / seconds),
  };
}

async function sizes({ pool }: Database): Promise<Record<string, { rows: number; mb: number }>> {
  const { rows } = await pool.query<{ name: string; rows: number; mb: number }>(`
    select relname as name, greatest(reltuples, 0)::float8 as rows,
      round(pg_total_relation_size(oid) / 1e6)::float8 as mb
    from pg_class where relkind = 'r' and (relname like 'kpi\\_%' or relname = 'contact_history')
      and pg_total_relation_size(oid) > 1000000 order by 3 desc`);
  return Object.fromEntries(rows.map(({ name, ...rest }) => [name, rest]));
}

function show(imported: Imported, measured: Measured[], chats: Chats): void {
  const { perSecond, seconds, mostMb } = imported;
  process.stdout.write(
    `imported ${imported.contacts} contacts in ${seconds} s: ${perSecond}/s, at most ${mostMb} MB\n\n`,
  );
  const rows = measured.map(({ raw = [], ...of }) => ({
    page: of.name,
    p50: of.p50,
    p95: of.p95,
    max: of.max,
    ...Object.fromEntries(raw.map(({ name, ms, ratio }) => [name, `${ms} (${ratio}×)`])),
    '': of.p95 > of.targetMs ? `over ${of.targetMs} ms` : '',
  }));
  process.stdout.write(`${table(rows)}\n\n`);
  process.stdout.write(
    `${table(Object.entries(chats).map(([other, chat]) => ({ beside: other, ...chat })))}\n`,
  );
}

function broken(imported: Imported, measured: Measured[], chats: Chats): string[] {
  const slow = measured.filter(({ p95, targetMs }) => p95 > targetMs).map(({ name }) => name);
  const late = (['import', 'reports'] as const).filter(
    (other) => chats[other].deliveredP99 > chats.alone.deliveredP99 * MOST_SLOWER,
  );
  return [
    ...(imported.perSecond < LEAST_PER_SECOND ? [`import: ${imported.perSecond}/s`] : []),
    ...slow.map((name) => `page too slow: ${name}`),
    ...late.map((other) => `chats late beside ${other}`),
  ];
}

async function chatsBeside(product: Product, file: string) {
  const { baseUrl: url, pid = 0 } = product;
  let [pagesRead, second] = [0, null as Imported | null];
  const alone = await chatsDuring(url, () => sleep(0));
  const loops = await chatsDuring(url, () => besideLoops(chatSeconds));
  const reports = await chatsDuring(url, async () => {
    pagesRead = await beside({ what: 'reports', baseUrl: url, whole, seconds: chatSeconds });
  });
  const importing = await chatsDuring(url, async () => {
    second = await beside({ what: 'import', baseUrl: url, file, log: 'second centre', pid });
  });
  const all = { alone, loops, reports, import: importing };
  const chats = Object.fromEntries(
    Object.entries(all).map(([other, chat]) => [other, inShort(chat)]),
  ) as Chats;
  return { chats, second, pagesRead };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(values.folder, 'yingda-kpi-'));
  const before = busyness();
  const [csv, secondCsv] = [join(folder, 'contacts.csv'), join(folder, 'more.csv')];
  const generated = await generate(csv, contacts, 1);
  await generate(secondCsv, Math.min(contacts, 1_000_000), 2);
  say(`generated ${generated.contacts} contacts at ${generated.perSecond}/s`);
  const dataDir = join(folder, 'data');
  const product = new Product({ dataDir, port: await freePort() });
  let database: Database | null = null;
  let duck: Duck | null = null;
  try {
    await product.start();
    const asker = await foundAndSignIn(product.baseUrl, 'Asia/Shanghai');
    const pid = product.pid ?? 0;
    const imported = await timedImport(asker, { file: csv, log: 'centre', pid }, say);
    say(`imported at ${imported.perSecond}/s`);
    database = await openDatabase({ dataDir, log: consoleLog, share: true });
    const raw = await rawsOf(folder, csv, database);
    duck = raw.duck;
    const pages = { http: new Http(product.baseUrl), headers: asker.headers, whole };
    const options = {
      calls: Number(values.calls),
      raws: raw.raws,
      only: values.only ? new RegExp(values.only) : null,
    };
    const measured = await measurePages(pages, options, ({ name, p50, p95 }) =>
      say(`${name}: ${p50} / ${p95} ms`),
    );
    const { chats, second, pagesRead } = await chatsBeside(product, secondCsv);
    show(imported, measured, chats);
    const problems = broken(imported, measured, chats);
    for (const problem of problems) process.stdout.write(`${problem}\n`);
    if (problems.length > 0) process.exitCode = 1;
    if (values['keep-result'])
      saveResult('kpi', {
        busyBefore: before,
        generated,
        import: imported,
        importBesideChats: second,
        duckSeconds: duck.seconds,
        pages: measured,
        pagesReadBesideChats: pagesRead,
        chats,
        tables: await sizes(database),
        memoryMb: memoryMb(pid),
      });
    pages.http.close();
  } finally {
    duck?.close();
    await database?.close();
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
