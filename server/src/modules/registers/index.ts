import { defineModule } from '../../platform/module.ts';
import { listeners } from './listeners.ts';
import { mountComplaints, mountRegisters } from './routes.ts';

export { addLine } from './service/lines.ts';

export const registersModule = defineModule({
  name: 'registers',
  routes(http) {
    mountRegisters(http);
    mountComplaints(http);
  },
  listeners,
});
