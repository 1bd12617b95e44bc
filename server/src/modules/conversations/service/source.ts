import type { Ctx } from '../../../platform/ctx.ts';
import { requireReply, requireSight } from '../policy.ts';
import { findConversation, latestOfSource } from '../store/conversation.ts';
import type { ConversationRow } from '../store/conversation.ts';

/** What a channel needs to know of the conversation at one of its addresses. */
export type SourceConversation = {
  id: string;
  status: 'open' | 'waiting' | 'snoozed' | 'resolved';
  contactId: string | null;
  assigneeId: string | null;
  customerId: string;
  teamId: string;
  queueId: string | null;
  lastSeq: number;
  customerReadSeq: number;
  agentReadSeq: number;
};

/** A stored conversation as its channel sees it. */
export function presentSource(row: ConversationRow): SourceConversation {
  return {
    id: row.id,
    status: row.status as SourceConversation['status'],
    contactId: row.contact_id,
    assigneeId: row.assignee_id,
    customerId: row.customer_id,
    teamId: row.team_id,
    queueId: row.queue_id,
    lastSeq: row.last_seq,
    customerReadSeq: row.customer_read_seq,
    agentReadSeq: row.agent_read_seq,
  };
}

/** The newest conversation at this address of a channel; null when there was none. */
export async function conversationOfSource(
  ctx: Ctx,
  sourceId: string,
): Promise<SourceConversation | null> {
  const row = await latestOfSource(ctx.db, sourceId);
  return row ? presentSource(row) : null;
}

/** Where answers in this conversation go, for who may answer in it. Throws `conversation.not_found`, `auth.forbidden`. */
export async function sourceForReply(
  ctx: Ctx,
  id: string,
): Promise<{ channel: string; sourceId: string | null }> {
  const row = requireSight(ctx.actor, await findConversation(ctx.db, id));
  requireReply(ctx.actor, row);
  return { channel: row.channel, sourceId: row.source_id };
}
