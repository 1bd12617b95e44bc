import { Uuid } from '@yingda/contract';
import type { Recurrence } from '@yingda/contract';
import { z } from 'zod';
import { requireRight } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { cancelTimer, setTimer, timerKind } from '../../clocks/index.ts';
import { organisation } from '../../identity/index.ts';
import { nextOccurrence } from '../domain/recurrence.ts';
import { requireWork } from '../policy.ts';
import { deleteRecurrence, insertLink, saveRecurrence, selectRecurrence } from '../store/extras.ts';
import { lockOrder } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import { priorities, recordOrder } from './create.ts';
import { instantOf } from './lists.ts';
import { onOrder, write } from './scene.ts';

async function nextAfter(ctx: Ctx, rule: Recurrence, now: Date): Promise<Date> {
  const { timeZone } = await organisation(ctx);
  const at = nextOccurrence(rule, now.getTime(), (date, minute) =>
    instantOf(timeZone, date, minute),
  );
  return new Date(at);
}

/** The same matter once more, as it was recorded; what was found and done is not. */
async function recordAgain(tx: Tx, order: OrderRow): Promise<void> {
  const { description, region, address, product, fields } = order.form;
  const { order: made } = await recordOrder(
    tx,
    {
      subject: order.subject,
      description,
      region,
      address,
      product,
      fields,
      phones: order.phones,
      categoryId: order.category_id,
      priority: priorities[order.priority] ?? 'normal',
      customerId: order.customer_id,
      customerName: order.customer_name || undefined,
      departmentId: order.department_id,
      conversationId: null,
      parentId: null,
      fileIds: [],
    },
    { id: order.recorder_id, teamId: order.recorder_team_id },
  );
  const link = { orderId: made.id, otherId: order.id } as const;
  await insertLink(tx.db, { ...link, kind: 'related', back: 'related' });
}

const recurring = timerKind('order.recur', z.object({ orderId: Uuid }), async (tx, { orderId }) => {
  // Locked before it is asked whether: who ends it meanwhile is waited for.
  const order = await lockOrder(tx.db, orderId);
  const recurrence = await selectRecurrence(tx.db, orderId);
  if (!recurrence || !order) return;
  try {
    await recordAgain(tx, order);
  } catch (error) {
    // Its category is retired, its department gone: this time nothing is recorded, the next time perhaps.
    if (!(error instanceof Problem)) throw error;
    tx.log.warn({ orderId, code: error.code }, 'a recurring order could not be recorded');
  }
  const next = await nextAfter(tx, recurrence.rule, order.now);
  await saveRecurrence(tx.db, orderId, { ...recurrence, next_at: next });
  await setTimer(tx, 'order.recur', { key: orderId, dueAt: next, payload: { orderId } });
});

/** An order like this one is recorded again and again, also after this one is closed; null: no more. */
export async function setRecurrence(
  ctx: Ctx,
  { id, recurrence }: { id: string; recurrence: Recurrence | null },
): Promise<void> {
  requireRight(ctx.actor, 'order.write');
  await onOrder(ctx, { id }, async (scene) => {
    requireWork(scene.reader, scene.order);
    const { tx, now, author } = scene;
    scene.isNewVersion = false;
    write(scene, { kind: 'changed', data: { fields: ['recurrence'] } });
    if (recurrence === null) {
      await deleteRecurrence(tx.db, id);
      await cancelTimer(tx, recurring, id);
      return;
    }
    const next = await nextAfter(tx, recurrence, now);
    await saveRecurrence(tx.db, id, { rule: recurrence, next_at: next, set_by: author.id });
    await setTimer(tx, recurring, { key: id, dueAt: next, payload: { orderId: id } });
  });
}
