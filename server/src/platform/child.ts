import { setPriority } from 'node:os';
import type { Config } from './config/index.ts';
import type { Services } from './ctx.ts';
import { consoleLog, openDatabase } from './db/index.ts';
import { createFileStore } from './files/index.ts';
import { createJobs } from './jobs/index.ts';
import { createLogger } from './log/index.ts';
import { createMailer } from './mail/index.ts';
import { Hub } from './realtime/hub.ts';
import { createLive } from './realtime/live.ts';

/** Conversations go first: an import or a report may wait for the processor, a customer may not. */
const NICENESS = 15;
const CONNECTIONS = 4;

/** What the process that starts a child tells it first. */
export type ChildStart = { config: Config; url: string };

/**
 * Makes this process a modest child: it gets the processor after others, and ends with its parent, as nobody would tell
 * of its work any more.
 */
export function behaveAsChild(): void {
  try {
    setPriority(NICENESS);
  } catch {
    // Some containers do not let a process be modest.
  }
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
