import { z } from 'zod';
import { listener } from '../../platform/events/index.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { defineModule } from '../../platform/module.ts';
import { projection } from '../../platform/realtime/projection.ts';
import { guardWebhook, happeningSources } from '../webhooks/index.ts';
import { automationChanged } from './events.ts';
import { mountAutomations } from './routes.ts';
import { tidyRuns } from './service/automations.ts';
import { mailJob } from './service/mail.ts';
import { react } from './service/react.ts';
import { seedJob } from './service/waiting.ts';
import { isWebhookUsed } from './store/automations.ts';

export { createAutomation } from './service/automations.ts';
export { createMacro } from './service/macros.ts';

guardWebhook((tx, webhookId) => isWebhookUsed(tx.db, webhookId));

export const automationsModule = defineModule({
  name: 'automations',
  routes: mountAutomations,
  listeners: [listener('automations.react', happeningSources, react)],
  jobs: [
    mailJob,
    seedJob,
    defineJob({
      name: 'tidy-automation-runs',
      schema: z.looseObject({}),
      cron: '27 3 * * *',
      work: tidyRuns,
    }),
  ],
  projections: [
    projection(automationChanged, ({ noun }) => [
      { rooms: ['everyone'], event: { type: 'settings.changed', noun } },
    ]),
  ],
});
