import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

/** How things are counted, a target, an entered figure or a shift is another: reports read anew. */
export const kpiChanged = defineEvent('kpi.changed', z.object({ noun: z.string() }));

/** Contacts of these own queues were counted: their live figures are others. */
export const figuresMoved = defineEvent(
  'kpi.figures_moved',
  z.object({ queueIds: z.array(z.string()) }),
);
