import type { ModuleDef } from '../platform/module.ts';
import { identityModule } from '../modules/identity/index.ts';
import { clocksModule } from '../modules/clocks/index.ts';
import { contactsModule } from '../modules/contacts/index.ts';
import { customersModule } from '../modules/customers/index.ts';
import { routingModule } from '../modules/routing/index.ts';
import { conversationsModule } from '../modules/conversations/index.ts';
import { ordersModule } from '../modules/orders/index.ts';
import { webhooksModule } from '../modules/webhooks/index.ts';
import { automationsModule } from '../modules/automations/index.ts';
import { kpiModule } from '../modules/kpi/index.ts';
import { reportsModule } from '../modules/reports/index.ts';
import { importsModule } from '../modules/imports/index.ts';
import { registersModule } from '../modules/registers/index.ts';
import { webchatModule } from '../modules/channels/webchat/index.ts';

/** Every module, in the order of the module map: what is below comes first. */
export const modules: ModuleDef[] = [
  identityModule,
  clocksModule,
  contactsModule,
  customersModule,
  routingModule,
  conversationsModule,
  ordersModule,
  webhooksModule,
  automationsModule,
  kpiModule,
  importsModule,
  reportsModule,
  registersModule,
  webchatModule,
];
