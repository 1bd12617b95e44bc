import type {
  CallbackDetail,
  CallbackTry,
  CallbackView,
  countCallbacks as countRoute,
  InputOf,
  listCallbacks as listRoute,
  ResponseOf,
} from '@yingda/contract';
import type { Ctx } from '../../../../platform/ctx.ts';
import { resultsFor } from '../../domain/callbacks.ts';
import * as store from '../../store/callback-lists.ts';
import type { NamedCallback } from '../../store/callback-lists.ts';
import { selectTries } from '../../store/callback-rows.ts';
import { selectOrder } from '../../store/order.ts';
import { decodePlace, encodePlace } from '../cursor.ts';
import { summariesByIds } from '../lists.ts';
import { readerOf } from '../reader.ts';
import { orderSettings } from '../settings-read.ts';
import { missingFor } from './missing.ts';
import { mayGive, mayMake, requireCall, sightOf } from './reach.ts';

const presentCall = (row: NamedCallback): CallbackView => ({
  id: row.id,
  orderId: row.order_id,
  orderNumber: row.orderNumber,
  orderSubject: row.orderSubject,
  customerId: row.customer_id,
  customerName: row.customer_name,
  phones: row.phones,
  reason: row.reason,
  script: row.script,
  dueAt: row.due_at.toISOString(),
  nextTryAt: row.next_try_at.toISOString(),
  tries: row.tries,
  maxTries: row.max_tries,
  teamId: row.team_id,
  teamName: row.teamName,
  holderId: row.holder_id,
  holderName: row.holderName,
  state: row.state,
  result: row.result,
  note: row.note,
  satisfaction: row.satisfaction,
  createdAt: row.created_at.toISOString(),
  doneAt: row.done_at?.toISOString() ?? null,
  doneByName: row.doneByName,
  version: row.version,
});

type Query = InputOf<typeof listRoute, 'query'>;

/** One page of the callbacks that the actor sees. */
export async function listCalls(ctx: Ctx, query: Query): Promise<ResponseOf<typeof listRoute>> {
  const { cursor, limit, ...wanted } = query;
  const sight = sightOf(await readerOf(ctx));
  const paging = { after: decodePlace(cursor), limit: limit + 1 };
  const rows = await store.selectCallbacks(ctx.db, { sight, wanted }, paging);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(presentCall),
    nextCursor: last ? encodePlace(store.callPlaceOf(last, wanted.scope)) : null,
  };
}

const MOST_COUNTED = 500;
const SOON_MINUTES = 60;

export async function countCalls(ctx: Ctx): Promise<ResponseOf<typeof countRoute>> {
  const sight = sightOf(await readerOf(ctx));
  const { callbackQuota: quota } = await orderSettings(ctx);
  const counting = { most: MOST_COUNTED, soonMinutes: SOON_MINUTES };
  return { ...(await store.countCallbacks(ctx.db, sight, counting)), quota };
}

async function attemptsOf(ctx: Ctx, id: string): Promise<CallbackTry[]> {
  return (await selectTries(ctx.db, id)).map((made) => ({
    id: made.id,
    at: made.at.toISOString(),
    byName: made.byName,
    result: made.result,
    phone: made.phone,
    note: made.note,
    nextTryAt: made.next_try_at?.toISOString() ?? null,
  }));
}

/** One callback with its calls and its order. Throws `callback.not_found`. */
export async function viewCall(ctx: Ctx, id: string): Promise<CallbackDetail> {
  const reader = await readerOf(ctx);
  const call = await requireCall(ctx, reader, id);
  const { order_id: orderId, reason, state } = call;
  const order = orderId === null ? undefined : await selectOrder(ctx.db, orderId);
  const isOpen = state === 'open';
  return {
    ...presentCall(call),
    attempts: await attemptsOf(ctx, id),
    order: (order && (await summariesByIds(ctx, [order.id])).get(order.id)) ?? null,
    orderResult: order?.form.result ?? '',
    orderDescription: order?.form.description ?? '',
    results: isOpen ? resultsFor({ reason, hasOrder: orderId !== null }) : [],
    missing: await missingFor(ctx, isOpen ? order : undefined),
    mayWork: isOpen && mayMake(reader, call),
    mayAssign: isOpen && mayGive(reader, call),
  };
}
