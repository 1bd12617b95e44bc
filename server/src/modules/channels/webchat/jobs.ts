import { z } from 'zod';
import { defineJob } from '../../../platform/jobs/index.ts';
import { mailAnswers } from './service/away.ts';
import { deleteIdleVisitors } from './store/visitors.ts';

const BATCH = 1_000;

export const jobs = [
  mailAnswers,
  defineJob({
    name: 'forget-idle-visitors',
    schema: z.looseObject({}),
    cron: '47 3 * * *',
    async work(ctx) {
      while ((await deleteIdleVisitors(ctx.db, BATCH)) === BATCH);
    },
  }),
];
