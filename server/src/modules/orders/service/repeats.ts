import type { confirmRepeat as confirmRoute, InputOf, RepeatView } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { visibleAmong } from '../../conversations/index.ts';
import { orderRepeated } from '../events.ts';
import { insertLink } from '../store/extras.ts';
import { lockOrders, selectOrder } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import { insertRepeat, selectRepeats, selectUnlike } from '../store/repeats.ts';
import { unsettle } from './first-contact.ts';
import { reopenScene } from './move.ts';
import { readerOf, requireSight } from './reader.ts';
import { onOrder, write } from './scene.ts';
import type { Scene } from './scene.ts';

/** Contacts after the first in which the customer came about an order. Throws `order.not_found`. */
export async function listRepeats(ctx: Ctx, id: string): Promise<{ items: RepeatView[] }> {
  await requireSight(ctx, await readerOf(ctx), await selectOrder(ctx.db, id));
  const rows = await selectRepeats(ctx.db, id);
  return {
    items: rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      byName: row.byName,
      conversationId: row.conversation_id,
      otherOrderId: row.other_order_id,
      otherOrderNumber: row.otherOrderNumber,
      note: row.note,
    })),
  };
}

type Confirm = InputOf<typeof confirmRoute, 'body'> & { id: string };

/** What the contact is: a conversation that the actor sees, or an order that they see, which is tied to this one. */
async function otherOf(tx: Tx, { id, conversationId, otherOrderId }: Confirm) {
  if (otherOrderId === id) throw new Problem('order.repeat_same');
  if (conversationId !== null && !(await visibleAmong(tx, [conversationId])).has(conversationId)) {
    throw new Problem('conversation.not_found');
  }
  if (otherOrderId === null) return null;
  return requireSight(tx, await readerOf(tx), await selectOrder(tx.db, otherOrderId));
}

async function tie(scene: Scene, other: OrderRow): Promise<void> {
  const link = { orderId: scene.order.id, otherId: other.id } as const;
  await insertLink(scene.tx.db, { ...link, kind: 'related', back: 'related' });
}

async function note(scene: Scene, given: Confirm, other: OrderRow | null): Promise<boolean> {
  const { tx, order, now, author } = scene;
  const conversationId = given.conversationId ?? other?.conversation_id ?? null;
  const repeat = {
    id: newId(now.getTime()),
    order_id: order.id,
    at: now,
    by_id: author.id,
    conversation_id: conversationId,
    other_order_id: given.otherOrderId,
    note: given.note,
  };
  if (!(await insertRepeat(tx.db, repeat))) return false;
  if (other) await tie(scene, other);
  const count = (await selectRepeats(tx.db, order.id)).length;
  tx.emit(orderRepeated, {
    orderId: order.id,
    repeatId: repeat.id,
    firstConversationId: order.conversation_id,
    conversationId,
    otherOrderId: given.otherOrderId,
    customerId: order.customer_id,
    count,
    at: now.toISOString(),
    byId: author.id,
  });
  const data = { count, number: other?.number ?? null, conversationId };
  write(scene, { kind: 'repeated', text: given.note, data });
  await unsettle(tx, order, now);
  return true;
}

/**
 * The customer has come again about this order; the same contact counts once. A closed order goes on with its history
 * if asked. Problems: `order.not_found`, `order.repeat_same`, `conversation.not_found`.
 */
export async function confirmRepeat(ctx: Ctx, given: Confirm): Promise<void> {
  requireRight(ctx.actor, 'order.write');
  await transact(ctx, async (tx) => {
    const other = await otherOf(tx, given);
    await lockOrders(tx.db, [given.id, ...(other ? [other.id] : [])]);
    await onOrder(tx, { id: given.id }, async (scene) => {
      const isNew = await note(scene, given, other);
      if (isNew && given.reopen && scene.order.status !== 'open') {
        await reopenScene(scene, given.note);
      } else {
        scene.isNewVersion = false;
      }
    });
  });
}

type Pair = { id: string; otherOrderId: string };

/** Two orders are about different matters, as an agent says; said again it changes nothing. Problems: `order.not_found`. */
export async function denyRepeat(ctx: Ctx, { id, otherOrderId }: Pair): Promise<void> {
  requireRight(ctx.actor, 'order.write');
  if (otherOrderId === id) throw new Problem('order.repeat_same');
  await transact(ctx, async (tx) => {
    const other = await requireSight(
      tx,
      await readerOf(tx),
      await selectOrder(tx.db, otherOrderId),
    );
    await onOrder(tx, { id }, async (scene) => {
      scene.isNewVersion = false;
      if ((await selectUnlike(tx.db, id, [otherOrderId])).has(otherOrderId)) return;
      write(scene, { kind: 'not_repeated', data: { number: other.number, otherId: other.id } });
    });
  });
}
