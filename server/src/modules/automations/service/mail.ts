import { Uuid } from '@yingda/contract';
import { z } from 'zod';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { defineJob } from '../../../platform/jobs/index.ts';
import { claimMail, setMail } from '../store/mails.ts';

/**
 * Hands one mail to the mail server. It is claimed first and for good: if the process dies while the server has it, it is
 * not sent a second time. Throws `mail.unavailable`, with the mail as before, when trying again is of use.
 */
async function sendMail(ctx: Ctx, id: string): Promise<void> {
  const mail = await claimMail(ctx.db, id);
  if (!mail) return;
  const { recipient: to, subject, text } = mail;
  const host = new URL(ctx.services.config.baseUrl).hostname;
  const headers = { 'Auto-Submitted': 'auto-generated' };
  try {
    await ctx.services.mailer.send({
      to,
      subject,
      text,
      headers,
      messageId: `automation-${id}@${host}`,
    });
  } catch (error) {
    const isHopeless = error instanceof Problem && error.code !== 'mail.unavailable';
    await setMail(ctx.db, id, isHopeless ? 'failed' : 'waiting');
    if (!isHopeless) throw error;
    ctx.log.warn({ err: error, mailId: id }, 'a mail of an automation was refused');
    return;
  }
  await setMail(ctx.db, id, 'sent');
}

export const mailJob = defineJob({
  name: 'mail-for-automation',
  schema: z.object({ id: Uuid }),
  work: (ctx, { id }) => sendMail(ctx, id),
});
