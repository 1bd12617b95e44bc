import type { WebhookEvent } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { conversationFacts } from '../../conversations/index.ts';
import { customerView } from '../../customers/index.ts';
import { orderFacts, orderTextAt } from '../../orders/index.ts';
import type { Happening } from '../domain/happening.ts';
import { insertDeliveries } from '../store/deliveries.ts';
import type { NewDelivery } from '../store/deliveries.ts';
import { selectActive, selectWebhook } from '../store/webhooks.ts';
import { wakeDelivery } from './deliver.ts';

/** What is told of the thing that something happened to; null when it is gone. */
type Teller = (happening: Happening) => Promise<object | null>;

const idsOf = (happenings: Happening[], kind: Happening['subject']['kind']): string[] =>
  happenings.filter(({ subject }) => subject.kind === kind).map(({ subject }) => subject.id);

async function tellers(ctx: Ctx, happenings: Happening[]): Promise<Teller> {
  const orders = await orderFacts(ctx, idsOf(happenings, 'order'));
  const conversations = await conversationFacts(ctx, idsOf(happenings, 'conversation'));
  return async ({ name, subject: { kind, id }, at, text, previousStep, callResult }) => {
    if (kind === 'customer') return { customer: await customerView(ctx, id).catch(() => null) };
    if (kind === 'order') {
      const facts = orders.get(id);
      if (!facts) return null;
      const written = name === 'order.commented' ? await orderTextAt(ctx, id, at) : null;
      const { order, form, conversationId } = facts;
      return { order: { ...order, form, conversationId }, previousStep, callResult, text: written };
    }
    const facts = conversations.get(id);
    return facts ? { conversation: facts.conversation, text } : null;
  };
}

const bodyOf = (event: string, at: string, data: object): string =>
  JSON.stringify({ type: event, timestamp: at, data });

/** What happened, with the automations from which it follows; a message of anybody is told as `message.posted` too. */
export type Told = Happening & { message?: object; chain: string[] };

/** Puts what happened on the way to every webhook that wants to hear it. */
export async function tell(tx: Tx, happenings: Told[]): Promise<void> {
  if (happenings.length === 0) return;
  const webhooks = await selectActive(tx.db);
  const wanted = new Set<WebhookEvent>(webhooks.flatMap(({ events }) => events));
  const heard = happenings.filter(({ name }) => wanted.has(name));
  if (heard.length === 0) return;
  const tellOf = await tellers(
    tx,
    heard.filter(({ message }) => message === undefined),
  );
  const deliveries: NewDelivery[] = [];
  for (const happening of heard) {
    const { name: event, subject, at, by, byId, message, chain } = happening;
    const data = message
      ? { conversationId: subject.id, message }
      : { ...(await tellOf(happening)), by, byId };
    const body = bodyOf(event, at, data);
    for (const { id: webhookId, events } of webhooks) {
      if (events.includes(event)) deliveries.push({ id: newId(), webhookId, event, body, chain });
    }
  }
  await insertDeliveries(tx.db, deliveries);
  tx.afterCommit(() => wakeDelivery(tx.services));
}

type Direct = { webhookId: string; event: string; data: object; chain?: string[] };

/**
 * Sends something to one webhook, whatever it listens to; the delivery's id and the webhook's name. Problems: `webhook.not_found`,
 * `webhook.switched_off`.
 */
export async function sendTo(
  tx: Tx,
  { webhookId, event, data, chain = [] }: Direct,
): Promise<{ id: string; webhookName: string }> {
  const webhook = orProblem(await selectWebhook(tx.db, webhookId), 'webhook.not_found');
  if (!webhook.is_active) throw new Problem('webhook.switched_off');
  const id = newId();
  const body = bodyOf(event, new Date().toISOString(), data);
  await insertDeliveries(tx.db, [{ id, webhookId, event, body, chain }]);
  tx.afterCommit(() => wakeDelivery(tx.services));
  return { id, webhookName: webhook.name };
}
