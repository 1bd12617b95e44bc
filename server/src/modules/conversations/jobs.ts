import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';
import { forgetOldKeys, makePartitions } from './store/message.ts';

export const jobs = [
  defineJob({
    name: 'keep-message-tables',
    schema: z.looseObject({}),
    cron: '23 3 * * *',
    async work(ctx) {
      await makePartitions(ctx.db);
      while ((await forgetOldKeys(ctx.db)) > 0);
    },
  }),
];
