import type { MessageView, PartInput } from '@yingda/contract';
import { retractWithinMs } from '@yingda/contract';
import { requireUser } from '../../../kernel/actor.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { namesOf } from '../../identity/index.ts';
import { assignWork } from '../../routing/index.ts';
import { previewOf } from '../domain/parts.ts';
import { colleagueMentioned, messageRetracted } from '../events.ts';
import { requireReply, requireSight } from '../policy.ts';
import { presentMessage } from '../present.ts';
import { findConversation, updateConversationRow } from '../store/conversation.ts';
import type { ConversationRow } from '../store/conversation.ts';
import { deleteDraft } from '../store/draft.ts';
import { insertMentions } from '../store/mention.ts';
import { findMessage, newestShown, retractRow } from '../store/message.ts';
import type { NewMessage } from '../store/append.ts';
import { append, appendIn } from './append.ts';
import { emitChange, whereOf } from './changes.ts';
import { newMessage, partsFrom, viewOf } from './messages.ts';

export type AgentMessage = {
  conversationId: string;
  clientKey: string;
  kind: 'message' | 'note';
  parts: PartInput[];
  mentions: string[];
};

/** Answering what nobody has taken takes it. */
async function takeFirst(ctx: Ctx, row: ConversationRow, userId: string): Promise<void> {
  const { contact_id: contactId } = row;
  if (row.assignee_id !== null || contactId === null || row.status === 'resolved') return;
  await transact(ctx, (tx) => assignWork(tx, { id: contactId, agentId: userId, force: true }));
}

async function postWithMentions(
  ctx: Ctx,
  message: NewMessage,
  userIds: string[],
): Promise<MessageView> {
  const user = requireUser(ctx.actor);
  const known = [...(await namesOf(ctx, userIds)).keys()];
  return transact(ctx, async (tx) => {
    const result = await appendIn(tx, { ...message, mentions: known });
    if (result.outcome === 'stored') {
      const { conversationId, id: messageId } = message;
      await insertMentions(tx.db, { conversationId, messageId, userIds: known });
      for (const userId of known) {
        tx.emit(colleagueMentioned, { userId, conversationId, messageId, byName: user.name });
      }
    }
    return viewOf(tx, message, result);
  });
}

/**
 * Replies to the customer or leaves a note. The same clientKey again returns the stored message. Replying to an
 * unassigned conversation takes it. Problems: `conversation.not_found`, `message.empty`, `file.not_found`.
 */
export async function postMessage(ctx: Ctx, given: AgentMessage): Promise<MessageView> {
  const row = requireSight(ctx.actor, await findConversation(ctx.db, given.conversationId));
  const user = requireReply(ctx.actor, row);
  const parts = await partsFrom(ctx, given.parts);
  const message = newMessage({
    conversationId: row.id,
    kind: given.kind,
    authorKind: 'agent',
    authorId: user.userId,
    authorName: user.name,
    parts,
    clientKey: given.clientKey,
  });
  if (given.kind === 'message') await takeFirst(ctx, row, user.userId);
  const view =
    given.kind === 'note' && given.mentions.length > 0
      ? await postWithMentions(ctx, message, given.mentions)
      : await viewOf(ctx, message, await append(ctx.services, message));
  await deleteDraft(ctx.db, { conversationId: row.id, userId: user.userId });
  return view;
}

/**
 * Takes an own message back within two minutes: its content is gone for everyone. Problems: `message.not_yours`,
 * `message.too_late_to_retract`.
 */
export async function retractMessage(
  ctx: Ctx,
  given: { conversationId: string; messageId: string },
): Promise<MessageView> {
  const user = requireUser(ctx.actor);
  return transact(ctx, async (tx) => {
    const row = requireSight(
      tx.actor,
      await findConversation(tx.db, given.conversationId, { lock: true }),
    );
    const found = orProblem(await findMessage(tx.db, row.id, given.messageId), 'message.not_found');
    if (found.author_kind !== 'agent' || found.author_id !== user.userId)
      throw new Problem('message.not_yours');
    if (found.retracted_at) return presentMessage(found);
    const retracted = orProblem(
      await retractRow(tx.db, found.id, retractWithinMs),
      'message.too_late_to_retract',
    );
    const shown = await newestShown(tx.db, row.id);
    const preview = shown ? previewOf(presentMessage(shown).parts) : '';
    const changed = await updateConversationRow(tx.db, row.id, { preview });
    const message = presentMessage(retracted);
    tx.emit(messageRetracted, { ...whereOf(row), message, version: changed.version });
    emitChange(tx, 'edited', { row: changed, before: row });
    return message;
  });
}
