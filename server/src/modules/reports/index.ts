import { defineModule } from '../../platform/module.ts';
import { mountViews } from './routes.ts';

export const reportsModule = defineModule({ name: 'reports', routes: mountViews });
