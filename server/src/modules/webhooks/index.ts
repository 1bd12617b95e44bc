import { defineModule } from '../../platform/module.ts';
import { projection } from '../../platform/realtime/projection.ts';
import { webhookChanged } from './events.ts';
import { jobs } from './jobs.ts';
import { listeners } from './listeners.ts';
import { mountWebhooks } from './routes.ts';
import { runDelivery } from './service/deliver.ts';

export { originOf } from './domain/happening.ts';
export type { Happening } from './domain/happening.ts';
export { happeningOf, sources as happeningSources } from './listeners.ts';
export { guardWebhook } from './service/guard.ts';
export { createWebhook } from './service/webhooks.ts';
export { sendTo } from './service/tell.ts';

export const webhooksModule = defineModule({
  name: 'webhooks',
  routes: mountWebhooks,
  listeners,
  jobs,
  projections: [
    projection(webhookChanged, () => [
      { rooms: ['everyone'], event: { type: 'settings.changed', noun: 'webhook' } },
    ]),
  ],
  async start(services, role) {
    if (!role.worker) return async () => {};
    const postman = runDelivery(services);
    return () => postman.stop();
  },
});
