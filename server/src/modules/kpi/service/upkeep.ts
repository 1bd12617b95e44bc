import type { Ctx } from '../../../platform/ctx.ts';
import { isConnectionLost, isRetryable } from '../../../platform/db/retry.ts';
import type { Role } from '../../../platform/module.ts';
import { countRunning } from './count.ts';
import { isNothingCounted, startRebuild, stopRebuild } from './rebuild.ts';
import { recountJob } from '../jobs.ts';

const EVERY_MS = 60_000;

/** An installation older than the standards has contacts that nobody counted. */
async function startFirstCount(ctx: Ctx): Promise<void> {
  try {
    if (await isNothingCounted(ctx)) await startRebuild(ctx, recountJob);
  } catch (err) {
    ctx.log.warn({ err }, 'the first count could not be started');
  }
}

/** The background work of one process: what goes on is counted up to now each minute. */
export function startCounting(ctx: Ctx, role: Role): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const count = async (): Promise<void> => {
    try {
      await countRunning(ctx);
    } catch (err) {
      if (!isConnectionLost(err) && !isRetryable(err)) {
        ctx.log.warn({ err }, 'running work could not be counted');
      }
    }
  };
  const timer = role.worker
    ? setInterval(() => (running = running.then(count)), EVERY_MS)
    : undefined;
  timer?.unref();
  if (role.worker) running = startFirstCount(ctx);
  return async () => {
    clearInterval(timer);
    stopRebuild(ctx.services);
    await running;
  };
}
