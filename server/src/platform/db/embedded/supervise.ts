import { spawn } from 'node:child_process';
import { isAlive } from './processes.ts';
import { stopPostmaster } from './postmaster.ts';
import type { Place, Postmaster } from './postmaster.ts';
import type { Runner } from './run-as.ts';

export type SuperviseInput = {
  server: Postmaster;
  place: Place;
  runner: Runner;
  /** Stop without a last checkpoint: nobody will start this cluster again. */
  immediate: boolean;
  restart: () => Promise<Postmaster>;
};

const CHECK_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Stops the server when a signal ends this process, unless the application has a shutdown of its own. */
const stopOnSignals = (stop: () => Promise<void>): (() => void) => {
  const handlers = SIGNALS.map((signal) => {
    const handler = (): void => {
      if (process.listenerCount(signal) > 1) return;
      void stop().finally(() => {
        process.off(signal, handler);
        process.kill(process.pid, signal);
      });
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => handlers.forEach((remove) => remove());
};

/** Keeps the server running while we run: one that dies (out of memory, killed) is started again. */
export function superviseServer(input: SuperviseInput): { stop(): Promise<void> } {
  let { server } = input;
  let stopping: Promise<void> | null = null;
  let restarting: Promise<void> | null = null;
  let pause = CHECK_MS;
  let notBefore = 0;

  const restart = async (): Promise<void> => {
    input.place.log.error(
      { pid: server.pid },
      'the embedded database server ended; starting it again',
    );
    try {
      server = await input.restart();
      pause = CHECK_MS;
    } catch (error) {
      input.place.log.error({ err: error }, 'the embedded database server does not start');
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      notBefore = performance.now() + pause;
    }
  };

  const check = setInterval(() => {
    if (
      stopping !== null ||
      restarting !== null ||
      isAlive(server.pid) ||
      performance.now() < notBefore
    )
      return;
    restarting = restart().finally(() => (restarting = null));
  }, CHECK_MS).unref();

  // A crash of ours (uncaught error) still lets the server finish by itself; the signal is all that is needed.
  const onExit = (): void => {
    if (isAlive(server.pid)) process.kill(server.pid, 'SIGINT');
  };
  process.on('exit', onExit);

  const stopOnce = async (): Promise<void> => {
    clearInterval(check);
    await restarting;
    if (input.immediate && process.platform !== 'win32' && isAlive(server.pid))
      process.kill(server.pid, 'SIGQUIT');
    await stopPostmaster(server.pid, input.place, input.runner);
    process.off('exit', onExit);
    forgetSignals();
  };
  const stop = (): Promise<void> => (stopping ??= stopOnce());
  const forgetSignals = stopOnSignals(stop);
  return { stop };
}

/** Ends a throw-away server when this process is gone, however it went: its standard input closes then. */
export function watchThrowaway(pid: number): void {
  if (process.platform === 'win32') return;
  const script = 'trap "" INT TERM; cat >/dev/null; kill -QUIT "$1" 2>/dev/null';
  const watcher = spawn('/bin/sh', ['-c', script, 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  (watcher.stdin as unknown as { unref?: () => void } | null)?.unref?.();
}
