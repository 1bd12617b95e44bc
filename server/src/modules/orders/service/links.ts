import type { FlowDefinition, InputOf, splitOrder as splitRoute } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { isOfSameCustomer, requireWork } from '../policy.ts';
import { insertLink, isAbove } from '../store/extras.ts';
import type { LinkKind } from '../store/extras.ts';
import { copyLines } from '../store/line.ts';
import { lockOrders } from '../store/order.ts';
import { recordOrder } from './create.ts';
import { enterStep } from './enter.ts';
import { onOrder, requireOpen, write } from './scene.ts';

const opposite = { parent: 'child', child: 'parent', related: 'related' } as const;

type Link = { id: string; otherId: string; kind: 'parent' | 'child' | 'related' };

/**
 * Ties two orders that the actor may both see. `kind`: what the other is to this one. Problems: `order.merge_same` for
 * one and the same, `order.link_circle` when one would stand above itself.
 */
export async function linkOrder(ctx: Ctx, { id, otherId, kind }: Link): Promise<void> {
  if (id === otherId) throw new Problem('order.merge_same');
  await transact(ctx, async (tx) => {
    await lockOrders(tx.db, [id, otherId]);
    const [above, below] = kind === 'parent' ? [otherId, id] : [id, otherId];
    await onOrder(tx, { id }, async (scene) => {
      requireWork(scene.reader, scene.order);
      await onOrder(tx, { id: otherId }, async (other) => {
        if (kind !== 'related' && (await isAbove(tx.db, below, above))) {
          throw new Problem('order.link_circle');
        }
        await insertLink(tx.db, { orderId: id, otherId, kind, back: opposite[kind] });
        [scene.isNewVersion, other.isNewVersion] = [false, false];
        const back = opposite[kind];
        write(scene, { kind: 'linked', data: { number: other.order.number, kind } });
        write(other, { kind: 'linked', data: { number: scene.order.number, kind: back } });
      });
    });
  });
}

/** Where an order ends that goes on in another: at the end where things are closed rather than called off. */
function endOf({ steps }: FlowDefinition): string {
  const calledOff = new Set(
    steps
      .flatMap(({ moves }) => moves)
      .filter(({ effect }) => effect === 'cancelled')
      .map(({ to }) => to),
  );
  const ends = steps.filter(({ kind }) => kind === 'end');
  const end = ends.find(({ key }) => !calledOff.has(key)) ?? ends[0];
  if (!end) throw new Error('the flow has no end');
  return end.key;
}

/**
 * The other order goes on in this one: its comments and time come here, it is closed and points here. Problems:
 * `order.merge_same`, `order.closed` when one of them is, `order.not_yours` when the actor works on neither.
 */
export async function mergeOrder(
  ctx: Ctx,
  { id, otherId }: { id: string; otherId: string },
): Promise<void> {
  requireRight(ctx.actor, 'order.write');
  if (id === otherId) throw new Problem('order.merge_same');
  await transact(ctx, async (tx) => {
    await lockOrders(tx.db, [id, otherId]);
    await onOrder(tx, { id }, async (scene) => {
      await onOrder(tx, { id: otherId }, async (other) => {
        requireOpen(scene);
        requireOpen(other);
        requireWork(scene.reader, scene.order);
        requireWork(other.reader, other.order);
        const link = { orderId: id, otherId, kind: 'merged_from', back: 'merged_into' } as const;
        await insertLink(tx.db, link);
        await copyLines(tx.db, {
          from: otherId,
          to: id,
          ids: (count) => Array.from({ length: count }, () => newId()),
          // What one customer wrote and was told is nothing for another's page.
          public: isOfSameCustomer(scene.order, other.order),
        });
        scene.order.spent_minutes += other.order.spent_minutes;
        await enterStep(other, endOf(other.flow.definition), null);
        write(scene, { kind: 'merged', data: { number: other.order.number, into: false } });
        const data = { number: scene.order.number, into: true };
        write(other, { kind: 'merged', data }, 'closed');
      });
    });
  });
}

type Split = InputOf<typeof splitRoute, 'body'> & { id: string };

/**
 * Part of the matter becomes an order of its own, with the same customer; gives its id. The same again (by the caller's
 * key) gives the first one.
 */
export async function splitOrder(ctx: Ctx, { id, ...part }: Split): Promise<string> {
  requireRight(ctx.actor, 'order.write');
  return transact(ctx, (tx) =>
    onOrder(tx, { id }, async (scene) => {
      requireWork(scene.reader, scene.order);
      const { order } = scene;
      const { order: own, made } = await recordOrder(tx, {
        ...part,
        priority: (['low', 'normal', 'high', 'urgent'] as const)[order.priority] ?? 'normal',
        phones: order.phones,
        customerId: order.customer_id,
        customerName: order.customer_name || undefined,
        departmentId: null,
        conversationId: null,
        parentId: null,
        fileIds: [],
      });
      if (!made) return own.id;
      const kind: LinkKind = 'split_from';
      await insertLink(tx.db, { orderId: own.id, otherId: id, kind, back: 'related' });
      scene.isNewVersion = false;
      write(scene, { kind: 'split', data: { number: own.number } });
      return own.id;
    }),
  );
}
