import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

/** An automation or a macro was made, changed, deleted, or stopped by itself. */
export const automationChanged = defineEvent(
  'automation.changed',
  z.object({ noun: z.enum(['automation', 'macro']), id: z.string() }),
);
