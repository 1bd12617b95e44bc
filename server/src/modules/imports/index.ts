import { defineModule } from '../../platform/module.ts';
import { jobs } from './jobs.ts';
import { projections } from './realtime.ts';
import { mountImports } from './routes.ts';
import { startFollowing } from './service/follow.ts';
import { startSupervisor } from './service/supervise.ts';
import { onWake } from './service/wake.ts';

export {
  followPath,
  importPaths,
  inspectPath,
  listRecent,
  removeByCommand,
} from './service/command.ts';

export const importsModule = defineModule({
  name: 'imports',
  routes: mountImports,
  projections,
  jobs,
  async start(services, role) {
    if (!role.worker) return async () => {};
    const supervisor = startSupervisor(services);
    onWake(services, supervisor.wake);
    const stopFollowing = startFollowing(services);
    return async () => {
      await stopFollowing();
      await supervisor.stop();
    };
  },
});
