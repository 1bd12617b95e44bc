// What must have happened to each order, worked out from when people did what: every step, deadline, warning and
// escalation. Nothing of the product is imported here; what it says of itself comes as facts, one JSON object an order.
import type { Plain } from './calendar.ts';
import { flows } from './flows.ts';
import type { Rule } from './flows.ts';

export type Facts = {
  key: string;
  flow: string;
  department: string;
  number: string;
  status: string;
  performed: {
    do: { kind: string; move?: string };
    /** Readings of the simulated clock before and after. */
    from: number;
    to: number;
  }[];
  visits: {
    id: string;
    stepKey: string;
    enteredAt: string;
    leftAt: string | null;
    dueAt: string | null;
    clock: string;
    workedMs: number;
  }[];
  lines: { at: string; kind: string; data: Record<string, unknown> }[];
};
export type Difference = { key: string; what: string; plain: unknown; product: unknown };
/** How many of each were compared. */
export type Counts = Record<
  'orders' | 'steps' | 'deadlines' | 'missed' | 'pauses' | 'warnings' | 'escalations' | 'chases',
  number
>;
export type Calendars = (department: string) => Record<Rule['hours'], Plain>;

const MINUTE = 60_000;
const ms = (iso: string): number => Date.parse(iso);
const iso = (at: number): string => new Date(at).toISOString();

type Alarm = { kind: 'warned' | 'late' | 'escalated'; level: number; offset: number };

function alarmsOf({ warnings, escalations }: Rule): Alarm[] {
  const early = warnings.toSorted((a, b) => b - a);
  const late = escalations.toSorted((a, b) => a - b);
  return [
    ...early.map((minutes, at) => ({ kind: 'warned' as const, level: at + 1, offset: -minutes })),
    { kind: 'late', level: 0, offset: 0 },
    ...late.map((minutes, at) => ({ kind: 'escalated' as const, level: at + 1, offset: minutes })),
  ];
}

type Stretch = { from: number; to: number };
type Expected = { dueAt: number; worked: number; given: (Alarm & { at: number })[] };

/** The clock of one stay in a step that ran in these stretches. */
function runClock(rule: Rule, calendar: Plain, stretches: Stretch[]): Expected {
  const alarms = alarmsOf(rule);
  const given: Expected['given'] = [];
  let left = rule.minutes * MINUTE;
  let worked = 0;
  let dueAt = 0;
  for (const { from, to } of stretches) {
    dueAt = calendar.after(from, left);
    for (let next = alarms[0]; next; next = alarms[0]) {
      const at = calendar.after(from, Math.max(left + next.offset * MINUTE, 0));
      if (at > to) break;
      given.push({ ...next, at });
      alarms.shift();
    }
    const passed = calendar.worked(from, to);
    left -= passed;
    worked += passed;
  }
  return { dueAt, worked, given };
}

/** From entering to leaving, without the pauses. */
function stretchesOf(entered: number, left: number, lines: Facts['lines']): Stretch[] {
  const stretches: Stretch[] = [];
  let from: number | null = entered;
  for (const { kind, at } of lines) {
    const when = ms(at);
    if (when < entered || when > left) continue;
    if (kind === 'paused' && from !== null) {
      stretches.push({ from, to: when });
      from = null;
    } else if (kind === 'resumed') from = when;
  }
  if (from !== null) stretches.push({ from, to: left });
  return stretches;
}

/** The steps that people's deeds lead through, with the deed that enters each. */
function wayOf({ flow, performed }: Facts): { step: string; by: Facts['performed'][number] }[] {
  const { start, steps } = flows[flow] ?? { start: '', steps: {} };
  const way: ReturnType<typeof wayOf> = [];
  let step = start;
  for (const by of performed) {
    const { kind, move = 'confirmed' } = by.do;
    if (kind === 'create') way.push({ step, by });
    if (kind !== 'move' && kind !== 'confirm') continue;
    step = steps[step]?.moves[move] ?? `nowhere by ${move}`;
    way.push({ step, by });
  }
  return way;
}

export class Check {
  readonly differences: Difference[] = [];
  readonly counts: Counts = {
    orders: 0,
    steps: 0,
    deadlines: 0,
    missed: 0,
    pauses: 0,
    warnings: 0,
    escalations: 0,
    chases: 0,
  };
  readonly #calendars: Calendars;
  readonly #numbers = new Set<string>();

  constructor(calendars: Calendars) {
    this.#calendars = calendars;
  }

  order(facts: Facts): void {
    const { key, visits, number } = facts;
    const same = (what: string, plain: unknown, product: unknown): void => {
      if (plain !== product) this.differences.push({ key, what, plain, product });
    };
    this.counts.orders += 1;
    same('status', 'closed', facts.status);
    same('number given once', false, this.#numbers.has(number));
    this.#numbers.add(number);
    const way = wayOf(facts);
    same('way', way.map(({ step }) => step).join(' '), visits.map((v) => v.stepKey).join(' '));
    for (const [at, visit] of visits.entries()) {
      const entered = ms(visit.enteredAt);
      const by = way[at]?.by;
      same(
        `step ${at} entered when it was done`,
        true,
        by && entered >= by.from && entered <= by.to,
      );
      same(`step ${at} left when the next begins`, visits[at + 1]?.enteredAt ?? null, visit.leftAt);
      this.#visit(facts, visit, (what, plain, product) =>
        same(`step ${at} ${visit.stepKey}: ${what}`, plain, product),
      );
    }
  }

  #visit(
    { flow, department, lines }: Facts,
    visit: Facts['visits'][number],
    same: (what: string, plain: unknown, product: unknown) => void,
  ): void {
    const { counts } = this;
    const rule = flows[flow]?.steps[visit.stepKey]?.rule;
    const told = lines.filter(({ data }) => data['visitId'] === visit.id);
    counts.steps += 1;
    if (!rule || visit.leftAt === null) {
      same('deadline', null, visit.dueAt);
      same('lines', 0, told.length);
      return;
    }
    const left = ms(visit.leftAt);
    const stretches = stretchesOf(ms(visit.enteredAt), left, lines);
    const expected = runClock(rule, this.#calendars(department)[rule.hours], stretches);
    same('deadline', iso(expected.dueAt), visit.dueAt);
    same('kept', left > expected.dueAt ? 'missed' : 'met', visit.clock);
    same('working time', expected.worked, visit.workedMs);
    const spoken = expected.given.filter(({ kind }) => kind !== 'late');
    const names = spoken.map(({ kind, level, at }) => `${kind} ${level} ${iso(at)}`);
    const alarms = told.filter(({ kind }) => kind === 'warned' || kind === 'escalated');
    const toldNames = alarms.map(
      ({ kind, data }) => `${kind} ${String(data['level'])} ${String(data['dueAt'])}`,
    );
    same('alarms', names.toSorted().join(', '), toldNames.toSorted().join(', '));
    for (const { at, data } of alarms)
      same('given no earlier than due', true, ms(at) >= ms(String(data['dueAt'])));
    const chases = rule.chase && expected.given.some(({ kind }) => kind === 'late') ? 1 : 0;
    same('chase', chases, told.filter(({ kind }) => kind === 'chased').length);
    counts.deadlines += 1;
    counts.pauses += stretches.length - 1;
    counts.chases += chases;
    if (left > expected.dueAt) counts.missed += 1;
    counts.warnings += spoken.filter(({ kind }) => kind === 'warned').length;
    counts.escalations += spoken.filter(({ kind }) => kind === 'escalated').length;
  }
}
