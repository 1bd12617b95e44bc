import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

/** These contacts have new events; said once in a transaction. */
export const contactRecorded = defineEvent(
  'contact.recorded',
  z.object({ contactIds: z.array(z.string()) }),
);
