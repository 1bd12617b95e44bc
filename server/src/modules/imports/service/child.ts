/** The process of one import: started by the supervisor, ends with the import or with its parent. */
import { setPriority } from 'node:os';
import { systemCtx } from '../../../platform/ctx.ts';
import type { Services } from '../../../platform/ctx.ts';
import { consoleLog, openDatabase } from '../../../platform/db/index.ts';
import { createFileStore } from '../../../platform/files/index.ts';
import { createJobs } from '../../../platform/jobs/index.ts';
import { createLogger } from '../../../platform/log/index.ts';
import { createMailer } from '../../../platform/mail/index.ts';
import { Hub } from '../../../platform/realtime/hub.ts';
import { createLive } from '../../../platform/realtime/live.ts';
import { carryOut } from './run.ts';
import type { ChildStart } from './supervise.ts';

/** Conversations go first: an import may wait for the processor, a customer may not. */
const NICENESS = 15;

async function main({ config, url, runId }: ChildStart): Promise<void> {
  const { dataDir } = config;
  const database = await openDatabase({
    databaseUrl: url,
    dataDir,
    log: consoleLog,
    poolSize: 4,
    isAside: true,
  });
  const services: Services = {
    config,
    log: createLogger({ ...config.log }),
    database,
    published: () => {},
    live: createLive(new Hub(), { signal: () => {}, onSignal: () => {} }),
    files: createFileStore(config),
    mailer: createMailer(config),
    jobs: createJobs(url),
  };
  try {
    await carryOut(systemCtx(services, 'imports'), runId);
  } catch (err) {
    services.log.error({ err, import: runId }, 'an import broke off');
    process.exitCode = 1;
  } finally {
    await database.close();
  }
}

try {
  setPriority(NICENESS);
} catch {
  // Some containers do not let a process be modest.
}
// Nobody would tell of it any more, and another process may begin it anew.
process.once('disconnect', () => process.exit(1));
process.once('message', (start) => {
  void main(start as ChildStart).finally(() => process.exit());
});
