/** How fast the desk reads with a million conversations behind it. `node bench/reads.ts --data DIR` after `npm run load`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { consoleLog, openDatabase } from '../server/src/platform/db/index.ts';
import { accounts } from '../tools/load/company.ts';
import { Client } from '../tools/simulate/client.ts';
import { Durations } from '../tools/simulate/ledger.ts';
import { freePort, Product } from '../tools/simulate/product.ts';
import { Http } from './lib/http.ts';
import { closedLoop } from './lib/loop.ts';
import type { Figures } from './lib/loop.ts';
import { quietMoment } from './lib/quiet.ts';
import { busyness, otherCases, readLoaded, saveResult, table } from './lib/report.ts';
import { casesFor, targets } from './reads/cases.ts';
import type { Case, Role } from './reads/cases.ts';
import { readSamples } from './reads/samples.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    calls: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '1' },
    only: { type: 'string' },
    'keep-result': { type: 'boolean', default: false },
  },
});

type Callers = Record<Role, Record<string, string>>;

async function signInAll(baseUrl: string): Promise<Callers> {
  const headersOf = async (role: Role): Promise<Record<string, string>> => {
    const client = new Client(baseUrl);
    await client.signIn(accounts[role].email, accounts[role].password);
    return { ...client.headers };
  };
  return {
    administrator: await headersOf('administrator'),
    supervisor: await headersOf('supervisor'),
    agent: await headersOf('agent'),
    former: await headersOf('former'),
  };
}

type Place = { http: Http; callers: Callers; pool: Pool };

/** All requests of one variant of the case, one after the other, as the desk sends them. */
async function perform(
  { http, callers }: Place,
  { as, requests }: Case,
  nth: number,
): Promise<number> {
  let ms = 0;
  for (const path of requests[nth % requests.length] ?? []) {
    const reply = await http.get(path, callers[as]);
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.body}`);
    ms += reply.ms;
  }
  return ms;
}

/** The plain statements at one client, in the same minute on the same data; no more than a few seconds. */
async function baselineOf(
  { pool }: Place,
  statements: string[],
): Promise<ReturnType<Durations['summary']>> {
  const durations = new Durations();
  const end = performance.now() + 8_000;
  for (let nth = 0; nth < 50 && (nth < 3 || performance.now() < end); nth += 1) {
    const start = performance.now();
    await pool.query(statements[nth % statements.length] ?? '');
    durations.add(performance.now() - start);
  }
  return durations.summary();
}

type Measured = {
  group: Case['group'];
  name: string;
  as: Role;
  /** Missing where nothing is promised. */
  targetMs?: number | undefined;
  one: Figures;
  eight: Figures;
  baseline?: ReturnType<Durations['summary']>;
  /** How often slower the plain way is, by medians. */
  ratio?: number;
};

async function measure(place: Place, item: Case, calls: number): Promise<Measured> {
  const call = (nth: number): Promise<number> => perform(place, item, nth);
  await closedLoop({ clients: 1, calls: 20 }, call);
  const one = await closedLoop({ clients: 1, calls }, call);
  const eight = await closedLoop({ clients: 8, calls: calls * 2 }, call);
  const { group, name, as, baseline: statements } = item;
  const measured: Measured = { group, name, as, targetMs: targets[group], one, eight };
  if (!statements) return measured;
  const baseline = await baselineOf(place, statements);
  return { ...measured, baseline, ratio: Math.round((baseline.p50 / one.p50) * 10) / 10 };
}

/** Of several rounds the one that others on the machine disturbed least. */
async function quietest(place: Place, item: Case): Promise<Measured> {
  const rounds: Measured[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    if (Number(values.rounds) > 1) await quietMoment(5_000);
    rounds.push(await measure(place, item, Number(values.calls)));
  }
  return rounds.reduce((best, one) => (one.one.p95 < best.one.p95 ? one : best));
}

const isOver = ({ p95 }: Figures, targetMs = Infinity): boolean => p95 > targetMs;

const asRow = ({ group, name, as, one, eight, targetMs, baseline, ratio }: Measured) => ({
  group,
  name,
  as,
  p50: one.p50,
  p95: one.p95,
  p99: one.p99,
  'p50 of 8': eight.p50,
  'p95 of 8': eight.p95,
  'per s of 8': eight.perSecond,
  plain: baseline?.p50 ?? '',
  ratio: ratio === undefined ? '' : `${ratio}×`,
  '': isOver(one, targetMs) ? `over ${targetMs} ms` : '',
});

const inShort = ({ p50, p95, p99, perSecond }: Figures) => ({ p50, p95, p99, perSecond });

const asKept = (measured: Measured) => ({
  ...measured,
  one: inShort(measured.one),
  eight: inShort(measured.eight),
  ...(measured.baseline && {
    baseline: { p50: measured.baseline.p50, p95: measured.baseline.p95 },
  }),
});

type Kept = ReturnType<typeof asKept>;
const keyOf = ({ group, name, as }: Kept): string => `${group} ${name} ${as}`;

async function main(): Promise<void> {
  if (!values.data) throw new Error('--data DIR: an installation filled by `npm run load`');
  const dataDir = resolve(values.data);
  const product = new Product({ dataDir, port: await freePort() });
  await product.start();
  const databaseUrl = process.env['DATABASE_URL'];
  const database = await openDatabase({ databaseUrl, dataDir, log: consoleLog, share: true });
  const http = new Http(product.baseUrl);
  try {
    const place = { http, callers: await signInAll(product.baseUrl), pool: database.pool };
    const only = values.only ? new RegExp(values.only) : null;
    const cases = (await casesFor(await readSamples(database.pool))).filter(
      ({ group, name, as }) => !only || only.test(`${group} ${name} ${as}`),
    );
    const before = busyness();
    const results: Measured[] = [];
    for (const item of cases) {
      results.push(await quietest(place, item));
      process.stderr.write(`\r${results.length}/${cases.length}`);
    }
    process.stderr.write('\n');
    process.stdout.write(`${table(results.map(asRow))}\n`);
    if (values['keep-result']) {
      const kept = results.map(asKept);
      const same = (earlier: Kept): boolean => kept.some((one) => keyOf(one) === keyOf(earlier));
      const rest = only ? otherCases<Kept>('reads', same) : [];
      const file = saveResult('reads', {
        data: readLoaded(dataDir),
        busyBefore: before,
        cases: [...rest, ...kept],
      });
      process.stdout.write(`${file}\n`);
    }
    if (results.some(({ one, targetMs }) => isOver(one, targetMs))) process.exitCode = 1;
  } finally {
    http.close();
    await database.close();
    await product.stop();
  }
}

await main();
