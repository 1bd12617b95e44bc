import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';
import { sweepFiles } from './service/files.ts';
import { wakeSupervisor } from './service/wake.ts';

/** Sent with the transaction that writes an import down: whoever gets it looks for imports. */
export const beginImports = defineJob({
  name: 'begin-imports',
  schema: z.looseObject({}),
  async work(ctx) {
    wakeSupervisor(ctx.services);
  },
});

export const jobs = [
  beginImports,
  defineJob({
    name: 'sweep-import-files',
    schema: z.looseObject({}),
    cron: '41 3 * * *',
    work: sweepFiles,
  }),
];
