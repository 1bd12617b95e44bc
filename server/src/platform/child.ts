import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Config } from './config/index.ts';
import type { Services } from './ctx.ts';
import { consoleLog, openDatabase } from './db/index.ts';
import { createFileStore } from './files/index.ts';
import { createJobs } from './jobs/index.ts';
import { createLogger } from './log/index.ts';
import { createMailer } from './mail/index.ts';
import { beModest } from './modest.ts';
import { Hub } from './realtime/hub.ts';
import { createLive } from './realtime/live.ts';

const CONNECTIONS = 4;

/** What the process that starts a child tells it first. */
export type ChildStart = { config: Config; url: string };

/** A process of its own for work aside; a session of its own too, as modesty is counted by session on some machines. */
export function forkAside(path: string, execArgv: string[]): ChildProcess {
  return fork(path, [], {
    execArgv,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/**
 * Makes this process a modest child: it gets the processor after others, and ends with its parent, as nobody would tell
 * of its work any more.
 */
export function behaveAsChild(): void {
  void beModest();
  process.once('disconnect', () => process.exit(1));
}

/** Services for work aside from the running product: events it stores are published by whoever looks for them. */
export async function childServices({ config, url }: ChildStart): Promise<Services> {
  const database = await openDatabase({
    databaseUrl: url,
    dataDir: config.dataDir,
    log: consoleLog,
    poolSize: CONNECTIONS,
    isAside: true,
  });
  return {
    config,
    log: createLogger({ ...config.log }),
    database,
    published: () => {},
    live: createLive(new Hub(), { signal: () => {}, onSignal: () => {} }),
    files: createFileStore(config),
    mailer: createMailer(config),
    jobs: createJobs(url),
  };
}
