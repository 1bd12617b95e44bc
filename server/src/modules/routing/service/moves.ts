import { systemCtx, transact } from '../../../platform/ctx.ts';
import type { Services, Tx } from '../../../platform/ctx.ts';
import { queueMoved } from '../events.ts';

const EVERY_MS = 1_000;
const FIRST_MS = 50;

type Moves = { teams: Map<string, string>; timer: NodeJS.Timeout | null; saidAt: number };
const movesOf = new WeakMap<Services, Moves>();

async function say(services: Services, moves: Moves): Promise<void> {
  moves.timer = null;
  moves.saidAt = performance.now();
  const queues = [...moves.teams];
  moves.teams.clear();
  const ctx = systemCtx(services, 'routing');
  try {
    await transact(ctx, async (tx) => {
      for (const [queueId, teamId] of queues) tx.emit(queueMoved, { queueId, teamId });
    });
  } catch (err) {
    // Positions shown are old until the next move; nothing else depends on it.
    ctx.log.warn({ err }, 'the moves of queues could not be told');
  }
}

/** Has `queue.moved` said soon after the commit, at most once a second whatever happens. */
export function noteMoved(tx: Tx, { queueId, teamId }: { queueId: string; teamId: string }): void {
  const { services } = tx;
  tx.afterCommit(() => {
    const moves = movesOf.get(services) ?? { teams: new Map(), timer: null, saidAt: -EVERY_MS };
    movesOf.set(services, moves);
    moves.teams.set(queueId, teamId);
    if (moves.timer) return;
    const wait = Math.max(FIRST_MS, moves.saidAt + EVERY_MS - performance.now());
    moves.timer = setTimeout(() => void say(services, moves), wait);
  });
}

/** Says what is left to say and nothing afterwards. */
export async function stopMoves(services: Services): Promise<void> {
  const moves = movesOf.get(services);
  if (!moves?.timer) return;
  clearTimeout(moves.timer);
  await say(services, moves);
}
