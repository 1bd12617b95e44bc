import { listener } from '../../platform/events/index.ts';
import { customerMerged } from '../customers/index.ts';
import { moveCustomer } from './store/lines.ts';

export const listeners = [
  listener('registers.customers', [customerMerged], async (tx, events) => {
    for (const { payload } of events) await moveCustomer(tx.db, payload.other, payload.into);
  }),
];
