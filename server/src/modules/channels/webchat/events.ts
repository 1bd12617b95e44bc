import { z } from 'zod';
import { defineEvent } from '../../../platform/events/index.ts';

/** A widget was made, changed or deleted. */
export const widgetChanged = defineEvent('widget.changed', z.object({ widgetId: z.string() }));

/** What is known of a visitor changed: the customer, the name, the address. */
export const visitorChanged = defineEvent('visitor.changed', z.object({ visitorId: z.string() }));
