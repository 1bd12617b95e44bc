import { requireUser } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { customerChanged } from '../events.ts';
import { requireAuthor, requireRead, requireWrite } from '../policy.ts';
import { lockCustomer } from '../store/customers.ts';
import * as store from '../store/notes.ts';
import { customerRow } from './customers.ts';

const MOST_SHOWN = 500;

/** The newest 500 notes about a customer. */
export async function listNotes(ctx: Ctx, customerId: string): Promise<store.NoteRow[]> {
  requireRead(ctx.actor);
  const { id } = await customerRow(ctx, customerId);
  return store.selectNotes(ctx.db, id, MOST_SHOWN);
}

export async function addNote(
  ctx: Ctx,
  { customerId, text }: { customerId: string; text: string },
): Promise<store.NoteRow> {
  requireWrite(ctx.actor);
  const { userId: authorId, name: authorName } = requireUser(ctx.actor);
  return transact(ctx, async (tx) => {
    const customer = orProblem(await lockCustomer(tx.db, customerId), 'customer.not_found');
    const note = { id: newId(), customerId: customer.id, text, authorId, authorName };
    const stored = orProblem(await store.insertNote(tx.db, note), 'customer.not_found');
    tx.emit(customerChanged, { customerId: customer.id });
    return stored;
  });
}

export async function deleteNote(
  ctx: Ctx,
  { customerId, noteId }: { customerId: string; noteId: string },
): Promise<void> {
  requireWrite(ctx.actor);
  await transact(ctx, async (tx) => {
    const customer = orProblem(await lockCustomer(tx.db, customerId), 'customer.not_found');
    const found = await store.selectNote(tx.db, { id: noteId, customerId: customer.id });
    requireAuthor(tx.actor, orProblem(found, 'request.not_found'));
    await store.deleteNote(tx.db, noteId);
    tx.emit(customerChanged, { customerId: customer.id });
  });
}
