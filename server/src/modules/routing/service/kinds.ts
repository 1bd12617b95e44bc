import type { Ctx, Tx } from '../../../platform/ctx.ts';

/** What the offer shows of a subject. */
export type Brief = { customerName: string; subject: string; preview: string };
export type AssignedWork = { id: string; subjectId: string; agentId: string; queueId: string };
export type ReleasedWork = {
  id: string;
  subjectId: string;
  /** Who had it; null: nobody. */
  agentId: string | null;
  queueId: string;
};

/** What the owner of a kind of work does when routing decides; called inside routing's transaction. */
export type WorkKindHooks = {
  assigned(tx: Tx, items: AssignedWork[]): Promise<void>;
  released(tx: Tx, items: ReleasedWork[]): Promise<void>;
  brief(ctx: Ctx, subjectIds: string[]): Promise<Map<string, Brief>>;
  /**
   * Locks subjects that `assigned` is going to change, before routing locks its items: the order in which their owner
   * does it too. `skip`: without those that somebody else has locked. Gives the ids locked.
   */
  lock?(tx: Tx, subjectIds: string[], how: 'wait' | 'skip'): Promise<string[]>;
};

const kinds = new Map<string, WorkKindHooks>();

/** Joins a kind of work to the module that owns its subjects. Call once, when that module is loaded. */
export function registerWorkKind(kind: 'conversation', hooks: WorkKindHooks): void {
  kinds.set(kind, hooks);
}

type OfKind = { kind: string; subjectId: string };

function byKind<T extends OfKind>(items: T[]): Map<string, T[]> {
  return Map.groupBy(items, ({ kind }) => kind);
}

/** Locks the subjects of these items; gives the items whose subject is locked now. */
export async function lockSubjects<T extends OfKind>(
  tx: Tx,
  items: T[],
  how: 'wait' | 'skip',
): Promise<T[]> {
  const locked: T[] = [];
  for (const [kind, own] of byKind(items)) {
    const ids = own.map(({ subjectId }) => subjectId).sort();
    const done = new Set((await kinds.get(kind)?.lock?.(tx, ids, how)) ?? ids);
    locked.push(...own.filter(({ subjectId }) => done.has(subjectId)));
  }
  return locked;
}

export async function tellAssigned(tx: Tx, items: (AssignedWork & OfKind)[]): Promise<void> {
  for (const [kind, own] of byKind(items)) await kinds.get(kind)?.assigned(tx, own);
}

export async function tellReleased(tx: Tx, items: (ReleasedWork & OfKind)[]): Promise<void> {
  for (const [kind, own] of byKind(items)) await kinds.get(kind)?.released(tx, own);
}

const noBrief: Brief = { customerName: '', subject: '', preview: '' };

/** What offers show of these items. */
export async function briefsOf(ctx: Ctx, items: OfKind[]): Promise<(subjectId: string) => Brief> {
  const briefs = new Map<string, Brief>();
  for (const [kind, own] of byKind(items)) {
    const ids = own.map(({ subjectId }) => subjectId);
    for (const [id, brief] of (await kinds.get(kind)?.brief(ctx, ids)) ?? []) briefs.set(id, brief);
  }
  return (subjectId) => briefs.get(subjectId) ?? noBrief;
}
