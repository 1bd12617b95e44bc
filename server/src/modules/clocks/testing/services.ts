import { silentLog } from '../../../platform/db/log.ts';
import { connectDatabase } from '../../../platform/db/open.ts';
import type { Database } from '../../../platform/db/open.ts';
import type { Services } from '../../../platform/ctx.ts';
import { createLogger } from '../../../platform/log/index.ts';

/** What timers need of a process: its own connections to a database, and a log. */
export function servicesOn(url: string): Services & { database: Database } {
  const level = process.env['TEST_LOG'] ?? 'silent';
  return {
    database: connectDatabase(url, { log: silentLog, poolSize: 4 }),
    log: createLogger({ level, format: 'json' } as Parameters<typeof createLogger>[0]),
    published: () => {},
  } as unknown as Services & { database: Database };
}
