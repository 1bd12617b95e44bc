import type { Counts, StandardCard, StandardsView } from '@yingda/contract';
import { cell, textCell } from './document.ts';
import type { Cell, Chart, Column, ReportDocument, Table } from './document.ts';
import { localDate, localTime } from './due.ts';
import { rangeText, shown, unitText } from './format.ts';
import type { Frame, Say } from './report-document.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words.ts';

type Building = {
  view: StandardsView;
  frame: Frame;
  words: Words;
  currency: string;
  document: Pick<ReportDocument, 'locale' | 'currency' | 'words'>;
};

/** What is wrong and why, or which data is missing. */
export function diagnosisText(
  { diagnosis, missing }: StandardCard,
  sentence: Frame['sentence'],
  say: Say,
): string {
  return missing === null ? sentence('says', diagnosis) : say(`missing.${missing}`);
}

function cardRow({ frame, currency, document }: Building, card: StandardCard): Cell[] {
  const { unit, band } = card;
  const own = {
    norm: shown(band.norm, unit, currency),
    low: shown(band.low, unit, currency),
    high: shown(band.high, unit, currency),
  };
  const number = (value: number | null) => cell(shown(value, unit, currency), unit);
  return [
    cell(card.number, 'count'),
    textCell(frame.say(`standards.${card.key}.name`)),
    cell(shown(card.value, unit, currency), unit, card.state),
    textCell(frame.say(`states.${card.state}`)),
    cell(own.norm, unit),
    textCell(rangeText(own, unit, document)),
    number(card.previous),
    number(card.lastYear),
    textCell(diagnosisText(card, frame.sentence, frame.say)),
    textCell(card.causes.map((cause) => frame.sentence('causes', cause)).join('\n')),
    textCell(
      card.actions
        .slice(0, 3)
        .map((code) => frame.say(`advice.${code}`))
        .join('\n'),
    ),
  ];
}

function cardsTable(building: Building, id: string, cards: StandardCard[]): Table {
  const { words } = building;
  const { columns: c } = words;
  const column = (title: string, width: number, kind: Column['kind'] = 'text'): Column => ({
    title,
    kind,
    unit: '',
    width,
  });
  const name = id === 'out' ? words.tables.outOfRange : words.tables.standards;
  return {
    id,
    name,
    title: name,
    fixed: 2,
    columns: [
      column(c.number, 6, 'count'),
      column(c.standard, 28),
      column(c.value, 12, 'count'),
      column(c.state, 12),
      column(c.norm, 12, 'count'),
      column(c.range, 20),
      column(c.previous, 14, 'count'),
      column(c.lastYear, 16, 'count'),
      column(c.diagnosis, 50),
      column(c.causes, 50),
      column(c.actions, 50),
    ],
    rows: cards.map((card) => cardRow(building, card)),
  };
}

/** For programs: one line a standard, its key and unit beside it, bounds as numbers. */
function dataTable({ view, frame, words, currency }: Building): Table {
  const { columns: c, drawn } = words;
  const text = (title: string): Column => ({ title, kind: 'text', unit: '', width: 20 });
  const titles = [
    c.number,
    'key',
    c.standard,
    c.value,
    c.unit,
    c.state,
    c.norm,
    drawn.low,
    drawn.high,
    c.previous,
    c.lastYear,
    c.diagnosis,
  ];
  return {
    id: 'data',
    name: 'data',
    title: '',
    fixed: 0,
    columns: titles.map(text),
    rows: view.cards.map((card) => {
      const { key, unit, band, state } = card;
      const number = (value: number | null) => cell(shown(value, unit, currency), unit);
      return [
        cell(card.number, 'count'),
        textCell(key),
        textCell(frame.say(`standards.${key}.name`)),
        number(card.value),
        textCell(unitText(unit, frame.locale, currency)),
        textCell(frame.say(`states.${state}`)),
        number(band.norm),
        number(band.low),
        number(band.high),
        number(card.previous),
        number(card.lastYear),
        textCell(diagnosisText(card, frame.sentence, frame.say)),
      ];
    }),
  };
}

/** Values by step: what the charts of a workbook refer to. */
function trendTable({ view, frame, words, currency }: Building): Table {
  const isFine = view.step === 'half_hour' || view.step === 'hour';
  const at = (instant: string) =>
    (isFine ? localTime : localDate)(view.timeZone, Date.parse(instant));
  return {
    id: 'steps',
    name: words.tables.steps,
    title: words.tables.steps,
    fixed: 1,
    isForSheets: true,
    columns: [
      {
        title: frame.say(`steps.${view.step}`),
        kind: isFine ? 'time' : 'day',
        unit: '',
        width: 17,
      },
      ...view.cards.map(({ key, unit }): Column => ({
        title: frame.say(`standards.${key}.short`),
        kind: unit,
        unit: unitText(unit, frame.locale, currency),
        width: 14,
      })),
    ],
    rows: view.steps.map((step, index) => [
      cell(at(step), isFine ? 'time' : 'day'),
      ...view.cards.map(({ key, unit, trend, band }) =>
        cell(
          shown(trend[index] ?? null, unit, currency),
          unit,
          frame.judge(key, trend[index] ?? null, band),
        ),
      ),
    ]),
  };
}

function chartOf({ view, frame, currency }: Building, card: StandardCard, index: number): Chart {
  const { key, unit, trend, band } = card;
  const isFine = view.step === 'half_hour' || view.step === 'hour';
  const level = (value: number | null) => view.steps.map(() => shown(value, unit, currency));
  const values = view.steps.map((_, i) => trend[i] ?? null);
  return {
    key,
    kind: unit,
    title: frame.say(`standards.${key}.name`),
    unit: unitText(unit, frame.locale, currency),
    labels: view.steps.map((at) => (isFine ? localTime : localDate)(view.timeZone, Date.parse(at))),
    values: values.map((value) => shown(value, unit, currency)),
    states: values.map((value) => frame.judge(key, value, band)),
    norm: level(band.norm),
    low: level(band.low),
    high: level(band.high),
    source: { table: 'steps', column: 1 + index, row: 0 },
  };
}

const countNames = [
  'contacts',
  'answered',
  'abandoned',
  'blocked',
  'selfServed',
  'handled',
] as const satisfies (keyof Counts)[];

/** The 23 standards as a document: what is out of range first, then all, then their trends. */
export function standardsDocument(view: StandardsView, frame: Frame): ReportDocument {
  const words = wordsIn(frame.locale);
  const { currency } = view.settings;
  const document = { locale: frame.locale, currency, words: words.drawn };
  const building: Building = { view, frame, words, currency, document };
  const all = cardsTable(building, 'standards', view.cards);
  const out = view.cards.filter(({ state }) => state === 'out');
  const counted = countNames.map((name) => ({
    label: words.counts[name],
    value: view.counts[name].toLocaleString(frame.locale),
  }));
  const unique =
    view.uniqueCustomers === null
      ? []
      : [{ label: words.facts.unique, value: view.uniqueCustomers.toLocaleString(frame.locale) }];
  return {
    ...document,
    title: frame.title,
    subtitle: frame.subtitle,
    organisation: frame.organisation,
    facts: [...frame.facts, ...counted, ...unique],
    notes: [words.notes.marks, words.notes.counted],
    tables: [
      ...(out.length > 0 ? [cardsTable(building, 'out', out)] : []),
      all,
      trendTable(building),
    ],
    data: dataTable(building),
    charts: view.cards
      .map((card, index) => chartOf(building, card, index))
      .filter(({ values }) => values.some((value) => value !== null)),
  };
}
