import type { ConversationSummary, MessageView } from '@yingda/contract';

/** A readable uuid for tests: the number in its last digits. */
export const anId = (n: number): string =>
  `00000000-0000-7000-8000-${n.toString().padStart(12, '0')}`;

/** A conversation with everything the test is not about filled in. */
export function aConversation(fields: Partial<ConversationSummary> = {}): ConversationSummary {
  const at = '2026-01-05T01:00:00.000Z';
  return {
    id: anId(1),
    number: 1,
    subject: '',
    status: 'open',
    priority: 'normal',
    channel: 'webchat',
    teamId: anId(1),
    queueId: null,
    assigneeId: null,
    customer: { id: anId(500), name: 'Li Na', tier: 'standard', verified: false },
    tags: [],
    preview: '',
    lastMessageAt: at,
    lastSeq: 1,
    unread: 0,
    agentReadSeq: 0,
    customerReadSeq: 0,
    waitingSince: null,
    snoozedUntil: null,
    createdAt: at,
    resolvedAt: null,
    contactId: null,
    version: 1,
    ...fields,
  };
}

/** A message of the customer with everything the test is not about filled in. */
export function aMessage(seq: number, fields: Partial<MessageView> = {}): MessageView {
  return {
    id: anId(10_000 + seq),
    conversationId: anId(1),
    seq,
    kind: 'message',
    author: { kind: 'customer', id: null, name: 'Li Na' },
    parts: [{ type: 'text', text: `message ${seq}` }],
    mentions: [],
    clientKey: null,
    createdAt: new Date(Date.UTC(2026, 0, 5, 1, 0, seq)).toISOString(),
    retractedAt: null,
    ...fields,
  };
}
