import type { Tx } from '../../../platform/ctx.ts';
import { contactsOf, recordContactEvents, recordedContacts } from '../../contacts/index.ts';
import type { RecordedContact } from '../../contacts/index.ts';
import type { OrderRow } from '../store/order.ts';

/** Whether a contact counts as solved by now. */
function isSolved({ events }: RecordedContact): boolean {
  const last = events.findLast(({ type }) => type === 'solved' || type === 'reopened');
  return last?.type === 'solved';
}

/**
 * The matter of an order was not solved after all: the contact from which the order came, if it was ended as solved,
 * was no first-contact resolution. Said once in the event log, from which the standards are counted.
 */
export async function unsettle(tx: Tx, order: OrderRow, at: Date): Promise<void> {
  if (order.conversation_id === null) return;
  const ids: string[] = [];
  for await (const some of contactsOf(tx, { subjectIds: [order.conversation_id] })) {
    ids.push(...some);
  }
  // Of a conversation that was taken up again later, the contact during which the order was recorded.
  const first = (await recordedContacts(tx, ids))
    .filter(({ openedAt }) => openedAt <= order.created_at)
    .toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime())
    .at(-1);
  if (!first || !isSolved(first)) return;
  const data = { orderId: order.id, number: order.number };
  await recordContactEvents(tx, [{ contactId: first.id, type: 'reopened', at, data }]);
}
