import type { EntryInput, EntryMeasure } from '@yingda/contract';
import type { z } from 'zod';
import { toMinor } from '../../../lib/money.ts';
import { addDays, instantOf } from '../../../lib/zone.ts';
import { readClock } from '../hours/clock.ts';
import { readDates, readNumber } from './paste.ts';
import type { Dates } from './paste.ts';

export type CellName =
  | 'measure'
  | 'agent'
  | 'team'
  | 'from'
  | 'to'
  | 'date'
  | 'starts'
  | 'ends'
  | 'value'
  | 'note';
export type Typed = Partial<Record<CellName, string>>;
/** What is wrong with a cell: the end of a key of the catalogue. */
export type CellFault =
  | 'missing'
  | 'not_a_number'
  | 'not_a_date'
  | 'ambiguous_date'
  | 'before_from'
  | 'not_a_time'
  | 'same_time'
  | 'unknown_measure'
  | 'unknown_agent'
  | 'several_agents'
  | 'unknown_team'
  | 'over_hundred'
  | 'too_large'
  | 'too_long';
export type Faults = Partial<Record<CellName, CellFault>>;

export interface EntryGroup {
  id: 'costs' | 'people' | 'grades' | 'hours';
  measures: readonly EntryMeasure[];
  cells: readonly CellName[];
}
/** What may be entered, by the tabs of the page. */
export const entryGroups: readonly EntryGroup[] = [
  {
    id: 'costs',
    measures: ['cost_fixed', 'cost_variable'],
    cells: ['measure', 'from', 'to', 'value', 'team', 'note'],
  },
  {
    id: 'people',
    measures: ['staff', 'leavers'],
    cells: ['measure', 'from', 'to', 'value', 'team', 'note'],
  },
  { id: 'grades', measures: ['grade'], cells: ['agent', 'date', 'value', 'note'] },
  {
    id: 'hours',
    measures: [
      'people_scheduled',
      'people_worked',
      'scheduled_hours',
      'adherent_hours',
      'signed_in_hours',
      'ready_hours',
    ],
    cells: ['measure', 'from', 'to', 'value', 'agent', 'note'],
  },
];
export const shiftCells: readonly CellName[] = ['agent', 'date', 'starts', 'ends'];

/** Money is stored in the smallest unit. */
export const isMoney = (measure: EntryMeasure): boolean => measure.startsWith('cost_');

/** Names as people type them, to what they stand for. */
export interface Known {
  measures: ReadonlyMap<string, EntryMeasure>;
  /** Null: several agents have this name. */
  agents: ReadonlyMap<string, number | null>;
  teams: ReadonlyMap<string, string>;
  currency: string;
  zone: string;
}

/** How names are compared: without case, width of letters, and spaces around. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Agents by name; a name two people have stands for none, one of our own goes before one that a log knows. */
export function agentsByName(
  members: readonly { id: number; name: string; ref: string | null }[],
): Map<string, number | null> {
  const byName = Map.groupBy(members, ({ name }) => nameKey(name));
  return new Map(
    [...byName].map(([name, all]) => {
      const own = all.filter(({ ref }) => ref !== null);
      const meant = own.length > 0 ? own : all;
      return [name, meant.length === 1 ? (meant[0]?.id ?? null) : null];
    }),
  );
}

type Read<T> = { ok: T } | { faults: Faults };

/** Reads the cells of a row and collects what is wrong with them, so that all of it is shown at once. */
function rowReader(typed: Typed, known: Known) {
  const faults: Faults = {};
  const text = (cell: CellName): string => typed[cell]?.trim() ?? '';
  const fault = (cell: CellName, kind: CellFault): undefined => {
    faults[cell] ??= text(cell) === '' ? 'missing' : kind;
    return undefined;
  };
  const dates = (cell: CellName): Dates | undefined => {
    const read = readDates(text(cell));
    return typeof read === 'string' ? fault(cell, read) : read;
  };
  const agent = (): number | null | undefined => {
    if (text('agent') === '') return null;
    const id = known.agents.get(nameKey(text('agent')));
    return id === null ? fault('agent', 'several_agents') : (id ?? fault('agent', 'unknown_agent'));
  };
  const team = (): string | null | undefined =>
    text('team') === ''
      ? null
      : (known.teams.get(nameKey(text('team'))) ?? fault('team', 'unknown_team'));
  return {
    known,
    faults,
    text,
    fault,
    dates,
    agent,
    team,
    number: (cell: CellName) => readNumber(text(cell)) ?? fault(cell, 'not_a_number'),
    clock: (cell: CellName) => readClock(text(cell)) ?? fault(cell, 'not_a_time'),
  };
}
type RowReader = ReturnType<typeof rowReader>;

