import { defineModule } from '../../platform/module.ts';
import { projections } from './realtime.ts';
import { mountHours } from './routes.ts';
import { runTimers } from './service/timers.ts';

export { isOpen, nextChange } from './domain/opening-hours.ts';
export type { Hours } from './domain/opening-hours.ts';
export { workingCalendar } from './domain/working-time.ts';
export type { WorkingCalendar } from './domain/working-time.ts';
export { hoursChanged } from './events.ts';
export { createHours, hoursOf } from './service/hours.ts';
export {
  cancelTimer,
  cancelTimers,
  setTimer,
  setTimers,
  timerBatchKind,
  timerKind,
} from './service/timers.ts';
export type { TimerKind } from './service/timers.ts';

export const clocksModule = defineModule({
  name: 'clocks',
  routes: mountHours,
  projections,
  async start(services, role) {
    if (!role.worker) return async () => {};
    const scanner = runTimers(services);
    return () => scanner.stop();
  },
});
