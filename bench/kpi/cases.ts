import type { ReportGroup, ReportStep } from '../../contract/src/index.ts';

export type Length = 'month' | 'quarter' | 'year' | 'whole';
/** Milliseconds within which 95 of 100 pages must be there. */
export const targets: Record<Length, number> = {
  month: 300,
  quarter: 1_000,
  year: 1_000,
  whole: 1_000,
};

export type Span = { from: string; to: string };
/** `standards`: the page with all 23; `contacts`: what stands behind a figure. */
export type Case = {
  page: 'report' | 'standards' | 'contacts';
  length: Length;
  step: ReportStep | null;
  by: ReportGroup | null;
  /** Also asked of the raw rows. */
  isCompared: boolean;
};

const compared = new Set([
  'month day none',
  'month day queue',
  'month month agent',
  'quarter week type',
  'year week queue',
  'year month topic',
  'whole month none',
  'whole month queue',
  'whole year agent',
]);

const report = (length: Length, step: ReportStep, by: ReportGroup): Case => ({
  page: 'report',
  length,
  step,
  by,
  isCompared: compared.has(`${length} ${step} ${by}`),
});

const groups: ReportGroup[] = [
  'none',
  'team',
  'queue',
  'agent',
  'channel',
  'topic',
  'type',
  'tier',
  'source',
];
const fewRows: ReportGroup[] = ['none', 'queue', 'channel', 'topic', 'type', 'tier'];

const page = (kind: 'standards' | 'contacts', length: Length): Case => ({
  page: kind,
  length,
  step: null,
  by: null,
  isCompared: false,
});

/** Every step and group that the pages offer for a period, as long as the answer has no more cells than allowed. */
export const cases: Case[] = [
  page('standards', 'month'),
  page('contacts', 'month'),
  report('month', 'half_hour', 'none'),
  report('month', 'hour', 'none'),
  ...fewRows.map((by) => report('month', 'day', by)),
  ...groups.map((by) => report('month', 'month', by)),
  page('standards', 'quarter'),
  report('quarter', 'hour', 'none'),
  ...fewRows.map((by) => report('quarter', 'day', by)),
  ...groups.map((by) => report('quarter', 'week', by)),
  page('standards', 'year'),
  report('year', 'day', 'none'),
  ...fewRows.map((by) => report('year', 'week', by)),
  ...groups.map((by) => report('year', 'month', by)),
  page('standards', 'whole'),
  page('contacts', 'whole'),
  report('whole', 'day', 'none'),
  report('whole', 'week', 'queue'),
  ...fewRows.map((by) => report('whole', 'month', by)),
  ...groups.map((by) => report('whole', 'quarter', by)),
  ...groups.map((by) => report('whole', 'year', by)),
];

const MONTHS: Record<Exclude<Length, 'whole'>, number> = { month: 1, quarter: 3, year: 12 };
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Periods of this length inside the whole, the latest first, up to `most`; they begin with a month. */
export function periodsOf(length: Length, whole: Span, most = 12): Span[] {
  if (length === 'whole') return [whole];
  const months = MONTHS[length];
  const [year = 0, month = 1] = whole.to.split('-').map(Number);
  const spans: Span[] = [];
  for (let back = 0; spans.length < most; back += 1) {
    const first = Date.UTC(year, month - months - back, 1);
    const from = dateOf(first);
    const to = dateOf(Date.UTC(year, month - back, 0));
    if (from < whole.from) break;
    if (to <= whole.to) spans.push({ from, to });
  }
  return spans.length > 0 ? spans : [whole];
}

export const nameOf = ({ page: kind, length, step, by }: Case): string =>
  kind === 'report' ? `${length}, by ${step}, ${by}` : `${length}, ${kind}`;

/** Address of the page for a period. */
export function pathOf({ page: kind, length, step, by }: Case, { from, to }: Span): string {
  if (kind === 'standards') return `/api/kpi/standards?from=${from}&to=${to}`;
  if (kind === 'contacts') {
    // Of more than a hundred days only the newest are given.
    const sort = length === 'month' ? 'longest_wait' : 'newest';
    return `/api/kpi/contacts?since=${from}T00:00:00Z&until=${to}T00:00:00Z&sort=${sort}`;
  }
  return `/api/kpi/report?from=${from}&to=${to}&step=${step}&by=${by}`;
}
