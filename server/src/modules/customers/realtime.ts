import { projection } from '../../platform/realtime/projection.ts';
import type { Sending } from '../../platform/realtime/projection.ts';
import { customerChanged, customerMerged, fieldsChanged } from './events.ts';

function changed(customerId: string): Sending {
  return { rooms: ['everyone'], event: { type: 'customer.changed', customerId } };
}

export const projections = [
  projection(customerChanged, ({ customerId }) => [changed(customerId)]),
  // The survivor's own change is said as such.
  projection(customerMerged, ({ other }) => [changed(other)]),
  projection(fieldsChanged, () => [
    { rooms: ['everyone'], event: { type: 'settings.changed', noun: 'custom-fields' } },
  ]),
];
