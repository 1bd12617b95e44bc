export { backup, restore } from './archive/index.ts';
export type {
  BackupOptions,
  BackupResult,
  RestoreOptions,
  RestoreResult,
} from './archive/index.ts';
export { startEmbedded } from './embedded/index.ts';
export type { Embedded, EmbeddedOptions } from './embedded/index.ts';
export { consoleLog } from './log.ts';
export type { DatabaseLog } from './log.ts';
export { migrate } from './migrate.ts';
export type { MigrateOptions, MigrateResult, Migration } from './migrate.ts';
export { connectDatabase, openDatabase, ping } from './open.ts';
export type { Database, OpenOptions } from './open.ts';
export { DatabaseProblem } from './problems.ts';
export type { DatabaseProblemCode } from './problems.ts';
export { withRetry } from './retry.ts';
export type { RetryOptions } from './retry.ts';
export type { DB } from './schema.gen.ts';
