import { defineModule } from '../../../platform/module.ts';
import { guardQueue } from '../../routing/index.ts';
import { jobs } from './jobs.ts';
import { hooks, listeners } from './listeners.ts';
import { projections } from './realtime.ts';
import { mountRoutes } from './routes/index.ts';
import { arrived, followPresence, gone } from './service/presence.ts';
import { passTyping } from './service/typing.ts';
import { visitorAuthenticator } from './service/visitors.ts';
import { isQueueInUse } from './service/widgets.ts';

export { webchatDemo } from './service/demo.ts';

guardQueue(isQueueInUse);

export const webchatModule = defineModule({
  name: 'channels/webchat',
  routes: mountRoutes,
  authenticators: [visitorAuthenticator],
  listeners,
  hooks,
  projections,
  jobs,
  frames: { typing: (ctx, frame) => passTyping(ctx, frame) },
  sockets: { opened: arrived, closed: gone },
  async start(services) {
    const stop = followPresence(services);
    return async () => stop();
  },
});
