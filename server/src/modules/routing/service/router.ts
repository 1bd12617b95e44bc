import { newId } from '../../../kernel/ids.ts';
import { systemCtx, transact } from '../../../platform/ctx.ts';
import type { Services, Tx } from '../../../platform/ctx.ts';
import { isConnectionLost, isRetryable } from '../../../platform/db/retry.ts';
import { assign } from '../domain/assign.ts';
import type { Pair } from '../domain/assign.ts';
import { offer, take } from '../domain/work.ts';
import type { WorkItem } from '../domain/work.ts';
import { workAssigned } from '../events.ts';
import * as store from '../store/router.ts';
import type { WaitingWork } from '../store/router.ts';
import { claimWaiting } from '../store/work.ts';
import { setWaker } from './kick.ts';
import { lockSubjects, tellAssigned } from './kinds.ts';
import { noteMoved } from './moves.ts';
import { startOffers } from './offers.ts';
import { refOf, saveSteps } from './steps.ts';

type Match = WaitingWork & Pick<Pair, 'agentId'>;

/** Items that are assigned at once change their subjects: those that somebody holds at the moment are left out. */
async function lockMatches(tx: Tx, matches: Match[]): Promise<Map<string, Match>> {
  const atOnce = matches.filter(({ autoAccept }) => autoAccept);
  const locked = atOnce.length > 0 ? await lockSubjects(tx, atOnce, 'skip') : [];
  const usable = [...locked, ...matches.filter(({ autoAccept }) => !autoAccept)];
  return new Map(usable.map((match) => [match.id, match]));
}

async function tellTaken(tx: Tx, items: WorkItem[]): Promise<void> {
  const taken = items.map((item) => ({ ...item, agentId: item.agentId ?? '' }));
  if (taken.length > 0) await tellAssigned(tx, taken);
  for (const item of taken) tx.emit(workAssigned, { ...refOf(item), agentId: item.agentId });
}

/** Offers (or, where the queue says so, assigns) what was matched; how many there was no other hand on. */
async function give(tx: Tx, matches: Match[]): Promise<number> {
  const usable = await lockMatches(tx, matches);
  const items = await claimWaiting(tx, [...usable.keys()]);
  const given = items.flatMap(({ now, ...item }) => {
    const match = usable.get(item.id);
    if (!match) return [];
    const { agentId, autoAccept, offerSeconds: seconds, queueName } = match;
    const step = autoAccept
      ? take(item, { agentId, by: 'router' }, now)
      : offer(item, { agentId, offerId: newId(), seconds }, now);
    return [{ step, item: step.item, queueName }];
  });
  await saveSteps(
    tx,
    given.map(({ step }) => step),
  );
  await startOffers(
    tx,
    given.filter(({ item }) => item.state === 'offered'),
  );
  await tellTaken(
    tx,
    given.map(({ item }) => item).filter(({ state }) => state === 'assigned'),
  );
  for (const { item } of given) noteMoved(tx, item);
  return given.length;
}

type Attempt = {
  /** Most pairs to store. */
  limit: number;
  /** Items to leave alone. */
  not: string[];
  /** Filled in: what was tried. */
  tried: string[];
};

/**
 * One pass, alone over all processes: reads who is ready and what waits, lets `assign` decide, and stores the outcome.
 * True when there may be more to do.
 */
async function pass(tx: Tx, attempt: Attempt): Promise<boolean> {
  await store.lockRouter(tx);
  const ready = await store.readReady(tx, await store.lockReady(tx));
  if (ready.length === 0) return false;
  const { waiting, isAll } = await store.readWaiting(tx, ready, attempt.not);
  const [first] = waiting;
  if (!first) return false;
  const byId = new Map(waiting.map((item) => [item.id, item]));
  const pairs = assign(waiting, ready, first.now.getTime());
  const matches = pairs.slice(0, attempt.limit).flatMap(({ id, agentId }) => {
    const item = byId.get(id);
    return item ? [{ ...item, agentId }] : [];
  });
  attempt.tried = matches.map(({ id }) => id);
  const given = matches.length > 0 ? await give(tx, matches) : 0;
  return given > 0 && (!isAll || pairs.length > attempt.limit);
}

/** How long an item that made a pass fail is left alone. */
const SET_ASIDE_MS = 30_000;

export type Router = { wake(): void; stop(): Promise<void> };

/**
 * Routes in this process until stopped: a pass for each `wake`, several wakes during a pass being one more pass. An
 * item whose owner fails does not hold up the others: its pass is repeated one pair at a time, and it is set aside.
 */
export function runRouter(services: Services): Router {
  const ctx = systemCtx(services, 'router');
  const asideUntil = new Map<string, number>();
  let isDirty = false;
  let running: Promise<void> | null = null;
  let stopped = false;

  const itemsAside = (): string[] => {
    for (const [id, until] of asideUntil) if (until < performance.now()) asideUntil.delete(id);
    return [...asideUntil.keys()];
  };

  const passes = async (): Promise<void> => {
    let limit = Infinity;
    let more = await store.isAnythingToDo(ctx);
    while (more && !stopped) {
      const attempt: Attempt = { limit, not: itemsAside(), tried: [] };
      try {
        more = await transact(ctx, (tx) => pass(tx, attempt));
      } catch (err) {
        const [id] = attempt.tried;
        if (id === undefined || isConnectionLost(err) || isRetryable(err)) throw err;
        if (attempt.tried.length === 1) {
          ctx.log.error({ err, workId: id }, 'an item could not be assigned and is set aside');
          asideUntil.set(id, performance.now() + SET_ASIDE_MS);
        }
        limit = 1;
      }
    }
  };

  const run = async (): Promise<void> => {
    while (isDirty && !stopped) {
      isDirty = false;
      await passes().catch((err: unknown) => {
        if (!stopped) ctx.log.warn({ err }, 'a pass of the router failed; the next one follows');
      });
    }
  };

  const wake = (): void => {
    isDirty = true;
    if (running || stopped) return;
    running = run().finally(() => {
      running = null;
      if (isDirty) wake();
    });
  };

  setWaker(services, wake);
  return {
    wake,
    async stop() {
      stopped = true;
      setWaker(services, null);
      await running;
    },
  };
}
