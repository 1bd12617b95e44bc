import { ImportView } from '@yingda/contract';
import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

/** An import is further on or over; `by` started it (nobody: a command). */
export const importChanged = defineEvent(
  'import.changed',
  z.object({ import: ImportView, by: z.string().nullable(), isNews: z.boolean() }),
);
