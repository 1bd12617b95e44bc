import { z } from 'zod';
import { pruneOutbox } from '../platform/events/index.ts';
import { defineJob } from '../platform/jobs/index.ts';

/** Work that keeps the machine room tidy. */
export const housekeepingJobs = [
  defineJob({
    name: 'prune-outbox',
    schema: z.looseObject({}),
    cron: '17 * * * *',
    async work(ctx) {
      while ((await pruneOutbox(ctx.services)) > 0);
    },
  }),
];
