import type { Actor } from '../../../kernel/actor.ts';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import type { AuditRow } from '../store/audit.ts';
import { insertAudit, selectAudit } from '../store/audit.ts';
import { selectKey } from '../store/keys.ts';
import { decodeCursor, encodeCursor } from './paging.ts';
import type { Page } from './paging.ts';

export type AuditInput = {
  /** `noun.done`, which is also the key of its text: `audit.<action>`. */
  action: string;
  subjectKind: string;
  subjectId?: string | null;
  subjectName?: string | null;
  /** What else a reader wants to know; never secrets. */
  details?: Record<string, unknown>;
};

/** Who did it, where the actor of the ctx is not who the log should name. */
export type AuditAuthor = {
  kind: 'user' | 'key' | 'system' | 'visitor' | 'command';
  id: string | null;
  name: string;
  ip: string | null;
};

async function authorOf(tx: Tx, actor: Actor): Promise<AuditAuthor> {
  if (actor.kind === 'user') {
    const { userId: id, name, ip } = actor;
    if (actor.via === 'key' && actor.keyId) {
      const key = await selectKey(tx.db, actor.keyId);
      return { kind: 'key', id, name: key ? `${key.name} (${name})` : name, ip };
    }
    return { kind: actor.via === 'command' ? 'command' : 'user', id, name, ip };
  }
  if (actor.kind === 'visitor') {
    return { kind: 'visitor', id: actor.visitorId, name: actor.name, ip: null };
  }
  return { kind: 'system', id: null, name: actor.kind === 'system' ? actor.name : '', ip: null };
}

/**
 * Writes an entry of the audit log in the transaction of what it tells of: every administrative change makes one.
 * Names are kept as they are now. The author is the actor unless given.
 */
export async function audit(tx: Tx, entry: AuditInput, author?: AuditAuthor): Promise<void> {
  const by = author ?? (await authorOf(tx, tx.actor));
  await insertAudit(tx.db, {
    id: newId(),
    actorKind: by.kind,
    actorId: by.id,
    actorName: by.name,
    action: entry.action,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId ?? null,
    subjectName: entry.subjectName ?? null,
    details: entry.details ?? {},
    ip: by.ip,
    requestId: tx.requestId,
  });
}

export type AuditQuery = {
  cursor?: string | undefined;
  limit: number;
  action?: string | undefined;
  actorId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** One page of the log, the newest entry first. */
export async function listAudit(ctx: Ctx, query: AuditQuery): Promise<Page<AuditRow>> {
  requireRight(ctx.actor, 'audit.read');
  const { cursor, limit, action, actorId, from, to } = query;
  const [beforeId] = decodeCursor(cursor, 1) ?? [];
  const rows = await selectAudit(ctx.db, {
    action,
    actorId,
    from: from ? new Date(from) : undefined,
    to: to ? new Date(to) : undefined,
    beforeId,
    limit: limit + 1,
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
}
