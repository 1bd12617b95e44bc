import { Durations } from '../../tools/simulate/ledger.ts';
import type { Http } from '../lib/http.ts';
import { cases, nameOf, pathOf, periodsOf, targets } from './cases.ts';
import type { Case, Span } from './cases.ts';
import { statementOf } from './raw.ts';
import type { Raw } from './raw.ts';

export type Pages = { http: Http; headers: Record<string, string>; whole: Span };

/** One page as the browser asks for it; ms. */
async function ask({ http, headers }: Pages, path: string): Promise<number> {
  const reply = await http.get(path, headers);
  if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.body.slice(0, 500)}`);
  return reply.ms;
}

const round = (ms: number): number => Math.round(ms * 10) / 10;

async function medianOf(raw: Raw, item: Case, spans: Span[]): Promise<number> {
  const durations = new Durations();
  const end = performance.now() + 10_000;
  for (let nth = 0; nth < 7 && performance.now() < end; nth += 1) {
    const span = spans[nth % spans.length] ?? spans[0];
    if (!span) break;
    const begin = performance.now();
    await raw.query(statementOf(raw.words, item, span));
    durations.add(performance.now() - begin);
  }
  return round(durations.at(0.5));
}

export type Measured = {
  name: string;
  targetMs: number;
  calls: number;
  p50: number;
  p95: number;
  max: number;
  /** Medians of the same aggregation by others, and how many times longer they take. */
  raw?: { name: string; ms: number; ratio: number }[];
};

async function measure(
  pages: Pages,
  item: Case,
  { calls, raws }: { calls: number; raws: Raw[] },
): Promise<Measured> {
  const spans = periodsOf(item.length, pages.whole);
  const durations = new Durations();
  const pathAt = (nth: number): string => pathOf(item, spans[nth % spans.length] ?? pages.whole);
  await ask(pages, pathAt(0));
  for (let nth = 0; nth < calls; nth += 1) durations.add(await ask(pages, pathAt(nth)));
  const { p50, p95, max } = durations.summary();
  const measured = { name: nameOf(item), targetMs: targets[item.length], calls, p50, p95, max };
  if (!item.isCompared) return measured;
  const raw: NonNullable<Measured['raw']> = [];
  for (const one of raws) {
    const ms = await medianOf(one, item, spans);
    raw.push({ name: one.name, ms, ratio: round(ms / p50) });
  }
  return { ...measured, raw };
}

/** Every page of the reports, one after the other by one reader; some of them beside plain SQL and DuckDB. */
export async function measurePages(
  pages: Pages,
  options: { calls: number; raws: Raw[]; only: RegExp | null },
  say: (measured: Measured) => void,
): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const item of cases) {
    if (options.only && !options.only.test(nameOf(item))) continue;
    const measured = await measure(pages, item, options);
    results.push(measured);
    say(measured);
  }
  return results;
}

/** Asks for one page after the other until told to stop; gives how many it got. */
export async function readOn(pages: Pages, isOver: () => boolean): Promise<number> {
  let count = 0;
  for (; !isOver(); count += 1) {
    const item = cases[(count * 7) % cases.length];
    if (!item) break;
    const spans = periodsOf(item.length, pages.whole);
    await ask(pages, pathOf(item, spans[count % spans.length] ?? pages.whole));
  }
  return count;
}
