import { z } from 'zod';
import { MessageView, SummaryPatch } from '@yingda/contract';
import { defineEvent } from '../../platform/events/index.ts';

const id = z.string();
const Where = {
  conversationId: id,
  teamId: id,
  assigneeId: id.nullable(),
  customerId: id,
  /** The channel's own address of the customer, for example the visitor. */
  sourceId: id.nullable(),
};

/** A message, note or inline event was added. Carries all that its readers need, as it is the busiest of all events. */
export const messagePosted = defineEvent(
  'message.posted',
  z.object({ ...Where, channel: z.string(), message: MessageView, patch: SummaryPatch }),
);
export type MessagePosted = z.output<typeof messagePosted.schema>;

/** A message was taken back. */
export const messageRetracted = defineEvent(
  'message.retracted',
  z.object({ ...Where, message: MessageView, version: z.int() }),
);

/** Anything of a conversation but its messages changed; readers fetch what they need. */
export const conversationChanged = defineEvent(
  'conversation.changed',
  z.object({
    ...Where,
    change: z.enum([
      'started',
      'assigned',
      'released',
      'transferred',
      'snoozed',
      'woken',
      'waiting',
      'resolved',
      'reopened',
      'edited',
      'merged',
    ]),
    previousAssigneeId: id.nullable(),
    previousTeamId: id.nullable(),
  }),
);
export type ConversationChanged = z.output<typeof conversationChanged.schema>;

/** Somebody has read up to a seq. */
export const conversationRead = defineEvent(
  'conversation.read',
  z.object({
    ...Where,
    by: z.enum(['customer', 'agent']),
    agentReadSeq: z.int(),
    customerReadSeq: z.int(),
    unread: z.int(),
    version: z.int(),
  }),
);

/** A colleague was named in a note. */
export const colleagueMentioned = defineEvent(
  'colleague.mentioned',
  z.object({ userId: id, conversationId: id, messageId: id, byName: z.string() }),
);

/** Canned replies were changed. */
export const cannedChanged = defineEvent('canned.changed', z.object({}));
