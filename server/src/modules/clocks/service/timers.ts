import type { z } from 'zod';
import { systemCtx, transact } from '../../../platform/ctx.ts';
import type { Ctx, Services, Tx } from '../../../platform/ctx.ts';
import * as store from '../store/timers.ts';
import type { FailedTimer, NewTimer, TimerRow } from '../store/timers.ts';

/** Names what setting a timer needs; see `timerKind`. */
export type TimerKind = { readonly kind: string };

type Firing = { key: string; dueAt: Date };
type Fire<P> = (tx: Tx, payload: P, timer: Firing) => Promise<void>;

type FireAll<P> = (tx: Tx, timers: (Firing & { payload: P })[]) => Promise<void>;

const kinds = new Map<string, FireAll<unknown>>();
/** Kinds whose handlers take many timers at once. */
const together = new Set<string>();

/**
 * Declares what a kind of timer does. `fire` runs exactly once for each timer, in the transaction that removes it; when
 * it throws, its own changes are undone, the timer stays and is tried again. It may set the same timer anew.
 */
export function timerKind<P>(kind: string, schema: z.ZodType<P>, fire: Fire<P>): TimerKind {
  kinds.set(kind, async (tx, timers) => {
    for (const { payload, ...timer } of timers) await fire(tx, schema.parse(payload), timer);
  });
  return { kind };
}

/**
 * The same for a kind of which thousands may be due at once: `fire` gets up to a hundred of them. When it throws for
 * several, each is tried by itself, so that a faulty one holds up nobody: it must be re-runnable as after a deadlock.
 */
export function timerBatchKind<P>(kind: string, schema: z.ZodType<P>, fire: FireAll<P>): TimerKind {
  kinds.set(kind, (tx, timers) =>
    fire(
      tx,
      timers.map((timer) => ({ ...timer, payload: schema.parse(timer.payload) })),
    ),
  );
  together.add(kind);
  return { kind };
}

const nameOf = (kind: TimerKind | string): string => (typeof kind === 'string' ? kind : kind.kind);

const SOON_MS = 1_500;

/** Sets several timers of one kind; see `setTimer`. */
export async function setTimers(
  tx: Tx,
  kind: TimerKind | string,
  timers: NewTimer[],
): Promise<void> {
  if (timers.length === 0) return;
  await store.upsertTimers(tx, nameOf(kind), timers);
  const first = Math.min(...timers.map(({ dueAt }) => dueAt.getTime()));
  if (first < Date.now() + SOON_MS) tx.afterCommit(() => scanners.get(tx.services)?.wake());
}

/** Sets a timer, or moves the one with this kind and key. It fires within five seconds of `dueAt`, usually at once. */
export function setTimer(tx: Tx, kind: TimerKind | string, timer: NewTimer): Promise<void> {
  return setTimers(tx, kind, [timer]);
}

/** Removes a timer. False when there is none, or when it fires at this very moment. */
export async function cancelTimer(tx: Tx, kind: TimerKind | string, key: string): Promise<boolean> {
  return (await store.deleteTimers(tx, nameOf(kind), [key])) > 0;
}

/** Removes several; how many there were. */
export function cancelTimers(tx: Tx, kind: TimerKind | string, keys: string[]): Promise<number> {
  return store.deleteTimers(tx, nameOf(kind), keys);
}

/** A Tx whose events and after-commit work are kept back until `keep`. */
function tentative(tx: Tx): { inner: Tx; keep: () => void } {
  const kept: (() => void)[] = [];
  const inner: Tx = {
    ...tx,
    emit: (event, payload) => kept.push(() => tx.emit(event, payload)),
    afterCommit: (run) => kept.push(() => tx.afterCommit(run)),
  };
  return { inner, keep: () => kept.forEach((run) => run()) };
}

