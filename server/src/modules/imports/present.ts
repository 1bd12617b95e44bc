import type { ImportView } from '@yingda/contract';
import type { Ctx } from '../../platform/ctx.ts';
import { namesOf } from '../identity/index.ts';
import type { RunRow } from './store/run.ts';

/** Imports as callers see them, with the names of who started them. */
export async function viewsOf(ctx: Ctx, runs: RunRow[]): Promise<ImportView[]> {
  const people = runs.flatMap(({ created_by: by }) => by ?? []);
  const names = people.length > 0 ? await namesOf(ctx, people) : new Map<string, string>();
  return runs.map((run) => ({
    id: run.id,
    kind: run.kind,
    log: run.log,
    name: run.name,
    zone: run.zone,
    files: run.sources.map(({ name, size }) => ({ name, size })),
    state: run.state,
    phase: run.phase,
    sourceId: run.state === 'done' ? run.batch_id : null,
    bytesRead: run.bytes_read,
    bytesTotal: run.bytes_total,
    rows: run.rows,
    contacts: run.contacts,
    errors: run.errors,
    problem: run.problem,
    createdAt: run.created_at.toISOString(),
    createdBy: run.created_by === null ? null : (names.get(run.created_by) ?? null),
    startedAt: run.started_at?.toISOString() ?? null,
    endedAt: run.ended_at?.toISOString() ?? null,
  }));
}
