import type {
  InputOf,
  listWebhookDeliveries as listRoute,
  WebhookDelivery,
  WebhookDeliveryView,
} from '@yingda/contract';
import { Uuid } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { presentDelivery } from '../present.ts';
import * as store from '../store/deliveries.ts';
import { selectWebhook } from '../store/webhooks.ts';
import { wakeDelivery } from './deliver.ts';
import { sendTo } from './tell.ts';

const require = (ctx: Ctx): void => requireRight(ctx.actor, 'webhook.manage');

function decode(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = Uuid.safeParse(cursor);
  if (!id.success) throw new Problem('request.malformed');
  return id.data;
}

type Query = InputOf<typeof listRoute, 'query'>;

/** One page of what was sent to a webhook, newest first. */
export async function listDeliveries(ctx: Ctx, webhookId: string, query: Query) {
  require(ctx);
  orProblem(await selectWebhook(ctx.db, webhookId), 'webhook.not_found');
  const { cursor, limit, state, event } = query;
  const page = { webhookId, state, event, before: decode(cursor), limit: limit + 1 };
  const rows = await store.selectDeliveries(ctx.db, page);
  const items = rows.slice(0, limit).map(presentDelivery);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export async function viewDelivery(ctx: Ctx, id: string): Promise<WebhookDeliveryView> {
  require(ctx);
  const row = orProblem(await store.selectDelivery(ctx.db, id), 'webhook.delivery_not_found');
  const attempts = await store.selectAttempts(ctx.db, id);
  return {
    ...presentDelivery(row),
    url: row.url,
    body: row.body,
    attempts: attempts.map(({ at, status, took_ms: tookMs, problem, answer }) => ({
      at: at.toISOString(),
      status,
      tookMs,
      problem,
      answer,
    })),
  };
}

/** Sends it again at once, with the id it had. Problems: `webhook.delivery_not_found`, `webhook.switched_off`. */
export async function redeliver(ctx: Ctx, id: string): Promise<WebhookDelivery> {
  require(ctx);
  return transact(ctx, async (tx) => {
    const before = orProblem(await store.selectDelivery(tx.db, id), 'webhook.delivery_not_found');
    if (!before.isActive) throw new Problem('webhook.switched_off');
    await store.restart(tx.db, id);
    tx.afterCommit(() => wakeDelivery(ctx.services));
    return presentDelivery(
      orProblem(await store.selectDelivery(tx.db, id), 'webhook.delivery_not_found'),
    );
  });
}

/** Sends a test event. Problems: `webhook.not_found`, `webhook.switched_off`. */
export async function sendTest(ctx: Ctx, webhookId: string): Promise<string> {
  require(ctx);
  const data = { message: 'This is a test.' };
  const { id } = await transact(ctx, (tx) => sendTo(tx, { webhookId, event: 'test', data }));
  return id;
}

const KEPT_DAYS = 30;

/** Forgets deliveries after thirty days. */
export async function tidy(ctx: Ctx): Promise<void> {
  while ((await store.deleteOld(ctx.db, KEPT_DAYS)) > 0);
}
