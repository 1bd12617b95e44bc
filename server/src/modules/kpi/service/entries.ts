import type { EntryInput, EntryView, InputOf, listEntries as listRoute } from '@yingda/contract';
import { z } from 'zod';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { audit, namesOf, teamOf } from '../../identity/index.ts';
import { isUsablePeriod } from '../domain/days.ts';
import { kpiChanged } from '../events.ts';
import { presentEntry } from '../present.ts';
import { insertEntries, removeEntry, selectEntries } from '../store/entries.ts';
import type { EntryRow } from '../store/entries.ts';
import { requireMembers } from './member-list.ts';
import { decodePlace, encodePlace } from './paging.ts';
import { agentsOf, scopeOf } from './scope.ts';

const Place = z.tuple([z.uuid()]);

async function present(ctx: Ctx, rows: EntryRow[]): Promise<EntryView[]> {
  const authors = rows.flatMap(({ createdBy }) => createdBy ?? []);
  const names = await namesOf(ctx, authors);
  return rows.map((row) => presentEntry(row, names));
}

/** One page of what was entered, the newest first; of own teams only, where the right is for some. */
export async function listEntries(
  ctx: Ctx,
  { measure, cursor, limit }: InputOf<typeof listRoute, 'query'>,
): Promise<{ items: EntryView[]; nextCursor: string | null }> {
  const [beforeId] = decodePlace(cursor, Place) ?? [];
  const scope = await scopeOf(ctx);
  const { teams } = scope;
  const owners = teams === 'all' ? null : { teams, agents: agentsOf(scope, teams) };
  const rows = await selectEntries(ctx, { measure, owners, beforeId, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await present(ctx, page),
    nextCursor: rows.length > limit && last ? encodePlace([last.id]) : null,
  };
}

async function requireTeams(ctx: Ctx, ids: string[]): Promise<void> {
  for (const id of new Set(ids)) {
    if (!(await teamOf(ctx, id))) throw new Problem('team.not_found');
  }
}

type Input = z.output<typeof EntryInput>;

/** Writes all of them or none. Throws `kpi.member_not_found`, `team.not_found`, `kpi.period_invalid`. */
export async function addEntries(ctx: Ctx, entries: Input[]): Promise<EntryView[]> {
  requireRight(ctx.actor, 'kpi.manage');
  if (!entries.every(isUsablePeriod)) throw new Problem('kpi.period_invalid');
  await requireMembers(
    ctx,
    'agent',
    entries.flatMap(({ agentId }) => agentId ?? []),
  );
  await requireTeams(
    ctx,
    entries.flatMap(({ teamId }) => teamId ?? []),
  );
  const createdBy = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  return transact(ctx, async (tx) => {
    const rows = await insertEntries(
      tx,
      entries.map((entry) => ({ ...entry, id: newId(), createdBy })),
    );
    const measures = [...new Set(entries.map(({ measure }) => measure))];
    await audit(tx, {
      action: 'kpi_entry.created',
      subjectKind: 'kpi_entry',
      subjectName: measures.join(', '),
      details: { count: entries.length },
    });
    tx.emit(kpiChanged, { noun: 'entries' });
    return present(tx, rows);
  });
}

/** Throws `kpi.entry_not_found`. */
export async function deleteEntry(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx.actor, 'kpi.manage');
  await transact(ctx, async (tx) => {
    const row = orProblem(await removeEntry(tx, id), 'kpi.entry_not_found');
    const { measure, from, to, value } = row;
    await audit(tx, {
      action: 'kpi_entry.deleted',
      subjectKind: 'kpi_entry',
      subjectId: id,
      subjectName: measure,
      details: { from, to, value },
    });
    tx.emit(kpiChanged, { noun: 'entries' });
  });
}
