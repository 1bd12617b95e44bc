import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { forkAside } from '../../../platform/child.ts';
import type { ChildStart } from '../../../platform/child.ts';
import { systemCtx } from '../../../platform/ctx.ts';
import type { Ctx, Services } from '../../../platform/ctx.ts';
import { findRun, openRuns } from '../store/run.ts';
import type { RunRow } from '../store/run.ts';

const childPath = fileURLToPath(new URL('./child.ts', import.meta.url));
const LOOK_MS = 5_000;
const WATCH_MS = 1_000;
/** An import that does not stop by itself so long after it was asked to is stopped. */
const PATIENCE_MS = 5_000;
/** A command that has just written its import down is about to begin it. */
const COMMAND_MS = 60_000;
/** Most memory of an import's process for what it keeps; it needs a fifth of it. */
const HEAP_MB = 768;

/**
 * Room for what is new: with the usual 16 MB much of what is being read and counted outlives it and is copied twice,
 * by threads that take the processor from the database.
 */
const NEW_MB = 64;

export type ImportStart = ChildStart & { runId: string };

function startChild({ config, database }: Services, runId: string): ChildProcess {
  const child = forkAside(childPath, [
    `--max-old-space-size=${HEAP_MB}`,
    `--min-semi-space-size=${NEW_MB}`,
    `--max-semi-space-size=${NEW_MB}`,
  ]);
  const start: ImportStart = { config, url: database.url, runId };
  child.send(start);
  return child;
}

const isAbandoned = (run: RunRow): boolean =>
  run.origin === 'upload' ||
  run.state === 'removing' ||
  Date.now() - run.created_at.getTime() > COMMAND_MS;

/** Kills the child when its import is to stop and it does not. */
async function watch(ctx: Ctx, child: ChildProcess, runId: string): Promise<void> {
  let since: number | null = null;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (child.exitCode === null && child.signalCode === null) {
    await Promise.race([ended, sleep(WATCH_MS, undefined, { ref: false })]);
    const run = await findRun(ctx, runId);
    if (!run?.is_cancelled) continue;
    since ??= Date.now();
    if (Date.now() - since > PATIENCE_MS) child.kill('SIGKILL');
  }
}

/** Looks for imports that nobody works on and carries out one at a time, each in a process of its own. */
export function startSupervisor(services: Services): { wake(): void; stop(): Promise<void> } {
  const ctx = systemCtx(services, 'imports');
  let child: ChildProcess | null = null;
  let isStopped = false;
  let working: Promise<void> | null = null;
  let isWoken = false;
  /** Runs that somebody else works on, or that just broke off: not to be tried again at once. */
  const later = new Map<string, number>();

  const next = async (): Promise<RunRow | undefined> => {
    const now = Date.now();
    const runs = await openRuns(ctx);
    return runs.find((run) => isAbandoned(run) && (later.get(run.id) ?? 0) <= now);
  };
  const work = async (): Promise<void> => {
    for (let run = await next(); run && !isStopped; run = await next()) {
      child = startChild(services, run.id);
      await watch(ctx, child, run.id);
      child = null;
      const after = await findRun(ctx, run.id);
      const isOver = !after || !['waiting', 'running', 'removing'].includes(after.state);
      if (isOver) later.delete(run.id);
      else later.set(run.id, Date.now() + 2_000 * (after.attempts + 1));
    }
  };
  const look = (): void => {
    if (isStopped) return;
    if (working) {
      isWoken = true;
      return;
    }
    isWoken = false;
    working = work()
      .catch((err: unknown) => {
        if (!isStopped) ctx.log.warn({ err }, 'imports are not looked at');
      })
      .finally(() => {
        working = null;
        if (isWoken) look();
      });
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  look();
  return {
    wake: look,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      // Whatever it had begun is begun anew by whoever looks next.
      child?.kill('SIGKILL');
      await working;
    },
  };
}
