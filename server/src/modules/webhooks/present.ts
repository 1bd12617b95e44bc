import type { WebhookDelivery, WebhookView } from '@yingda/contract';
import type { DeliveryRow } from './store/deliveries.ts';
import type { WebhookFigures } from './store/webhooks.ts';

/** A webhook without its secret. */
export function presentWebhook(row: WebhookFigures, names: Map<string, string>): WebhookView {
  const { id, name, url, events, waiting, lastAt, lastState, old_secret_until: until } = row;
  return {
    id,
    version: row.version,
    name,
    url,
    events,
    isActive: row.is_active,
    createdAt: row.created_at.toISOString(),
    createdByName: row.created_by === null ? null : (names.get(row.created_by) ?? null),
    failingSince: row.failing_since?.toISOString() ?? null,
    gaveUp: row.gave_up,
    oldSecretUntil: until && until.getTime() > Date.now() ? until.toISOString() : null,
    last: lastAt && lastState ? { at: lastAt.toISOString(), state: lastState } : null,
    waiting,
  };
}

export function presentDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    event: row.event,
    at: row.at.toISOString(),
    state: row.state,
    tries: row.tries,
    nextTryAt: row.next_try_at?.toISOString() ?? null,
    lastStatus: row.last_status,
    lastProblem: row.last_problem,
  };
}
