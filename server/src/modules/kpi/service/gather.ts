import type { ReportGroup, ReportPeriod, ReportStep } from '@yingda/contract';
import { turns } from '../../../kernel/gently.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { addDays } from '../domain/days.ts';
import { enteredSums } from '../domain/entered.ts';
import type { Need } from '../domain/needs.ts';
import type { SecondsRule } from '../domain/seconds.ts';
import { stepsBetween } from '../domain/steps.ts';
import { addSums, enteredSums as enteredNames, timeSums } from '../domain/sums.ts';
import type { Sums } from '../domain/sums.ts';
import { contactsTell, selectContactSums } from '../store/contact-sums.ts';
import { selectEntriesOf } from '../store/entries.ts';
import type { EntryRow } from '../store/entries.ts';
import { MOST_ROWS } from '../store/slice.ts';
import type { GroupColumn, Limits, Slice, Steps, SumsRow } from '../store/slice.ts';
import { holds, selectSums } from '../store/sums.ts';
import type { SumsTable } from '../store/sums.ts';
import { selectTimeSums } from '../store/time-sums.ts';
import { MOST_CELLS } from './query.ts';
import type { Reading } from './query.ts';
import type { Scope } from './scope.ts';

/** What is to be summed. */
export type Wanted = {
  scope: Scope;
  reading: Reading;
  period: ReportPeriod;
  by: ReportGroup;
  step: ReportStep;
  steps: Steps;
  needs: readonly Need[];
  limits: Limits;
};

/** Sums of a stretch of time and of each of its steps; a name that is absent is unknown here. */
export type Series = { total: Sums; points: Sums[] };
export type Gathered = { whole: Series; groups: Map<string, Series> };

/** Key of the group of what belongs to no team. */
export const NO_GROUP = '0';

type Source = SumsTable | 'contact' | 'contact_part';

const isFine = (step: ReportStep): boolean => step === 'half_hour' || step === 'hour';

const isMonthStart = (day: string): boolean => day.endsWith('-01');

/** Whether steps are whole months, and the limits of waits the same through each of them. */
export function isMonthly({
  step,
  steps,
  limits,
}: Pick<Wanted, 'step' | 'steps' | 'limits'>): boolean {
  if (step !== 'month' && step !== 'quarter' && step !== 'year') return false;
  const limitsChange = limits.rules.flatMap(({ from }) => from ?? []);
  return [...steps.days.slice(0, 1), steps.endDay, ...limitsChange].every(isMonthStart);
}

/** The narrowest table that knows all dimensions asked for. */
function tableFor(wanted: Wanted, by: ReportGroup): Source {
  const source = sourceFor(wanted.step, by, wanted.reading.slice);
  const differs = ({ queue, type }: SecondsRule): boolean => queue !== null || type !== null;
  // The centre's rows do not tell whose service level has seconds of its own.
  if (source === 'centre_half_hour' && wanted.limits.rules.some(differs)) return 'half_hour';
  if (source === 'topic_day' && wanted.limits.rules.some(({ queue }) => queue !== null))
    return 'day';
  if (!isMonthly(wanted)) return source;
  if (source === 'day' || source === 'queue_day' || source === 'topic_day') return 'month';
  return source === 'agent_day' ? 'agent_month' : source;
}

const isOfAll = (by: ReportGroup, { queues, types, channel }: Slice): boolean =>
  (by === 'none' || by === 'source') && queues === null && types === null && channel === null;

/** The table that knows topics and tiers. */
function topicSource(step: ReportStep, by: ReportGroup, { queues }: Slice): Source {
  if (isFine(step)) return 'contact';
  return by === 'queue' || by === 'team' || queues !== null ? 'day' : 'topic_day';
}

/** The same without looking for whole months. */
export function sourceFor(step: ReportStep, by: ReportGroup, slice: Slice): Source {
  const isByAgent = by === 'agent' || slice.agents !== null;
  const isByTopic = by === 'topic' || slice.topics !== null;
  const isByTier = by === 'tier' || slice.tier !== null;
  if (isByAgent) return isFine(step) || isByTier ? 'contact_part' : 'agent_day';
  if (isByTopic || isByTier) return topicSource(step, by, slice);
  if (!isFine(step)) return 'queue_day';
  return isOfAll(by, slice) ? 'centre_half_hour' : 'half_hour';
}

