import { Problem } from '../../../kernel/problem.ts';
import type { Tx } from '../../../platform/ctx.ts';
import { organisation } from '../../identity/index.ts';
import { requireSight } from '../policy.ts';
import { findConversation } from '../store/conversation.ts';
import { appendIn } from './append.ts';
import { lockForReply } from './changes.ts';
import { newMessage } from './messages.ts';

type Text = { conversationId: string; kind: 'message' | 'note'; text: string };

/**
 * Writes a text inside a transaction: as the person who acts, or (by the product itself) in the name of the centre, which
 * answers no question: the customer goes on waiting for an agent. Problems: `conversation.not_found`, `auth.forbidden`,
 * `conversation.already_resolved` for a message.
 */
export async function writeIn(tx: Tx, { conversationId, kind, text }: Text): Promise<void> {
  const row = await lockForReply(tx, conversationId);
  if (kind === 'message' && row.status === 'resolved') {
    throw new Problem('conversation.already_resolved');
  }
  const { actor } = tx;
  const isPerson = actor.kind === 'user';
  const message = newMessage({
    conversationId,
    kind,
    authorKind: isPerson ? 'agent' : 'system',
    authorId: isPerson ? actor.userId : null,
    authorName: isPerson ? actor.name : (await organisation(tx)).name,
    parts: [{ type: 'text', text }],
    clientKey: null,
  });
  await appendIn(tx, message);
}

/** Throws `conversation.not_found` for what the actor may not see. */
export async function requireVisible(tx: Tx, id: string): Promise<void> {
  requireSight(tx.actor, await findConversation(tx.db, id));
}