function measureOf(row: RowReader, group: EntryGroup): EntryMeasure | undefined {
  if (!group.cells.includes('measure')) return group.measures[0];
  const measure = row.known.measures.get(nameKey(row.text('measure')));
  return measure && group.measures.includes(measure)
    ? measure
    : row.fault('measure', 'unknown_measure');
}

function periodOf(row: RowReader, group: EntryGroup): Dates | undefined {
  if (!group.cells.includes('from')) return row.dates('date');
  const from = row.dates('from');
  if (row.text('to') === '') return from;
  const to = row.dates('to');
  if (from && to && to.to < from.from) row.faults.to = 'before_from';
  return from && to && { from: from.from, to: to.to };
}

function amountOf(row: RowReader, measure: EntryMeasure | undefined): number | undefined {
  const value = row.number('value');
  if (value === undefined || measure === undefined) return value;
  if (measure === 'grade' && value > 100) return row.fault('value', 'over_hundred');
  const stored = isMoney(measure) ? toMinor(value, row.known.currency) : value;
  return stored > 1e13 ? row.fault('value', 'too_large') : stored;
}

export type Entry = z.input<typeof EntryInput>;

/** One figure from what was typed in a row, or what is wrong with it. */
export function readEntry(group: EntryGroup, typed: Typed, known: Known): Read<Entry> {
  const row = rowReader(typed, known);
  const measure = measureOf(row, group);
  const period = periodOf(row, group);
  const value = amountOf(row, measure);
  const agentId = row.agent();
  if (measure === 'grade' && agentId === null) row.fault('agent', 'missing');
  const teamId = row.team();
  const note = row.text('note');
  if (note.length > 300) row.fault('note', 'too_long');
  const isWhole = measure !== undefined && period !== undefined && value !== undefined;
  if (!isWhole || Object.keys(row.faults).length > 0) return { faults: row.faults };
  return {
    ok: { measure, ...period, value, agentId: agentId ?? null, teamId: teamId ?? null, note },
  };
}

export interface Shift {
  agentId?: number;
  agent?: string;
  startsAt: string;
  endsAt: string;
}

/** Who works a shift: an agent that is known, or the name of one who is not yet. */
function workerOf(row: RowReader): Pick<Shift, 'agentId' | 'agent'> {
  const name = row.text('agent');
  const id = row.known.agents.get(nameKey(name));
  if (name === '') row.fault('agent', 'missing');
  else if (id === null) row.fault('agent', 'several_agents');
  else if (name.length > 120) row.fault('agent', 'too_long');
  return id == null ? { agent: name } : { agentId: id };
}

/** One shift from what was typed in a row. An end before the begin is on the next day. */
export function readShift(typed: Typed, known: Known): Read<Shift> {
  const row = rowReader(typed, known);
  const worker = workerOf(row);
  const dates = row.dates('date');
  if (dates && dates.from !== dates.to) row.fault('date', 'not_a_date');
  const starts = row.clock('starts');
  const ends = row.clock('ends');
  if (starts !== undefined && starts === ends) row.fault('ends', 'same_time');
  const isWhole = dates && starts !== undefined && ends !== undefined;
  if (!isWhole || Object.keys(row.faults).length > 0) return { faults: row.faults };
  const lastDay = ends < starts ? addDays(dates.from, 1) : dates.from;
  return {
    ok: {
      ...worker,
      startsAt: instantOf(known.zone, dates.from, starts),
      endsAt: instantOf(known.zone, lastDay, ends),
    },
  };
}
