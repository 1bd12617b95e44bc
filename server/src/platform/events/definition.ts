import type { z } from 'zod';

/** A typed event: its name in the past tense and the shape of what it says. */
export type EventDef<P = unknown> = { readonly type: string; readonly schema: z.ZodType<P> };

/** An event as the outbox holds it. `id` grows but not in the order of commits. */
export type StoredEvent<P = unknown> = { id: number; type: string; payload: P; at: Date };

/** Declares an event in a module's `events.ts`, for example `defineEvent('work.queued', z.object({…}))`. */
export function defineEvent<P>(type: string, schema: z.ZodType<P>): EventDef<P> {
  return { type, schema };
}
