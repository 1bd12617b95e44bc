import { systemCtx } from '../../platform/ctx.ts';
import { defineModule } from '../../platform/module.ts';
import { guardTeam } from '../identity/index.ts';
import { jobs } from './jobs.ts';
import { hooks, listeners } from './listeners.ts';
import { projections } from './realtime.ts';
import { mountCallbacks, mountRepeats } from './routes/callbacks.ts';
import { mountDesign } from './routes/design.ts';
import { mountPortal, mountReading, mountTies, mountWriting } from './routes/orders.ts';
import './service/alarms.ts';
import { ensureShipped } from './service/flows.ts';
import { isVisible, sharesOrders } from './service/reader.ts';
import { isTeamNeeded } from './store/leavers.ts';

export { callbackChanged, orderChanged } from './events.ts';
export type { CallbackChanged, CallbackHappening, OrderChanged, OrderHappening } from './events.ts';
export { changeOrder, commentOrder, takeOrder } from './service/change.ts';
export { recordOrder } from './service/create.ts';
export type { NewOrder, Recorder } from './service/create.ts';
export { ensureShipped } from './service/flows.ts';
export {
  orderFacts,
  orderIdOf,
  orderIds,
  orderTextAt,
  organisationCalendar,
  pastOrderAnchors,
  pastOrderEvents,
} from './service/facts.ts';
export type { OrderFacts, PastOrder } from './service/facts.ts';
export { moveOrder, pauseOrder, reopenOrder } from './service/move.ts';
export { portalUrl } from './service/portal.ts';
export { retellOrder } from './service/retell.ts';
export type { Retelling } from './service/retell.ts';
export {
  changeSettings as changeOrderSettings,
  listCategories,
  setWorkCalendars,
} from './service/settings.ts';
export { requireVisible as requireVisibleOrder } from './service/reader.ts';
export { orderSight } from './service/sight.ts';
export { orderSettings } from './service/settings-read.ts';
export { addTask } from './service/tasks.ts';
export { viewOrder } from './service/view.ts';

guardTeam((tx, teamId) => isTeamNeeded(tx.db, teamId));

export const ordersModule = defineModule({
  name: 'orders',
  routes(http) {
    mountReading(http);
    mountWriting(http);
    mountTies(http);
    mountPortal(http);
    mountCallbacks(http);
    mountRepeats(http);
    mountDesign(http);
  },
  listeners,
  hooks,
  projections,
  jobs,
  rooms: { order: isVisible, orders: sharesOrders },
  async start(services) {
    await ensureShipped(systemCtx(services, 'orders'));
    return async () => {};
  },
});
