import { defineModule } from '../../platform/module.ts';
import { mountReports } from './routes.ts';
import { sendJob } from './service/timing.ts';

export const reportsModule = defineModule({
  name: 'reports',
  routes: mountReports,
  jobs: [sendJob],
});