const tells = (source: Source, need: Need): boolean =>
  source === 'contact' || source === 'contact_part'
    ? contactsTell(need, source === 'contact_part')
    : holds(source, need);

const zeros = (needs: readonly Need[]): Sums =>
  Object.fromEntries(needs.map((need) => [need, 0])) as Sums;

/** Sums of steps by group, with zeros where nothing happened. */
class Table {
  readonly groups = new Map<string, Sums[]>();
  readonly #needs: readonly Need[];
  readonly #steps: number;

  constructor(needs: readonly Need[], steps: number) {
    this.#needs = needs;
    this.#steps = steps;
  }

  of(key: string): Sums[] {
    const known = this.groups.get(key);
    if (known) return known;
    const points = Array.from({ length: this.#steps }, () => zeros(this.#needs));
    this.groups.set(key, points);
    return points;
  }

  add(rows: readonly SumsRow[], keyOf: (key: string) => string = (key) => key): this {
    if (rows.length > MOST_ROWS) {
      throw new Problem('kpi.too_many_points', {
        params: { points: rows.length, most: MOST_CELLS },
      });
    }
    for (const row of rows) {
      const point = this.of(keyOf(row.key))[row.step - 1];
      if (!point) continue;
      for (const need of this.#needs) point[need] = (point[need] ?? 0) + (row[need] ?? 0);
    }
    return this;
  }

  /** All groups together. */
  sum(): Sums[] {
    const whole = Array.from({ length: this.#steps }, () => zeros(this.#needs));
    for (const points of this.groups.values()) {
      for (const [at, point] of points.entries()) addSums(whole[at] ?? {}, point);
    }
    return whole;
  }
}

const columns: Record<ReportGroup, GroupColumn> = {
  none: 'none',
  team: 'queue',
  queue: 'queue',
  agent: 'agent',
  channel: 'channel',
  topic: 'topic',
  type: 'type',
  tier: 'tier',
  source: 'batch',
};

async function read(ctx: Ctx, wanted: Wanted, by: ReportGroup): Promise<Table> {
  const { reading, steps, limits, scope } = wanted;
  const { slice } = reading;
  const source = tableFor(wanted, by);
  const needs = wanted.needs.filter((need) => tells(source, need));
  const query = { slice, group: columns[by], steps, needs, limits };
  const rows =
    source === 'contact' || source === 'contact_part'
      ? await selectContactSums(ctx, query, source === 'contact_part')
      : await selectSums(ctx, source, query);
  const teamOf = (queue: string): string => scope.teamOfQueue.get(Number(queue)) ?? NO_GROUP;
  const table = new Table(needs, steps.starts.length);
  table.add(rows, by === 'team' ? teamOf : undefined);
  // Even where nobody called there is a whole.
  if (by === 'none') table.of('');
  return table;
}

type Halves = { whole: Sums[]; groups: Map<string, Sums[]> };

/** An agent's contacts are parts of contacts: the whole then counts each contact once. */
async function readContacts(ctx: Ctx, wanted: Wanted): Promise<Halves> {
  const { by, reading } = wanted;
  if (by === 'agent' && reading.slice.agents === null) {
    const [rows, whole] = await Promise.all([
      read(ctx, wanted, 'agent'),
      read(ctx, wanted, 'none'),
    ]);
    return { whole: whole.sum(), groups: rows.groups };
  }
  const table = await read(ctx, wanted, by);
  if (by === 'none') return { whole: table.of(''), groups: new Map() };
  return { whole: table.sum(), groups: table.groups };
}

/** The team of an agent among those meant; time of an agent of several teams counts for the first. */
function teamOfAgent({ scope, reading }: Wanted, agent: number): string {
  const theirs = scope.teamsOfAgent.get(agent) ?? [];
  return theirs.find((team) => reading.teams?.includes(team) ?? true) ?? NO_GROUP;
}

async function readTime(ctx: Ctx, wanted: Wanted): Promise<Halves | null> {
  const names = wanted.needs.filter((need) => (timeSums as readonly string[]).includes(need));
  const { by, reading, steps, scope } = wanted;
  if (names.length === 0 || !reading.tellsTime) return null;
  const group =
    by === 'agent' || by === 'team' ? 'agent' : by === 'source' ? 'batch' : ('none' as const);
  const batches = scope.sources
    .filter(({ id, records }) => records.includes('presence') && reading.slice.batches.includes(id))
    .map(({ id }) => id);
  const rows = await selectTimeSums(ctx, {
    batches,
    agents: reading.timeAgents,
    group,
    steps,
    days: isFine(wanted.step) ? [] : stepsBetween(steps.zone, wanted.period, 'day').starts,
  });
  const table = new Table(names, steps.starts.length);
  table.add(rows, by === 'team' ? (agent) => teamOfAgent(wanted, Number(agent)) : undefined);
  return { whole: table.sum(), groups: group === 'none' ? new Map() : table.groups };
}

/** Entries that belong to what is asked for, each with the group it is of. */
async function readEntries(ctx: Ctx, wanted: Wanted): Promise<(EntryRow & { key: string })[]> {
  const { reading, by, period } = wanted;
  const { teams, timeAgents, slice } = reading;
  const belongs = ({ agentId, teamId }: EntryRow): boolean => {
    const isOfAgent = agentId !== null && (timeAgents?.includes(agentId) ?? true);
    if (slice.agents !== null) return isOfAgent;
    if (teams === null) return true;
    return isOfAgent || (teamId !== null && teams.includes(teamId));
  };
  const keyOf = ({ agentId, teamId }: EntryRow): string => {
    if (by === 'agent') return agentId === null ? '' : String(agentId);
    return teamId ?? (agentId === null ? NO_GROUP : teamOfAgent(wanted, agentId));
  };
  const entries = await selectEntriesOf(ctx, period);
  return entries.filter(belongs).map((entry) => ({ ...entry, key: keyOf(entry) }));
}

const entryNames: readonly string[] = [
  ...enteredNames,
  'peopleScheduled',
  'peopleWorked',
  'scheduledMs',
  'adherentMs',
  'signedInMs',
  'readyMs',
];

const seriesOf = (points: Sums[]): Series => {
  const total: Sums = {};
  for (const point of points) addSums(total, point);
  return { points, total };
};

/** Entered figures are of whole days: steps within a day know none, the whole stretch does. */
function enter(series: Series, entries: EntryRow[], { period, step, steps }: Wanted): void {
  addSums(series.total, enteredSums(entries, period));
  if (isFine(step)) return;
  for (const [at, point] of series.points.entries()) {
    const from = steps.days[at] ?? period.from;
    const next = steps.days[at + 1] ?? steps.endDay;
    addSums(point, enteredSums(entries, { from, to: addDays(next, -1) }));
  }
}

async function addEntered(ctx: Ctx, wanted: Wanted, gathered: Gathered): Promise<void> {
  const { reading, by, needs } = wanted;
  if (!reading.tellsEntered || !needs.some((need) => entryNames.includes(need))) return;
  const entries = await readEntries(ctx, wanted);
  enter(gathered.whole, entries, wanted);
  if (by !== 'agent' && by !== 'team') return;
  for (const [key, series] of gathered.groups) {
    enter(
      series,
      entries.filter((entry) => entry.key === key),
      wanted,
    );
  }
}

/** Adds to each step of the first what the other has for it. */
function addPoints(points: Sums[], more: Sums[] | undefined): Sums[] {
  if (more) for (const [at, point] of points.entries()) addSums(point, more[at] ?? {});
  return points;
}

async function joined(contacts: Halves, time: Halves | null): Promise<Gathered> {
  const turn = turns();
  const noTime = time && time.groups.size > 0 ? blankOf(time.whole) : undefined;
  const groups = new Map<string, Series>();
  for (const [key, points] of contacts.groups) {
    groups.set(key, seriesOf(addPoints(points, time?.groups.get(key) ?? noTime)));
    await turn();
  }
  for (const [key, points] of time?.groups ?? []) {
    const blank = points.map((): Sums => ({}));
    if (!groups.has(key)) groups.set(key, seriesOf(addPoints(blank, points)));
  }
  return { whole: seriesOf(addPoints(contacts.whole, time?.whole)), groups };
}

const blankOf = (points: Sums[]): Sums[] =>
  points.map((point) => zeros(Object.keys(point) as Need[]));

/**
 * Sums of a period by step and group, from the narrowest tables that know them. Throws `kpi.too_many_points` when there
 * are far more groups and steps than a report may have.
 */
export async function gather(ctx: Ctx, wanted: Wanted): Promise<Gathered> {
  const [contacts, time] = await Promise.all([readContacts(ctx, wanted), readTime(ctx, wanted)]);
  const gathered = await joined(contacts, time);
  await addEntered(ctx, wanted, gathered);
  return gathered;
}
