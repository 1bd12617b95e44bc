import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';
import type { JobDef } from '../../platform/jobs/index.ts';
import { deleteExpired } from './store/access.ts';

export const jobs: JobDef[] = [
  defineJob({
    name: 'clear-expired-sign-ins',
    schema: z.looseObject({}),
    cron: '43 * * * *',
    async work(ctx) {
      const count = await deleteExpired(ctx.db);
      if (count > 0) ctx.log.info({ count }, 'expired sessions and sign-in secrets cleared');
    },
  }),
];
