import { z } from 'zod';

/** The first entry: what the archive holds, so that a reader can refuse it before it changes anything. */
export const Manifest = z.object({
  product: z.literal('yingda'),
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  schemaVersion: z.int().min(1),
  migrations: z.array(z.object({ version: z.int(), name: z.string(), checksum: z.string() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
  /** Parents before their children; `bound` as PostgreSQL writes it. */
  partitions: z.array(
    z.object({
      name: z.string(),
      parent: z.string(),
      bound: z.string().regex(/^(?:DEFAULT|FOR VALUES [^;]+)$/),
    }),
  ),
  jobs: z.object({
    columns: z.array(z.string()),
    queues: z.array(
      z.object({
        name: z.string(),
        policy: z.string(),
        retryLimit: z.int(),
        retryDelay: z.int(),
        retryBackoff: z.boolean(),
        expireInSeconds: z.int(),
        retentionSeconds: z.int(),
        deleteAfterSeconds: z.int(),
        notify: z.boolean(),
      }),
    ),
  }),
});
export type Manifest = z.infer<typeof Manifest>;

/** The last entry: an archive without it is not complete. */
export const Closing = z.object({
  tables: z.record(z.string(), z.object({ bytes: z.int(), sha256: z.string() })),
  files: z.object({ count: z.int(), sha256: z.string() }),
  sequences: z.array(z.object({ name: z.string(), value: z.string(), called: z.boolean() })),
});
export type Closing = z.infer<typeof Closing>;

export const MANIFEST = 'manifest.json';
export const CLOSING = 'closing.json';
export const DATA = 'data/';
/** Pending background work; a table of the job store, not of the schema. */
export const JOBS = 'jobs/pending';
export const FILES = 'files/';
export const SECRET = 'secret';
