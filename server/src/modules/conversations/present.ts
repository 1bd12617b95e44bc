import type { ConversationSummary, MessagePart, MessageView, Tier } from '@yingda/contract';
import type { MessageRow } from './store/message.ts';
import type { SummaryRow } from './store/conversation.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A stored conversation as lists and events show it. */
export function presentSummary(row: SummaryRow): ConversationSummary {
  return {
    id: row.id,
    number: Number(row.number),
    subject: row.subject,
    status: row.status as ConversationSummary['status'],
    priority: row.priority as ConversationSummary['priority'],
    channel: row.channel as ConversationSummary['channel'],
    teamId: row.team_id,
    queueId: row.queue_id,
    assigneeId: row.assignee_id,
    customer: {
      id: row.customer_id,
      name: row.customer_name,
      tier: row.customer_tier as Tier,
      verified: row.customer_verified,
    },
    tags: row.tags,
    preview: row.preview,
    lastMessageAt: row.last_message_at.toISOString(),
    lastSeq: row.last_seq,
    unread: row.unread,
    agentReadSeq: row.agent_read_seq,
    customerReadSeq: row.customer_read_seq,
    waitingSince: row.status === 'resolved' ? null : iso(row.waiting_since),
    snoozedUntil: iso(row.snoozed_until),
    createdAt: row.created_at.toISOString(),
    resolvedAt: iso(row.resolved_at),
    contactId: row.contact_id,
    version: row.version,
  };
}

/** A stored message as people see it. */
export function presentMessage(row: MessageRow): MessageView {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    kind: row.kind as MessageView['kind'],
    author: {
      kind: row.author_kind as MessageView['author']['kind'],
      id: row.author_id,
      name: row.author_name,
    },
    parts: row.parts as unknown as MessagePart[],
    mentions: row.mentions,
    clientKey: row.client_key,
    createdAt: row.created_at.toISOString(),
    retractedAt: iso(row.retracted_at),
  };
}
