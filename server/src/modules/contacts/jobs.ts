import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';
import { makePartitions } from './store.ts';

export const jobs = [
  defineJob({
    name: 'make-contact-partitions',
    schema: z.looseObject({}),
    cron: '23 3 * * *',
    async work(ctx) {
      const made = await makePartitions(ctx);
      if (made > 0) ctx.log.info({ made }, 'months for contact events were made ahead');
    },
  }),
];
