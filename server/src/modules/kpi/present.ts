import type { EntryView, ShiftView, SourceView, TargetView } from '@yingda/contract';
import type { EntryRow } from './store/entries.ts';
import type { ShiftRow } from './store/shifts.ts';
import type { SourceRow } from './store/sources.ts';
import type { TargetRow } from './store/targets.ts';

type Names = Map<string, string>;

/** `names`: of people by id. */
export function presentTarget(row: TargetRow, names: Names): TargetView {
  const createdBy = row.createdBy === null ? null : (names.get(row.createdBy) ?? null);
  return { ...row, createdAt: row.createdAt.toISOString(), createdBy };
}

export function presentEntry(row: EntryRow, names: Names): EntryView {
  const createdBy = row.createdBy === null ? null : (names.get(row.createdBy) ?? null);
  return { ...row, createdAt: row.createdAt.toISOString(), createdBy };
}

/** `names`: of agents by member. */
export function presentShift(row: ShiftRow, names: Map<number, string>): ShiftView {
  const { id, agentId, startsAt, endsAt } = row;
  return {
    id,
    agentId,
    agentName: names.get(agentId) ?? '',
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  };
}

export function presentSource(row: SourceRow): SourceView {
  const { id, kind, name, contacts, firstAt, lastAt, createdAt } = row;
  return {
    id,
    kind,
    name,
    contacts,
    from: firstAt?.toISOString() ?? null,
    to: lastAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
