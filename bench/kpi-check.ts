// Whether the product computes what a plain script of a few lines computes from the same raw file: every figure of a
// bank's February, by type, day, hour, half hour and server. `node bench/kpi-check.ts [FILE] [--keep-result]`
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Cell, ImportDetail, ImportNotice, ReportView } from '../contract/src/index.ts';
import { freePort, Product } from '../tools/simulate/product.ts';
import { askReport, foundAndSignIn, importFile } from './kpi-check/ask.ts';
import type { Asker } from './kpi-check/ask.ts';
import { figuresOf, readPlainly } from './kpi-check/plain.ts';
import type { Plain } from './kpi-check/plain.ts';
import { saveResult, table } from './lib/report.ts';

const { values, positionals } = parseArgs({
  options: { 'keep-result': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const shared = join(
  import.meta.dirname,
  '../../shared/data/calls/anonymous-bank-1999-february.tsv',
);
const file = positionals[0] ?? shared;
/** Where the bank is, so that its days are the reports' days. */
const ZONE = 'Asia/Jerusalem';
const period = { from: '1999-02-01', to: '1999-02-28' };

type Figures = Record<string, number | null>;
type Compared = { group: string; key: string; figure: string; plain: unknown; product: unknown };
type Result = { groups: number; figures: number; different: Compared[] };

const asFigures = ({ counts, values: of }: Cell): Figures => ({
  contacts: counts.contacts,
  answered: counts.answered,
  abandoned: counts.abandoned,
  ...of,
});

/** Counts must be the same; quotients may differ by what floating point loses in the last places. */
function isSame(plain: number | null, product: number | null | undefined): boolean {
  if (plain === null || product === null || product === undefined)
    return plain === (product ?? null);
  return Math.abs(plain - product) <= Math.abs(plain) * 1e-12;
}

function compare(
  group: string,
  plain: Map<string, Figures>,
  product: Map<string, Figures>,
): Result {
  const different: Compared[] = [];
  let figures = 0;
  for (const key of new Set([...plain.keys(), ...product.keys()])) {
    const [expected, found] = [plain.get(key), product.get(key)];
    for (const figure of Object.keys(expected ?? found ?? {})) {
      figures += 1;
      const [a, b] = [expected?.[figure] ?? null, found?.[figure] ?? null];
      if (!isSame(a, b)) different.push({ group, key, figure, plain: a, product: b });
    }
  }
  return { groups: plain.size, figures, different };
}

const plainOf = (plain: Plain, group: keyof Plain['groups'], only?: string[]) =>
  new Map(
    [...plain.groups[group]].map(([key, tally]) => {
      const all = figuresOf(tally);
      const names = only ?? Object.keys(all);
      return [key, Object.fromEntries(names.map((name) => [name, all[name] ?? null]))];
    }),
  );

/** Figures by the local begin of each step that has any contact. */
function byStep(report: ReportView, length: number): Map<string, Figures> {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: ZONE,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const cells = report.steps.map((at, index): [string, Cell | undefined] => [
    clock.format(new Date(at)).slice(0, length),
    report.whole.points[index],
  ]);
  return new Map(
    cells.flatMap(([key, cell]) =>
      cell && cell.counts.contacts > 0 ? [[key, asFigures(cell)] as const] : [],
    ),
  );
}

const pick = (figures: Figures, names: string[]): Figures =>
  Object.fromEntries(names.map((name) => [name, figures[name] ?? null]));

async function compareAll(asker: Asker, plain: Plain): Promise<Result[]> {
  const standards =
    'queue_time,speed_of_answer,abandon_time,talk_time,service_level,answered_rate,queued_rate,abandonment';
  const ask = (step: string, by: string): Promise<ReportView> =>
    askReport(asker, { ...period, step, by, standards });
  const [days, hours, halves] = [
    await ask('day', 'none'),
    await ask('hour', 'none'),
    await ask('half_hour', 'none'),
  ];
  const byName = (report: ReportView, names?: string[]): Map<string, Figures> =>
    new Map(
      report.rows
        .filter(({ name, total }) => name !== '' && total.counts.answered > 0)
        .map(({ name, total }) => {
          const figures = asFigures(total);
          return [name, names ? pick(figures, names) : figures];
        }),
    );
  // A server answers; who gave up waiting gave up on nobody in particular.
  const ofServers = ['answered', 'speed_of_answer', 'talk_time'];
  return [
    compare('all', plainOf(plain, 'all'), new Map([['', asFigures(days.whole.total)]])),
    compare('type', plainOf(plain, 'type'), byName(await ask('month', 'type'))),
    compare('day', plainOf(plain, 'day'), byStep(days, 10)),
    compare('hour', plainOf(plain, 'hour'), byStep(hours, 13)),
    compare('halfHour', plainOf(plain, 'halfHour'), byStep(halves, 16)),
    compare(
      'server',
      plainOf(plain, 'server', ofServers),
      byName(await ask('month', 'agent'), ofServers),
    ),
  ];
}

const groupNames = ['all', 'type', 'day', 'hour', 'halfHour', 'server'];

type Checked = { imported: ImportDetail; seconds: number; results: Result[] };

/** Gives the file to the running product as anybody would, and asks for its reports. */
async function check(baseUrl: string, plain: Plain): Promise<Checked> {
  const asker = await foundAndSignIn(baseUrl, ZONE);
  const begin = performance.now();
  const imported = await importFile(asker, { file, log: 'bank' });
  const seconds = Math.round((performance.now() - begin) / 100) / 10;
  return { imported, seconds, results: await compareAll(asker, plain) };
}

function tell(plain: Plain, { imported, seconds, results }: Checked): void {
  const by = results.map(({ different, ...rest }, at) => ({
    by: groupNames[at] ?? '',
    ...rest,
    different: different.length,
  }));
  const different = results.flatMap((result) => result.different);
  const calls = plain.lines - plain.leftOut;
  process.stdout.write(`${table(by)}\n`);
  for (const one of different.slice(0, 40)) process.stdout.write(`${JSON.stringify(one)}\n`);
  process.stdout.write(
    different.length === 0
      ? `equal: every figure of ${calls} calls, imported in ${seconds} s\n`
      : `${different.length} figures differ\n`,
  );
  if (different.length > 0) process.exitCode = 1;
  if (!values['keep-result']) return;
  const brief = (list: ImportNotice[] = []) =>
    Object.fromEntries(list.map(({ code, count }) => [code, count]));
  const { leftOut, traps, errors } = imported.report ?? {};
  saveResult('kpi-check', {
    lines: plain.lines,
    leftOut: plain.leftOut,
    importSeconds: seconds,
    whole: plainOf(plain, 'all').get(''),
    by,
    import: { leftOut: brief(leftOut), traps: brief(traps), errors: brief(errors) },
  });
}

async function main(): Promise<void> {
  if (!existsSync(file)) {
    process.stdout.write(`${file} is not there: nothing to compare with\n`);
    return;
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-kpi-check-'));
  const product = new Product({ dataDir, port: await freePort() });
  try {
    await product.start();
    const plain = readPlainly(file);
    tell(plain, await check(product.baseUrl, plain));
  } finally {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await main();
