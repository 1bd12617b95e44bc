import type { Pool } from 'pg';
import { Durations } from '../../tools/simulate/ledger.ts';
import type { Http } from './http.ts';
import { closedLoop } from './loop.ts';
import type { Figures } from './loop.ts';
import { quietMoment } from './quiet.ts';
import { otherCases } from './report.ts';

/** One thing people do, and how a plain implementation would ask the database for it. */
export type Case<Group extends string = string, Role extends string = string> = {
  group: Group;
  name: string;
  as: Role;
  /** Requests that belong together, one after the other; several variants take turns. */
  requests: string[][];
  /** Statements of the plain way, without HTTP around it: the comparison favours it. */
  baseline?: string[];
};
/** Where cases are measured: who asks by which headers, and what is promised (p95 at one caller, in ms). */
export type Place = {
  http: Http;
  pool: Pool;
  callers: Record<string, Record<string, string>>;
  targets: Record<string, number | undefined>;
  calls: number;
  /** Of several rounds the one that others on the machine disturbed least counts. */
  rounds: number;
};

/** All requests of one variant of the case, one after the other, as the desk sends them. */
async function perform(
  { http, callers }: Place,
  { as, requests }: Case,
  nth: number,
): Promise<number> {
  let ms = 0;
  for (const path of requests[nth % requests.length] ?? []) {
    const reply = await http.get(path, callers[as] ?? {});
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

export type Measured = {
  group: string;
  name: string;
  as: string;
  /** Missing where nothing is promised. */
  targetMs?: number | undefined;
  one: Figures;
  eight: Figures;
  baseline?: ReturnType<Durations['summary']>;
  /** How often slower the plain way is, by medians. */
  ratio?: number;
};

async function measure(place: Place, item: Case): Promise<Measured> {
  const { calls, targets } = place;
  const call = (nth: number): Promise<number> => perform(place, item, nth);
  await closedLoop({ clients: 1, calls: Math.min(20, calls) }, call);
  const one = await closedLoop({ clients: 1, calls }, call);
  const eight = await closedLoop({ clients: 8, calls: calls * 2 }, call);
  const { group, name, as, baseline: statements } = item;
  const measured: Measured = { group, name, as, targetMs: targets[group], one, eight };
  if (!statements) return measured;
  const baseline = await baselineOf(place, statements);
  return { ...measured, baseline, ratio: Math.round((baseline.p50 / one.p50) * 10) / 10 };
}

async function quietest(place: Place, item: Case): Promise<Measured> {
  const rounds: Measured[] = [];
  for (let round = 0; round < place.rounds; round += 1) {
    if (place.rounds > 1) await quietMoment(5_000);
    rounds.push(await measure(place, item));
  }
  return rounds.reduce((best, one) => (one.one.p95 < best.one.p95 ? one : best));
}

/** Measures one case after the other. */
export async function measureAll(place: Place, cases: Case[]): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const item of cases) {
    results.push(await quietest(place, item));
    process.stderr.write(`\r${results.length}/${cases.length}`);
  }
  process.stderr.write('\n');
  return results;
}

/** Whether what is promised was missed. */
export const isOver = ({ one, targetMs = Infinity }: Measured): boolean => one.p95 > targetMs;

/** A line for the terminal. */
export const asRow = (measured: Measured) => {
  const { group, name, as, one, eight, targetMs, baseline, ratio } = measured;
  return {
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
    '': isOver(measured) ? `over ${targetMs} ms` : '',
  };
};

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

/** The cases of a result file: those measured now and, where only a part was, the others of the last time. */
export function keptCases(
  results: Measured[],
  { file, isPart }: { file: string; isPart: boolean },
): Kept[] {
  const kept = results.map(asKept);
  const isMeasured = (earlier: Kept): boolean => kept.some((one) => keyOf(one) === keyOf(earlier));
  return [...(isPart ? otherCases<Kept>(file, isMeasured) : []), ...kept];
}
