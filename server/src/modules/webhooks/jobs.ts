import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';
import { tidy } from './service/log.ts';

export const jobs = [
  defineJob({
    name: 'tidy-webhook-log',
    schema: z.looseObject({}),
    cron: '17 3 * * *',
    work: tidy,
  }),
];
