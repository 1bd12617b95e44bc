import type { LiveEvent } from '@yingda/contract';
import type { Ctx } from '../ctx.ts';
import type { EventDef } from '../events/definition.ts';

/** One live event and who hears it: a connection in several of the rooms gets it once. */
export type Sending = { rooms: string[]; event: LiveEvent };

export type Projection = { type: string; run: (ctx: Ctx, payload: unknown) => Promise<void> };

/**
 * Declares what the sockets hear of an event. `map` runs in every process after the commit; keep it free of queries on
 * hot paths. Connections that are not in any of the rooms cost nothing.
 */
export function projection<P>(
  def: EventDef<P>,
  map: (payload: P, ctx: Ctx) => Sending[] | Promise<Sending[]>,
): Projection {
  return {
    type: def.type,
    async run(ctx, payload) {
      const result = map(payload as P, ctx);
      const sendings = result instanceof Promise ? await result : result;
      for (const { rooms, event } of sendings) ctx.services.live.deliver(rooms, event);
    },
  };
}
