import { z } from 'zod';
import { defineEvent } from '../../platform/events/index.ts';

/** A webhook was made, changed, deleted, or given up. */
export const webhookChanged = defineEvent('webhook.changed', z.object({ webhookId: z.string() }));
