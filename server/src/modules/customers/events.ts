import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

/** Somebody or something changed what is known of a customer: view, identities or notes. */
export const customerChanged = defineEvent(
  'customer.changed',
  z.object({ customerId: z.string() }),
);

/** `other` became `into`: whoever keeps rows by customer moves them there. */
export const customerMerged = defineEvent(
  'customer.merged',
  z.object({ into: z.string(), other: z.string() }),
);

/** The set of custom fields is another one. */
export const fieldsChanged = defineEvent('field.changed', z.object({}));
