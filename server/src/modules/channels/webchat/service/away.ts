import { z } from 'zod';
import type { MessageView } from '@yingda/contract';
import { Problem } from '../../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../../platform/ctx.ts';
import { defineJob } from '../../../../platform/jobs/index.ts';
import { setTimer, setTimers, timerKind } from '../../../clocks/index.ts';
import { conversationOfSource, listMessagesForCustomer } from '../../../conversations/index.ts';
import type { MessagePosted } from '../../../conversations/index.ts';
import { organisation } from '../../../identity/index.ts';
import { selectVisitor, updateVisitor } from '../store/visitors.ts';
import type { VisitorRow } from '../store/visitors.ts';
import { answersLetter } from './letters.ts';
import { goneAfterMs } from './presence.ts';

/** How long an answer waits for the visitor to come and read it. */
const patienceMs = 120_000;
const kind = 'webchat.away';
const MOST = 200;

const Payload = z.object({ visitorId: z.uuid() });
const Digest = z.object({
  visitorId: z.uuid(),
  conversationId: z.uuid(),
  after: z.int(),
  through: z.int(),
});

const isAnswer = ({ kind: sort, author, retractedAt }: MessageView): boolean =>
  sort === 'message' && (author.kind === 'agent' || author.kind === 'bot') && !retractedAt;

const due = (): Date => new Date(Date.now() + patienceMs);

/** Answers were posted: look after a while whether the visitors have read them. */
export async function watchAnswers(tx: Tx, posted: MessagePosted[]): Promise<void> {
  if (!tx.services.mailer.isConfigured) return;
  const visitors = posted.flatMap(({ channel, sourceId, message }) =>
    channel === 'webchat' && sourceId && isAnswer(message) ? [sourceId] : [],
  );
  const timers = [...new Set(visitors)].map((visitorId) => ({
    key: visitorId,
    dueAt: due(),
    payload: { visitorId },
  }));
  await setTimers(tx, kind, timers);
}

type Unread = { conversationId: string; after: number; answers: MessageView[] };

/** Answers that the visitor has neither read nor been mailed. */
async function unreadOf(ctx: Ctx, { id, mailed }: VisitorRow): Promise<Unread | null> {
  const found = await conversationOfSource(ctx, id);
  if (!found) return null;
  const mailedSeq = mailed.conversationId === found.id ? mailed.seq : 0;
  const after = Math.max(found.customerReadSeq, mailedSeq);
  const { items } = await listMessagesForCustomer(ctx, { id: found.id, after, limit: MOST });
  const answers = items.filter(isAnswer);
  return answers.length > 0 ? { conversationId: found.id, after, answers } : null;
}

async function look(tx: Tx, visitorId: string): Promise<void> {
  const visitor = await selectVisitor(tx.db, visitorId, { lock: true });
  const unread = visitor && (await unreadOf(tx, visitor));
  if (!visitor?.email || !unread) return;
  if (Date.now() - visitor.lastSeenAt.getTime() < goneAfterMs) {
    // Still on the page, only not looking.
    await setTimer(tx, kind, { key: visitorId, dueAt: due(), payload: { visitorId } });
    return;
  }
  const { conversationId, after, answers } = unread;
  const through = answers.at(-1)?.seq ?? after;
  await updateVisitor(tx.db, visitorId, { mailed: { conversationId, seq: through } });
  // With the mark in one transaction: each answer is mailed once.
  await tx.services.jobs.send(tx, mailAnswers, { visitorId, conversationId, after, through });
}

timerKind(kind, Payload, (tx, { visitorId }) => look(tx, visitorId));

export const mailAnswers = defineJob({
  name: 'mail-webchat-answers',
  schema: Digest,
  async work(ctx, { visitorId, conversationId, after, through }) {
    const visitor = await selectVisitor(ctx.db, visitorId);
    if (!visitor?.email) return;
    const range = { id: conversationId, after, limit: MOST };
    const { items } = await listMessagesForCustomer(ctx, range);
    const answers = items.filter((message) => isAnswer(message) && message.seq <= through);
    if (answers.length === 0) return;
    const { name: organisationName } = await organisation(ctx);
    const { baseUrl } = ctx.services.config;
    const letter = answersLetter({ visitor, answers, organisationName, baseUrl });
    try {
      await ctx.services.mailer.send({ to: visitor.email, ...letter });
    } catch (error) {
      // Refused for good: trying again would only annoy the mail server.
      if (!(error instanceof Problem) || error.code !== 'mail.refused') throw error;
      ctx.log.warn({ err: error, visitorId }, 'answers could not be mailed');
    }
  },
});
