import { z } from 'zod';
import { automationEvents } from './automations/index.ts';
import {
  freeText,
  IdParams,
  Instant,
  line,
  listOf,
  pageOf,
  PageQuery,
  route,
  Uuid,
} from './route.ts';

/** What a webhook may hear. `message.posted` tells every message; `automation.fired` is sent by an automation's action. */
export const webhookEvents = [
  ...automationEvents,
  'message.posted',
  'customer.changed',
  'automation.fired',
] as const;
export const WebhookEvent = z.enum(webhookEvents);
export type WebhookEvent = z.output<typeof WebhookEvent>;

const WebhookInput = z.object({
  name: line(120),
  url: z
    .string()
    .max(1000)
    .regex(/^https?:\/\/[^\s\p{Cc}]+$/u),
  events: z.array(WebhookEvent).max(webhookEvents.length),
  isActive: z.boolean().default(true),
});
export const DeliveryOutcome = z.enum(['waiting', 'retrying', 'delivered', 'failed']);
export type DeliveryOutcome = z.output<typeof DeliveryOutcome>;
export const WebhookView = WebhookInput.extend({
  id: Uuid,
  version: z.int(),
  createdAt: Instant,
  createdByName: z.string().nullable(),
  /** Since when nothing was delivered; null: all is well. After five days it is switched off. */
  failingSince: Instant.nullable(),
  /** True: switched off because nothing could be delivered for days. */
  gaveUp: z.boolean(),
  /** Until when the secret before the last renewal signs too. */
  oldSecretUntil: Instant.nullable(),
  last: z.object({ at: Instant, state: DeliveryOutcome }).nullable(),
  waiting: z.int(),
});
export type WebhookView = z.output<typeof WebhookView>;
/** The secret is shown this once: `whsec_…`, as the Standard Webhooks libraries take it. */
export const WebhookWithSecret = WebhookView.extend({ secret: z.string() });
export type WebhookWithSecret = z.output<typeof WebhookWithSecret>;

export const listWebhooks = route({
  method: 'GET',
  path: '/api/webhooks',
  summary: 'Addresses that are told of events',
  access: 'webhook.manage',
  response: listOf(WebhookView),
});
export const createWebhook = route({
  method: 'POST',
  path: '/api/webhooks',
  summary: 'Tell an address of events; its secret is shown once',
  access: 'webhook.manage',
  body: WebhookInput,
  response: WebhookWithSecret,
  status: 201,
});
export const updateWebhook = route({
  method: 'PUT',
  path: '/api/webhooks/:id',
  summary: 'Change a webhook; `version` guards against overwriting a colleague',
  access: 'webhook.manage',
  params: IdParams,
  body: WebhookInput.extend({ version: z.int() }),
  response: WebhookView,
});
export const deleteWebhook = route({
  method: 'DELETE',
  path: '/api/webhooks/:id',
  summary: 'Delete a webhook that no automation sends to, with its log',
  access: 'webhook.manage',
  params: IdParams,
});
export const renewWebhookSecret = route({
  method: 'POST',
  path: '/api/webhooks/:id/secret',
  summary: 'A new secret; the old one signs beside it for a day',
  access: 'webhook.manage',
  params: IdParams,
  response: WebhookWithSecret,
});
export const testWebhook = route({
  method: 'POST',
  path: '/api/webhooks/:id/test',
  summary: 'Send a test event at once',
  access: 'webhook.manage',
  params: IdParams,
  ratePerMinute: 30,
  response: z.object({ deliveryId: Uuid }),
  status: 202,
});

export const WebhookAttempt = z.object({
  at: Instant,
  /** Status of the answer; null: there was none. */
  status: z.int().nullable(),
  tookMs: z.int(),
  /**
   * Why there was none: `timeout`, `refused`, `unknown_host`, `certificate`, `address_private`, `connection`, or
   * `secret_unreadable` when the installation's own secret is another now.
   */
  problem: z.string().nullable(),
  /** The beginning of the answer. */
  answer: z.string(),
});
export type WebhookAttempt = z.output<typeof WebhookAttempt>;
export const WebhookDelivery = z.object({
  /** Also the header `webhook-id`: the same for every try. */
  id: Uuid,
  webhookId: Uuid,
  event: z.string(),
  at: Instant,
  state: DeliveryOutcome,
  tries: z.int(),
  nextTryAt: Instant.nullable(),
  lastStatus: z.int().nullable(),
  lastProblem: z.string().nullable(),
});
export type WebhookDelivery = z.output<typeof WebhookDelivery>;
export const WebhookDeliveryView = WebhookDelivery.extend({
  url: z.string(),
  /** The body as it is signed and sent. */
  body: z.string(),
  attempts: z.array(WebhookAttempt),
});
export type WebhookDeliveryView = z.output<typeof WebhookDeliveryView>;
export const listWebhookDeliveries = route({
  method: 'GET',
  path: '/api/webhooks/:id/deliveries',
  summary: 'What was sent to a webhook, newest first; kept for 30 days',
  access: 'webhook.manage',
  params: IdParams,
  query: PageQuery.extend({
    state: DeliveryOutcome.optional(),
    event: freeText(60).optional(),
  }),
  response: pageOf(WebhookDelivery),
});
export const getWebhookDelivery = route({
  method: 'GET',
  path: '/api/webhook-deliveries/:id',
  summary: 'One delivery with its body and every try',
  access: 'webhook.manage',
  params: IdParams,
  response: WebhookDeliveryView,
});
export const redeliverWebhook = route({
  method: 'POST',
  path: '/api/webhook-deliveries/:id/redeliver',
  summary: 'Send it again at once, with the same id',
  access: 'webhook.manage',
  params: IdParams,
  response: WebhookDelivery,
  status: 202,
});
