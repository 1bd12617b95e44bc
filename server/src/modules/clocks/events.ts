import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

/** Opening hours were made, changed or deleted. */
export const hoursChanged = defineEvent('hours.changed', z.object({ id: z.string() }));
