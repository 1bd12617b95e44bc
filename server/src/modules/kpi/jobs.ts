import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';
import { rebuild, tidyBatches } from './service/rebuild.ts';

export const recountJob = defineJob({
  name: 'recount-contacts',
  schema: z.looseObject({}),
  work: rebuild,
});

export const jobs = [
  recountJob,
  defineJob({
    name: 'tidy-kpi-batches',
    schema: z.looseObject({}),
    cron: '41 3 * * *',
    work: tidyBatches,
  }),
];
