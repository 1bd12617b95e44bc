import { KpiSettings, standardKeys, standardUnits } from '@yingda/contract';
import type { Cell, Locale, ReportView, StandardState, StandardsView } from '@yingda/contract';
import { textsIn } from './adapters/texts.ts';
import type { Frame } from './domain/report-document.ts';

const settings = { ...KpiSettings.parse({}), timeZone: 'Asia/Shanghai' };

/** A repeatable number from 0 to 1. */
function chance(seed: number): number {
  const x = Math.sin(seed * 12.9898) * 43758.5453;
  return x - Math.floor(x);
}

function sampleCell(seed: number, empty: boolean): Cell {
  const contacts = empty ? 0 : Math.floor(200 + chance(seed) * 300);
  const values: Cell['values'] = {};
  standardKeys.forEach((key, i) => {
    const scale = {
      percent: 100,
      seconds: 400,
      money: 900,
      count: 500,
      rings: 4,
      score: 100,
      per_hour: 12,
    }[standardUnits[key]];
    values[key] =
      empty || key === 'monitoring_score' ? null : (0.4 + 0.6 * chance(seed * 31 + i)) * scale;
  });
  const abandoned = Math.floor(contacts * 0.05);
  return {
    counts: {
      contacts,
      answered: contacts - abandoned,
      abandoned,
      blocked: 0,
      selfServed: 3,
      handled: contacts - abandoned,
      withinServiceLevel: Math.floor(contacts * 0.8),
    },
    values,
  };
}

/** A report of made-up figures: `days` from 1 November 2026 on, one of them without contacts. */
export function sampleReport({
  days = 30,
  groups = ['售后', 'VIP', '=HYPERLINK("http://x")'],
}: { days?: number; groups?: string[] } = {}): ReportView {
  const start = Date.parse('2026-11-01T00:00:00+08:00');
  const at = (day: number) => new Date(start + day * 86_400_000).toISOString();
  const to = new Date(Date.parse('2026-11-01T00:00:00Z') + (days - 1) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const row = (key: string, name: string, seed: number) => ({
    key,
    name,
    total: sampleCell(seed, false),
    points: Array.from({ length: days }, (_, day) => sampleCell(seed * 100 + day, day === 7)),
  });
  return {
    from: '2026-11-01',
    to,
    timeZone: 'Asia/Shanghai',
    step: 'day',
    by: groups.length > 0 ? 'queue' : 'none',
    standards: [...standardKeys],
    steps: Array.from({ length: days }, (_, day) => at(day)),
    end: at(days),
    whole: row('', '', 1),
    rows: groups.map((name, i) => row(String(i + 1), name, i + 2)),
    comparisons: [
      {
        kind: 'previous',
        from: '2026-10-02',
        to: '2026-10-31',
        total: sampleCell(9, false),
        points: [],
      },
    ],
    bands: {
      service_level: [
        { from: '2026-11-01', norm: 80, low: 80, high: null },
        { from: '2026-11-15', norm: 80, low: 85, high: null },
      ],
      speed_of_answer: [{ from: '2026-11-01', norm: null, low: null, high: 20 }],
      handle_time: [{ from: '2026-11-01', norm: 300, low: 180, high: 330 }],
      cost_per_contact: [{ from: '2026-11-01', norm: 400, low: 200, high: 500 }],
    },
    missing: { monitoring_score: 'no_grades' },
    settings,
  };
}

/** The 23 standards with made-up figures. */
export function sampleStandards(): StandardsView {
  const { steps, timeZone, from, to, whole } = sampleReport({ groups: [] });
  return {
    from,
    to,
    timeZone,
    step: 'day',
    steps,
    counts: whole.total.counts,
    uniqueCustomers: 312,
    settings,
    cards: standardKeys.map((key, index) => {
      const value = whole.total.values[key] ?? null;
      const state: StandardState = value === null ? 'none' : index % 4 === 0 ? 'out' : 'good';
      return {
        key,
        number: index + 1,
        unit: standardUnits[key],
        direction: 'range',
        value,
        state,
        band: { norm: 60, low: 30, high: 90 },
        previous: value,
        lastYear: null,
        trend: whole.points.map(({ values }) => values[key] ?? null),
        parts: {},
        diagnosis: { code: 'in_range', params: { standard: key, value: value ?? 0 } },
        causes: [],
        actions: [],
        missing: value === null ? 'no_grades' : null,
      };
    }),
  };
}

/** What surrounds a sample. */
export function sampleFrame(locale: Locale = 'zh-CN'): Frame {
  return {
    locale,
    title: locale === 'en' ? 'Weekly report' : '客服中心周报',
    subtitle: '2026-11-01 – 2026-11-30',
    organisation: 'Yingda',
    facts: [
      { label: locale === 'en' ? 'Time zone' : '时区', value: 'Asia/Shanghai' },
      { label: locale === 'en' ? 'Queues' : '队列', value: '售后、VIP' },
      { label: 'A', value: 'B' },
    ],
    ...textsIn(locale, 'CNY'),
    judge: (_key, value, { low, high }) =>
      value === null
        ? 'none'
        : (low !== null && value < low) || (high !== null && value > high)
          ? 'out'
          : 'good',
  };
}