/** Fires timers of one kind; the error when they failed, with their changes undone. */
async function fire(tx: Tx, timers: TimerRow[]): Promise<Error | undefined> {
  await store.savepoint(tx);
  const { inner, keep } = tentative(tx);
  const kind = timers[0]?.kind ?? '';
  const firings = timers.map(({ key, due_at, payload }) => ({ key, dueAt: due_at, payload }));
  try {
    await kinds.get(kind)?.(inner, firings);
    await store.releaseSavepoint(tx);
  } catch (error) {
    // Throws in its turn when the connection is gone: then nothing of this batch has happened.
    await store.rollbackToSavepoint(tx);
    return error instanceof Error ? error : new Error('failed', { cause: error });
  }
  keep();
  return undefined;
}

/** Timers of kinds that are fired together, each kind's behind one another; the others one by one. */
function groupsOf(timers: TimerRow[]): TimerRow[][] {
  const groups = new Map<string, TimerRow[]>();
  for (const timer of timers) {
    const { kind, key } = timer;
    const name = together.has(kind) ? kind : `${kind} ${key}`;
    const group = groups.get(name);
    if (group) group.push(timer);
    else groups.set(name, [timer]);
  }
  return [...groups.values()];
}

const BATCH = 100;
/** Slow handlers must not hold up the others of their batch, nor their locks, for long. */
const BATCH_MS = 1_000;

/** Fires what is due, at most a batch; how many timers were taken. */
async function fireBatch(ctx: Ctx): Promise<number> {
  return transact(ctx, async (tx) => {
    const timers = await store.takeDueTimers(tx, [...kinds.keys()], BATCH);
    const failed: FailedTimer[] = [];
    const end = performance.now() + BATCH_MS;
    let done = 0;
    const groups = groupsOf(timers);
    for (let group = groups.shift(); group; group = groups.shift()) {
      if (done > 0 && performance.now() > end) {
        groups.unshift(group);
        break;
      }
      const error = await fire(tx, group);
      if (error && group.length > 1) {
        groups.unshift(...group.map((timer) => [timer]));
        continue;
      }
      done += group.length;
      const [timer] = group;
      if (!error || !timer) continue;
      failed.push({ timer, error: error.message });
      const { kind, key, attempts } = timer;
      ctx.log.error({ err: error, kind, key, attempts: attempts + 1 }, 'a timer failed');
    }
    if (failed.length > 0) await store.returnFailedTimers(tx, failed);
    if (groups.length > 0) await store.returnTimers(tx, groups.flat());
    return timers.length;
  });
}

const POLL_MS = 1_000;

type Scanner = { wake(): void; stop(): Promise<void> };
const scanners = new WeakMap<Services, Scanner>();

/** Fires due timers until stopped. Any number of processes may do so side by side. */
export function runTimers(services: Services): Scanner {
  const ctx = systemCtx(services, 'timers');
  let stopped = false;
  let awake = false;
  let wakeUp = (): void => {};

  const rest = async (ms: number): Promise<void> => {
    if (!awake && !stopped) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timeout = setTimeout(resolve, ms);
      wakeUp = resolve;
      await promise;
      clearTimeout(timeout);
    }
    awake = false;
  };

  const round = async (): Promise<number> => {
    try {
      const next = await store.nextTimerInMs(ctx, [...kinds.keys()]);
      if (next !== null && next <= 0) {
        // None to take although one is due: another process has it.
        return (await fireBatch(ctx)) > 0 ? 0 : 100;
      }
      return Math.min(next ?? POLL_MS, POLL_MS);
    } catch (err) {
      if (!stopped) ctx.log.warn({ err }, 'timers could not be read and wait');
      return POLL_MS;
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopped) {
      const pause = await round();
      if (pause > 0) await rest(Math.ceil(pause));
    }
  };

  const ended = loop();
  const scanner: Scanner = {
    wake() {
      awake = true;
      wakeUp();
    },
    async stop() {
      stopped = true;
      wakeUp();
      await ended;
      if (scanners.get(services) === scanner) scanners.delete(services);
    },
  };
  scanners.set(services, scanner);
  return scanner;
}
