import type { Permission } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import { hashKey, randomKey } from '../../../platform/secrets/index.ts';
import { keyChanged } from '../events.ts';
import { requireCovered } from '../policy.ts';
import type { KeyRow } from '../store/keys.ts';
import { insertKey, revokeKeyRow, selectKey, selectKeys } from '../store/keys.ts';
import { keyPrefix } from './access.ts';
import type { AuditAuthor } from './audit.ts';
import { audit } from './audit.ts';

/** Enough of the secret to recognise a key by, too little to guess the rest. */
const SHOWN_CHARACTERS = 9;

export type KeyInput = {
  name: string;
  scopes: Permission[];
  expiresAt: Date | null;
  /** On whose behalf the key acts. */
  ownerId: string;
};

export function listKeys(ctx: Ctx): Promise<KeyRow[]> {
  requireRight(ctx.actor, 'key.manage');
  return selectKeys(ctx.db);
}

/** Makes a key that acts for `ownerId`; the secret is in this answer only. Throws `role.beyond_own_rights`. */
export async function createKey(
  ctx: Ctx,
  { name, scopes, expiresAt, ownerId }: KeyInput,
  author?: AuditAuthor,
): Promise<{ key: KeyRow; secret: string }> {
  requireRight(ctx.actor, 'key.manage');
  requireCovered(ctx.actor, scopes, false);
  if (expiresAt && expiresAt <= new Date()) {
    throw new Problem('request.invalid', { faults: [{ path: 'expiresAt', kind: 'in_past' }] });
  }
  const id = newId();
  const secret = randomKey(keyPrefix);
  return transact(ctx, async (tx) => {
    await insertKey(tx.db, {
      id,
      name,
      prefix: secret.slice(0, SHOWN_CHARACTERS),
      keyHash: hashKey(secret),
      scopes: [...new Set(scopes)],
      createdBy: ownerId,
      expiresAt,
    });
    const subject = { subjectKind: 'key', subjectId: id, subjectName: name };
    await audit(tx, { action: 'key.created', ...subject, details: { scopes, expiresAt } }, author);
    tx.emit(keyChanged, { id });
    return { key: orProblem(await selectKey(tx.db, id), 'key.not_found'), secret };
  });
}

/** From now on the key opens nothing; its row stays for the log. Throws `key.not_found`. */
export async function revokeKey(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx.actor, 'key.manage');
  await transact(ctx, async (tx) => {
    const key = orProblem(await selectKey(tx.db, id), 'key.not_found');
    if (!(await revokeKeyRow(tx.db, id))) throw new Problem('key.not_found');
    await audit(tx, {
      action: 'key.revoked',
      subjectKind: 'key',
      subjectId: id,
      subjectName: key.name,
    });
    tx.emit(keyChanged, { id });
  });
}
