import type { CustomerView } from '@yingda/contract';
import type { Ctx } from '../../platform/ctx.ts';
import { defineModule } from '../../platform/module.ts';
import { presentCustomer } from './present.ts';
import { projections } from './realtime.ts';
import { mountRoutes } from './routes.ts';
import { customerRow } from './service/customers.ts';

export { customerChanged, customerMerged } from './events.ts';
export { customerBriefs, nameOf, searchCustomers, updateCustomer } from './service/customers.ts';
export { mergeCustomers } from './service/merge.ts';
export {
  attachIdentity,
  findOrCreateCustomer,
  rememberCustomer,
  touchCustomer,
} from './service/recognise.ts';
export type { Arrival, SelfDescription } from './service/recognise.ts';
export { changeFields } from './domain/fields.ts';
export type { IdentityInput } from './domain/identity.ts';

/**
 * The whole customer that this id leads to now; the caller has checked that the actor may see it.
 * Throws `customer.not_found`.
 */
export async function customerView(ctx: Ctx, id: string): Promise<CustomerView> {
  return presentCustomer(await customerRow(ctx, id));
}

export const customersModule = defineModule({
  name: 'customers',
  routes: mountRoutes,
  projections,
});
