import { Channel, standardUnits, Tier } from '@yingda/contract';
import type {
  Cell as Figures,
  Counts,
  DatedBand,
  Locale,
  ReportRow,
  ReportView,
  Sentence,
  StandardKey,
  StandardState,
  TargetBand,
} from '@yingda/contract';
import { cell, textCell } from './document.ts';
import type { Cell, CellKind, Chart, Column, ReportDocument, Table } from './document.ts';
import { localDate, localStamp, localTime } from './due.ts';
import { rangeText, shown, unitText } from './format.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words.ts';

/** Texts of the standards in the reader's language, by the keys of the contract's catalogue. */
export type Say = (key: string, params?: Record<string, string | number>) => string;
/** How a value stands to its band: the one judgement of the product. */
export type Judge = (key: StandardKey, value: number | null, band: TargetBand) => StandardState;

/** What is the same for both pages. */
export type Frame = {
  locale: Locale;
  title: string;
  subtitle: string;
  organisation: string;
  facts: ReportDocument['facts'];
  say: Say;
  /** A sentence of the diagnosis with its values in the reader's notation. */
  sentence: (kind: 'says' | 'causes', sentence: Sentence) => string;
  judge: Judge;
};

const countNames = [
  'contacts',
  'answered',
  'abandoned',
  'blocked',
] as const satisfies (keyof Counts)[];
const noBand: TargetBand = { norm: null, low: null, high: null };

type Building = { view: ReportView; frame: Frame; words: Words; currency: string };

/** The band in force on a date. */
export function bandOn(bands: DatedBand[] | undefined, date: string): TargetBand {
  return bands?.findLast(({ from }) => from <= date) ?? bands?.[0] ?? noBand;
}

function figureColumns({ view, frame, words, currency }: Building): Column[] {
  const counted = countNames.map((name): Column => ({
    title: words.counts[name],
    kind: 'count',
    unit: '',
    width: 11,
  }));
  const standards = view.standards.map((key): Column => {
    const kind = standardUnits[key];
    return {
      title: frame.say(`standards.${key}.short`),
      kind,
      unit: unitText(kind, frame.locale, currency),
      width: 14,
    };
  });
  return [...counted, ...standards];
}

/** Counts and values of a cell of the report, judged by the bands of its date. */
function figures(
  { view, frame, currency }: Building,
  { counts, values }: Figures,
  date: string,
): Cell[] {
  return [
    ...countNames.map((name) => cell(counts[name], 'count')),
    ...view.standards.map((key) => {
      const value = values[key] ?? null;
      const state = frame.judge(key, value, bandOn(view.bands[key], date));
      return cell(shown(value, standardUnits[key], currency), standardUnits[key], state);
    }),
  ];
}

const stepKind = ({ view: { step } }: Building): CellKind =>
  step === 'half_hour' || step === 'hour' ? 'time' : 'day';

function stepText({ view }: Building, at: string): string {
  const ms = Date.parse(at);
  return view.step === 'half_hour' || view.step === 'hour'
    ? localTime(view.timeZone, ms)
    : localDate(view.timeZone, ms);
}

const dateOf = ({ view }: Building, at: string): string => localDate(view.timeZone, Date.parse(at));

function totalsTable(building: Building): Table {
  const { view, words } = building;
  const lines: [string, Figures, string][] = [
    [words.columns.whole, view.whole.total, view.to],
    ...view.comparisons.map(({ kind, from, to, total }): [string, Figures, string] => [
      `${kind === 'previous' ? words.columns.previous : words.columns.lastYear}${words.brackets[0]}${from} – ${to}${words.brackets[1]}`,
      total,
      to,
    ]),
    ...view.rows.map(({ name, total }): [string, Figures, string] => [name, total, view.to]),
  ];
  return {
    id: 'totals',
    name: words.tables.totals,
    title: words.tables.totals,
    fixed: 1,
    columns: [
      { title: words.groups[view.by], kind: 'text', unit: '', width: 30 },
      ...figureColumns(building),
    ],
    rows: lines.map(([name, total, date]) => [textCell(name), ...figures(building, total, date)]),
  };
}

function stepsTable(building: Building): Table {
  const { view, frame, words } = building;
  return {
    id: 'steps',
    name: words.tables.steps,
    title: words.tables.steps,
    fixed: 1,
    columns: [
      { title: frame.say(`steps.${view.step}`), kind: stepKind(building), unit: '', width: 17 },
      ...figureColumns(building),
    ],
    rows: view.whole.points.map((point, index) => {
      const at = view.steps[index] ?? view.end;
      return [
        cell(stepText(building, at), stepKind(building)),
        ...figures(building, point, dateOf(building, at)),
      ];
    }),
  };
}

function groupsTable(building: Building): Table {
  const { view, words, frame } = building;
  const line = (row: ReportRow) =>
    row.points.map((point, index) => {
      const at = view.steps[index] ?? view.end;
      return [
        textCell(row.name),
        cell(stepText(building, at), stepKind(building)),
        ...figures(building, point, dateOf(building, at)),
      ];
    });
  return {
    id: 'groups',
    name: words.tables.groups,
    title: words.tables.groups,
    fixed: 2,
    columns: [
      { title: words.groups[view.by], kind: 'text', unit: '', width: 24 },
      { title: frame.say(`steps.${view.step}`), kind: stepKind(building), unit: '', width: 17 },
      ...figureColumns(building),
    ],
    rows: view.rows.flatMap(line),
  };
}

