import { systemCtx } from '../../../platform/ctx.ts';
import type { Ctx, Services } from '../../../platform/ctx.ts';
import type { Role } from '../../../platform/module.ts';
import { saveSeen } from '../store/presence.ts';
import { startFeed } from './feed.ts';
import { stopMoves } from './moves.ts';
import { sweepUnseen } from './presence.ts';
import { runRouter } from './router.ts';

type Stop = () => Promise<void>;

/** Runs `work` every so often, never twice at once; errors are the work's own affair. */
function every(ms: number, work: () => Promise<void> | void): Stop {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= Promise.resolve(work()).finally(() => (running = null));
  }, ms);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** A lost kick (its process was killed) costs a contact this long at most. */
const ROUTER_SWEEP_MS = 1_000;
const BEAT_MS = 10_000;
/** Beats in a row without fault before agents may be held to be gone: if nobody could be seen, nobody is missing. */
const GOOD_BEATS = 7;

/** Notes who has an open socket here; in working processes also sets those offline who have none anywhere. */
function beats(ctx: Ctx, role: Role): () => Promise<void> {
  let good = 0;
  return async () => {
    try {
      const people = [...ctx.services.live.connectedUsers()];
      if (people.length > 0) await saveSeen(ctx, people);
      good += 1;
      if (role.worker && good >= GOOD_BEATS) await sweepUnseen(ctx);
    } catch (err) {
      good = 0;
      ctx.log.warn({ err }, 'who is there could not be noted');
    }
  };
}

/** The background work of one process. */
export function startRouting(services: Services, role: Role): Stop {
  const ctx = systemCtx(services, 'routing');
  const router = runRouter(services);
  const stops: Stop[] = [every(BEAT_MS, beats(ctx, role))];
  if (role.worker) stops.push(every(ROUTER_SWEEP_MS, router.wake));
  if (role.api) stops.push(startFeed(services));
  router.wake();
  return async () => {
    for (const stop of stops) await stop();
    await router.stop();
    await stopMoves(services);
  };
}
