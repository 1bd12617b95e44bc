import * as contract from '@yingda/contract';
import type { Http } from '../../platform/http/handle.ts';
import { listDeliveries, redeliver, sendTest, viewDelivery } from './service/log.ts';
import {
  changeWebhook,
  createWebhook,
  listWebhooks,
  removeWebhook,
  renewSecret,
} from './service/webhooks.ts';

export function mountWebhooks(http: Http): void {
  http.handle(contract.listWebhooks, async (ctx) => ({ items: await listWebhooks(ctx) }));
  http.handle(contract.createWebhook, (ctx, { body }) => createWebhook(ctx, body));
  http.handle(contract.updateWebhook, (ctx, { params, body }) =>
    changeWebhook(ctx, params.id, body),
  );
  http.handle(contract.deleteWebhook, (ctx, { params }) => removeWebhook(ctx, params.id));
  http.handle(contract.renewWebhookSecret, (ctx, { params }) => renewSecret(ctx, params.id));
  http.handle(contract.testWebhook, async (ctx, { params }) => ({
    deliveryId: await sendTest(ctx, params.id),
  }));
  http.handle(contract.listWebhookDeliveries, (ctx, { params, query }) =>
    listDeliveries(ctx, params.id, query),
  );
  http.handle(contract.getWebhookDelivery, (ctx, { params }) => viewDelivery(ctx, params.id));
  http.handle(contract.redeliverWebhook, (ctx, { params }) => redeliver(ctx, params.id));
}
