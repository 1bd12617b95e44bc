import { defineModule } from '../../platform/module.ts';
import { guardTeam } from '../identity/index.ts';
import { listeners } from './listeners.ts';
import { hooks, projections } from './realtime.ts';
import { mountRouting } from './routes.ts';
import { isTeamInUse } from './service/queues.ts';
import { startRouting } from './service/upkeep.ts';
import { saveSeen } from './store/presence.ts';

export {
  presenceChanged,
  queueChanged,
  queueMoved,
  workAssigned,
  workEnded,
  workQueued,
  workReleased,
} from './events.ts';
export { registerWorkKind } from './service/kinds.ts';
export type { AssignedWork, Brief, ReleasedWork, WorkKindHooks } from './service/kinds.ts';
export { guardQueue, listQueues } from './service/queues.ts';
export {
  selectPeopleWithPresence as peopleWithPresence,
  selectPresenceChanges as presenceChanges,
  selectPresenceFigures as presenceOf,
} from './store/presence.ts';
export type { PresenceChange } from './store/presence.ts';
export { selectEveryQueue as everyQueue } from './store/queues.ts';
export {
  assignWork,
  endWork,
  enqueueWork,
  positionOf,
  positionsIn,
  queueOf,
  releaseWork,
  setWorkPriority,
} from './service/work.ts';
export type { PositionInQueue } from './service/work.ts';

guardTeam(isTeamInUse);

export const routingModule = defineModule({
  name: 'routing',
  routes: mountRouting,
  listeners,
  hooks,
  projections,
  sockets: {
    async opened(ctx, { actor }) {
      if (actor.kind === 'user') await saveSeen(ctx, [actor.userId]);
    },
  },
  start: async (services, role) => startRouting(services, role),
});
