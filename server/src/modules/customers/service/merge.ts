import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { audit } from '../../identity/index.ts';
import { mergeKnown } from '../domain/merge.ts';
import { customerMerged } from '../events.ts';
import { requireWrite } from '../policy.ts';
import type { CustomerRow } from '../store/customers.ts';
import * as store from '../store/customers.ts';
import { moveIdentities, selectIdentities } from '../store/identities.ts';
import { moveNotes } from '../store/notes.ts';
import { saveCustomer } from './save.ts';

/** Both as they are now, and nobody else touches them; either may have become another one in the meantime. */
async function lockBoth(tx: Tx, ids: [string, string]): Promise<[CustomerRow, CustomerRow]> {
  await store.lockForMerge(tx.db, ids);
  const into = orProblem(await store.selectCustomer(tx.db, ids[0]), 'customer.not_found');
  const other = orProblem(await store.selectCustomer(tx.db, ids[1]), 'customer.not_found');
  if (into.id === other.id) throw new Problem('customer.merge_same');
  if (into.id === ids[0] && other.id === ids[1]) return [into, other];
  return lockBoth(tx, [into.id, other.id]);
}

/**
 * Makes one customer of two: identities, notes and what `into` lacks move there, and the id of `other` leads to `into`
 * from now on. Others move their rows when they hear `customer.merged`. Throws `customer.not_found` and
 * `customer.merge_same`.
 */
export async function mergeCustomers(
  ctx: Ctx,
  input: { into: string; other: string },
): Promise<CustomerRow> {
  requireWrite(ctx.actor);
  return transact(ctx, async (tx) => {
    const [into, other] = await lockBoth(tx, [input.into, input.other]);
    const pair = { into: into.id, other: other.id };
    await moveIdentities(tx.db, { from: other.id, to: into.id });
    await moveNotes(tx.db, { from: other.id, to: into.id });
    await store.retireCustomer(tx.db, pair);
    const identities = await selectIdentities(tx.db, into.id);
    await saveCustomer(tx, { ...into, ...mergeKnown(into, other), identities });
    await audit(tx, {
      action: 'customer.merged',
      subjectKind: 'customer',
      subjectId: into.id,
      subjectName: into.name,
      details: { otherId: other.id, otherName: other.name },
    });
    tx.emit(customerMerged, pair);
    return orProblem(await store.selectCustomer(tx.db, into.id), 'customer.not_found');
  });
}
