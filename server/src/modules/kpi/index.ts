import { systemCtx } from '../../platform/ctx.ts';
import { defineModule } from '../../platform/module.ts';
import { jobs } from './jobs.ts';
import { listeners } from './listeners.ts';
import { mayWatch } from './policy.ts';
import { hooks, projections } from './realtime.ts';
import { mountCounting, mountReading } from './routes.ts';
import { startLiveFeed } from './service/live-feed.ts';
import { startReportProcess } from './service/report-process.ts';
import { startCounting } from './service/upkeep.ts';

export { countedContactId, customerNumber } from './service/contact-id.ts';
export { stateOf } from './domain/bands.ts';
export type { Attributes, LogEvent } from './domain/fact.ts';
export {
  dropBatch,
  finishBatch,
  freshenContacts,
  giveContacts,
  knownContacts,
  loadContacts,
  loadPresence,
  openBatch,
} from './service/loader.ts';
export type { BatchInput, LoadedContact } from './service/loader.ts';
export { addEntries } from './service/entries.ts';
export { memberNames } from './service/member-list.ts';
export { agentMembers, memberIds, queueMembers } from './service/members.ts';
export { report } from './service/report.ts';
export { addShifts } from './service/shifts.ts';
export { listSources } from './service/sources.ts';
export { kpiSettings } from './service/settings.ts';
export { standardsOf } from './service/standards.ts';
export { addTarget } from './service/targets.ts';
export type { PresenceRow } from './store/agent-time.ts';

export const kpiModule = defineModule({
  name: 'kpi',
  routes(http) {
    mountReading(http);
    mountCounting(http);
  },
  listeners,
  hooks,
  projections,
  jobs,
  rooms: { figures: (ctx, id) => mayWatch(ctx.actor, id) },
  async start(services, role) {
    const stopFeed = startLiveFeed(services);
    const stopCounting = startCounting(systemCtx(services, 'kpi'), role);
    const stopReports = startReportProcess(services);
    return async () => {
      stopReports();
      await stopFeed();
      await stopCounting();
    };
  },
});
