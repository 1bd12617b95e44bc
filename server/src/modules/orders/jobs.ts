import { Uuid } from '@yingda/contract';
import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';
import { mailNotices } from './service/notify.ts';

/** Mails a person the warnings and escalations that wait for them. */
export const mailOrderNotices = defineJob({
  name: 'mail-order-notices',
  schema: z.object({ userId: Uuid }),
  work: (ctx, { userId }) => mailNotices(ctx, userId),
});

export const jobs = [mailOrderNotices];