/** All in one table for programs: totals and steps, of the whole and of each group. */
function dataTable(building: Building): Table {
  const { view, words } = building;
  const end = localStamp(view.timeZone, Date.parse(view.end));
  const stamps = view.steps.map((at) => localStamp(view.timeZone, Date.parse(at)));
  const lines = (name: string, row: ReportRow): Cell[][] => [
    [
      textCell(words.columns.total),
      textCell(stamps[0] ?? ''),
      textCell(end),
      textCell(name),
      ...figures(building, row.total, view.to),
    ],
    ...row.points.map((point, index) => [
      textCell(words.columns.step),
      textCell(stamps[index] ?? ''),
      textCell(stamps[index + 1] ?? end),
      textCell(name),
      ...figures(building, point, view.to),
    ]),
  ];
  const text = (title: string): Column => ({ title, kind: 'text', unit: '', width: 20 });
  const { row, from, until, whole } = words.columns;
  return {
    id: 'data',
    name: 'data',
    title: '',
    fixed: 0,
    columns: [
      text(row),
      text(from),
      text(until),
      text(words.groups[view.by]),
      ...figureColumns(building),
    ],
    rows: [...lines(whole, view.whole), ...view.rows.flatMap((one) => lines(one.name, one))],
  };
}

/** Bands of the period, with the dates from which they hold. */
function targetsTable(
  building: Building,
  document: Pick<ReportDocument, 'locale' | 'currency' | 'words'>,
): Table {
  const { view, frame, words, currency } = building;
  const text = (title: string, width: number): Column => ({ title, kind: 'text', unit: '', width });
  const rows = view.standards.flatMap((key) =>
    (view.bands[key] ?? []).map(({ from, norm, low, high }) => {
      const kind = standardUnits[key];
      const own = {
        norm: null,
        low: shown(low, kind, currency),
        high: shown(high, kind, currency),
      };
      return [
        textCell(frame.say(`standards.${key}.name`)),
        cell(shown(norm, kind, currency), kind),
        textCell(rangeText(own, kind, document)),
        cell(from, 'day'),
      ];
    }),
  );
  const { standard, norm, range, validFrom } = words.columns;
  return {
    id: 'targets',
    name: words.tables.targets,
    title: words.tables.targets,
    fixed: 0,
    columns: [
      text(standard, 34),
      text(norm, 14),
      text(range, 24),
      { ...text(validFrom, 14), kind: 'day' },
    ],
    rows,
  };
}

function chartOf(building: Building, key: StandardKey, index: number): Chart {
  const { view, frame, currency } = building;
  const kind = standardUnits[key];
  const values = view.whole.points.map((point) => point.values[key] ?? null);
  const bands = view.steps.map((at) => bandOn(view.bands[key], dateOf(building, at)));
  const series = (side: keyof TargetBand) => bands.map((band) => shown(band[side], kind, currency));
  return {
    key,
    kind,
    title: frame.say(`standards.${key}.name`),
    unit: unitText(kind, frame.locale, currency),
    labels: view.steps.map((at) => stepText(building, at)),
    values: values.map((value) => shown(value, kind, currency)),
    states: values.map((value, i) => frame.judge(key, value, bands[i] ?? noBand)),
    norm: series('norm'),
    low: series('low'),
    high: series('high'),
    source: { table: 'steps', column: 1 + countNames.length + index, row: 0 },
  };
}

/** What has no value in the whole period, by reason. */
function missingNotes({ missing }: ReportView, { say }: Frame, words: Words): string[] {
  const keys = Map.groupBy(Object.entries(missing), ([, code]) => code);
  return [...keys].map(([code, list]) => {
    const names = list.map(([key]) => say(`standards.${key}.name`)).join(words.listMark);
    return `${words.notes.missing}${names}${words.colon}${say(`missing.${code}`)}`;
  });
}

/** Rows by the name that people know; what belongs to no queue, agent or topic is called so. */
function named(view: ReportView, words: Words): ReportView {
  const nameOf = ({ key, name }: ReportRow): string => {
    if (view.by === 'channel') return words.channels[Channel.catch('other').parse(key)];
    const tier = view.by === 'tier' ? Tier.safeParse(key).data : undefined;
    if (tier) return words.tiers[tier];
    if (name !== '') return name;
    return view.by === 'source' ? words.own : words.without;
  };
  return { ...view, rows: view.rows.map((row) => ({ ...row, name: nameOf(row) })) };
}

/** A report as a document: totals, steps, groups, targets, a chart for each standard that has values. */
export function reportDocument(given: ReportView, frame: Frame): ReportDocument {
  const words = wordsIn(frame.locale);
  const view = named(given, words);
  const { currency } = view.settings;
  const building: Building = { view, frame, words, currency };
  const document = { locale: frame.locale, currency, words: words.drawn };
  const isSplit = view.by !== 'none' && view.rows.length > 0;
  return {
    ...document,
    title: frame.title,
    subtitle: frame.subtitle,
    organisation: frame.organisation,
    facts: frame.facts,
    notes: [words.notes.marks, words.notes.counted, ...missingNotes(view, frame, words)],
    tables: [
      totalsTable(building),
      stepsTable(building),
      ...(isSplit ? [groupsTable(building)] : []),
      targetsTable(building, document),
    ],
    data: dataTable(building),
    charts: view.standards
      .map((key, index) => chartOf(building, key, index))
      .filter(({ values }) => values.some((value) => value !== null)),
  };
}
