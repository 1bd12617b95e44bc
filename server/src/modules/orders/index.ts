import { defineModule } from '../../platform/module.ts';

export { orderChanged, orderSettingsChanged } from './events.ts';
export type { OrderChanged, OrderHappening } from './events.ts';

export const ordersModule = defineModule({ name: 'orders' });
