import { z } from 'zod';
import { Channel, ContactEventView } from './contacts.ts';
import { CustomerBrief, CustomerView } from './customers.ts';
import { FileView } from './files.ts';
import {
  freeText,
  IdParams,
  Instant,
  line,
  listOf,
  PageQuery,
  pageOf,
  route,
  Uuid,
} from './route.ts';

export const ConversationStatus = z.enum(['open', 'waiting', 'snoozed', 'resolved']);
export type ConversationStatus = z.output<typeof ConversationStatus>;
export const Priority = z.enum(['low', 'normal', 'high', 'urgent']);
export type Priority = z.output<typeof Priority>;

/** Longest text of one message, in characters. */
export const maxMessageLength = 10_000;
/** How long after sending the author may take a message back (撤回), in milliseconds. */
export const retractWithinMs = 120_000;

const TextPart = z.object({ type: z.literal('text'), text: z.string() });
const ImagePart = z.object({ type: z.literal('image'), file: FileView });
const FilePart = z.object({ type: z.literal('file'), file: FileView });
/** What happened between messages, told in the reader's language from `event` and `data`. */
const EventPart = z.object({
  type: z.literal('event'),
  event: z.enum([
    'started',
    'queued',
    'assigned',
    'unassigned',
    'transferred',
    'snoozed',
    'woken',
    'resolved',
    'reopened',
    'customer_left',
  ]),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export const MessagePart = z.discriminatedUnion('type', [TextPart, ImagePart, FilePart, EventPart]);
export type MessagePart = z.output<typeof MessagePart>;
export const MessageAuthor = z.object({
  kind: z.enum(['customer', 'agent', 'bot', 'system']),
  id: Uuid.nullable(),
  name: z.string(),
});
export type MessageAuthor = z.output<typeof MessageAuthor>;
export const MessageView = z.object({
  id: Uuid,
  conversationId: Uuid,
  /** Gapless position in the conversation, from 1: a jump means something was missed. */
  seq: z.int(),
  kind: z.enum(['message', 'note', 'event']),
  author: MessageAuthor,
  parts: z.array(MessagePart),
  mentions: z.array(Uuid),
  /** The sender's idempotency key, so that a client can match the answer to what it sent. */
  clientKey: z.string().nullable(),
  createdAt: Instant,
  retractedAt: Instant.nullable(),
});
export type MessageView = z.output<typeof MessageView>;

export const ConversationSummary = z.object({
  id: Uuid,
  number: z.int(),
  subject: z.string(),
  status: ConversationStatus,
  priority: Priority,
  channel: Channel,
  teamId: Uuid,
  queueId: Uuid.nullable(),
  assigneeId: Uuid.nullable(),
  customer: CustomerBrief,
  tags: z.array(z.string()),
  preview: z.string(),
  lastMessageAt: Instant,
  lastSeq: z.int(),
  /** Messages of the customer the assignee has not read. */
  unread: z.int(),
  agentReadSeq: z.int(),
  customerReadSeq: z.int(),
  /** Since when the customer waits for an answer; null when it is the customer's turn. */
  waitingSince: Instant.nullable(),
  snoozedUntil: Instant.nullable(),
  createdAt: Instant,
  resolvedAt: Instant.nullable(),
  contactId: Uuid.nullable(),
  /** Grows with every change: an event with a lower version is old news. */
  version: z.int(),
});
export type ConversationSummary = z.output<typeof ConversationSummary>;
/** The fields of the summary that a message changes; sent with it instead of the whole summary. */
export const SummaryPatch = ConversationSummary.pick({
  status: true,
  preview: true,
  lastMessageAt: true,
  lastSeq: true,
  unread: true,
  waitingSince: true,
  snoozedUntil: true,
  resolvedAt: true,
  version: true,
});
export type SummaryPatch = z.output<typeof SummaryPatch>;
export const DraftView = z.object({
  kind: z.enum(['message', 'note']),
  text: z.string(),
  updatedAt: Instant,
});
export const ConversationView = ConversationSummary.extend({
  customer: CustomerView,
  draft: DraftView.nullable(),
  page: z.object({
    url: z.string().nullable(),
    title: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
});
export type ConversationView = z.output<typeof ConversationView>;

export const ConversationListView = z.enum([
  'mine',
  'queue',
  'team',
  'snoozed',
  'resolved',
  'mentions',
  'all',
]);
export const listConversations = route({
  method: 'GET',
  path: '/api/conversations',
  access: 'conversation.read',
  summary:
    'Conversations I may see. mine: assigned to me and open; queue: waiting for an agent; team: open in my teams; all: every status',
  query: PageQuery.extend({
    view: ConversationListView.default('mine'),
    teamId: Uuid.optional(),
    assigneeId: Uuid.optional(),
    customerId: Uuid.optional(),
    tag: z.string().max(60).optional(),
    status: ConversationStatus.optional(),
    order: z.enum(['newest', 'waiting']).default('newest'),
  }),
  response: pageOf(ConversationSummary),
});
export const countConversations = route({
  method: 'GET',
  path: '/api/conversations/counts',
  summary: 'How many there are in each view (999 means that many or more)',
  access: 'conversation.read',
  response: z.object({
    mine: z.int(),
    mineUnread: z.int(),
    queue: z.int(),
    team: z.int(),
    snoozed: z.int(),
    mentions: z.int(),
  }),
});
export const getConversation = route({
  method: 'GET',
  path: '/api/conversations/:id',
  summary: 'One conversation with its customer and my draft',
  access: 'conversation.read',
  params: IdParams,
  response: ConversationView,
});
export const listMessages = route({
  method: 'GET',
  path: '/api/conversations/:id/messages',
  summary: 'Messages in order of seq: the newest, those `before` or those `after` a seq',
  access: 'conversation.read',
  params: IdParams,
  query: z.object({
    before: z.coerce.number().int().optional(),
    after: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ items: z.array(MessageView), hasMore: z.boolean() }),
});
/** Parts as a sender gives them: files by the id the upload returned. */
export const PartInput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: freeText(maxMessageLength) }),
  z.object({ type: z.literal('file'), fileId: Uuid }),
]);
export type PartInput = z.output<typeof PartInput>;
export const ClientKey = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[\w-]+$/);
export const Parts = z.array(PartInput).min(1).max(20);
export const postMessage = route({
  method: 'POST',
  path: '/api/conversations/:id/messages',
  access: 'conversation.reply',
  params: IdParams,
  ratePerMinute: 600,
  summary:
    'Reply to the customer, or write an internal note. The same clientKey again returns the stored message and stores nothing',
  body: z.object({
    clientKey: ClientKey,
    kind: z.enum(['message', 'note']).default('message'),
    parts: Parts,
    mentions: z.array(Uuid).max(50).default([]),
  }),
  response: MessageView,
  status: 201,
});
export const retractMessage = route({
  method: 'POST',
  path: '/api/conversations/:id/messages/:messageId/retract',
  summary: 'Take an own message back within two minutes',
  access: 'conversation.reply',
  params: z.object({ id: Uuid, messageId: Uuid }),
  response: MessageView,
});
export const markRead = route({
  method: 'POST',
  path: '/api/conversations/:id/read',
  summary: 'I have read up to this seq',
  access: 'conversation.read',
  params: IdParams,
  body: z.object({ seq: z.int().min(0) }),
});
export const saveDraft = route({
  method: 'PUT',
  path: '/api/conversations/:id/draft',
  summary: 'Keep what I am writing; an empty text removes the draft',
  access: 'conversation.reply',
  params: IdParams,
  body: z.object({ kind: z.enum(['message', 'note']), text: freeText(maxMessageLength) }),
});
export const assignConversation = route({
  method: 'POST',
  path: '/api/conversations/:id/assign',
  summary: 'Take it myself, or (conversation.manage) give it to a colleague or back to the queue',
  access: 'conversation.reply',
  params: IdParams,
  body: z.object({ assigneeId: Uuid.nullable() }),
  response: ConversationSummary,
});
export const transferConversation = route({
  method: 'POST',
  path: '/api/conversations/:id/transfer',
  summary: 'Pass it to an agent or a queue with a note',
  access: 'conversation.reply',
  params: IdParams,
  body: z.object({
    to: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('agent'), agentId: Uuid }),
      z.object({ kind: z.literal('queue'), queueId: Uuid }),
    ]),
    note: freeText(5000).default(''),
  }),
  response: ConversationSummary,
});
export const snoozeConversation = route({
  method: 'POST',
  path: '/api/conversations/:id/snooze',
  summary: 'Put it aside until an instant, or until the customer writes (until: null)',
  access: 'conversation.reply',
  params: IdParams,
  body: z.object({ until: Instant.nullable() }),
  response: ConversationSummary,
});
export const resolveConversation = route({
  method: 'POST',
  path: '/api/conversations/:id/resolve',
  summary: 'The matter is solved',
  access: 'conversation.reply',
  params: IdParams,
  response: ConversationSummary,
});
export const reopenConversation = route({
  method: 'POST',
  path: '/api/conversations/:id/reopen',
  summary: 'Open it again (also wakes a snoozed one)',
  access: 'conversation.reply',
  params: IdParams,
  response: ConversationSummary,
});
export const waitForCustomer = route({
  method: 'POST',
  path: '/api/conversations/:id/wait',
  summary: "It is the customer's turn",
  access: 'conversation.reply',
  params: IdParams,
  response: ConversationSummary,
});
export const updateConversation = route({
  method: 'PATCH',
  path: '/api/conversations/:id',
  summary: 'Change subject, priority, tags',
  access: 'conversation.reply',
  params: IdParams,
  body: z.object({
    subject: line(200).optional(),
    priority: Priority.optional(),
    tags: z.array(line(60)).max(50).optional(),
  }),
  response: ConversationSummary,
});
export const listContactEvents = route({
  method: 'GET',
  path: '/api/conversations/:id/events',
  summary: 'The event log of the contacts of this conversation',
  access: 'conversation.read',
  params: IdParams,
  response: listOf(ContactEventView),
});
export const listTags = route({
  method: 'GET',
  path: '/api/tags',
  summary: 'Tags in use, most used first',
  access: 'conversation.read',
  query: z.object({ q: z.string().max(60).optional() }),
  response: listOf(z.object({ tag: z.string(), uses: z.int() })),
});

/** Several conversations at once; each result tells whether it worked. */
export const bulkUpdate = route({
  method: 'POST',
  path: '/api/conversations/bulk',
  summary: 'Do one thing to many conversations',
  access: 'conversation.reply',
  body: z.object({
    ids: z.array(Uuid).min(1).max(200),
    action: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('resolve') }),
      z.object({ kind: z.literal('assign'), assigneeId: Uuid.nullable() }),
      z.object({ kind: z.literal('tag'), tag: line(60) }),
      z.object({ kind: z.literal('priority'), priority: Priority }),
    ]),
  }),
  response: z.object({ done: z.int(), failed: z.array(z.object({ id: Uuid, code: z.string() })) }),
});

export const SearchHit = z.object({
  conversation: ConversationSummary,
  messageId: Uuid.nullable(),
  seq: z.int().nullable(),
  excerpt: z.string(),
  at: Instant,
});
export type SearchHit = z.output<typeof SearchHit>;
export const search = route({
  method: 'GET',
  path: '/api/search',
  summary:
    'Conversations and customers by words (Chinese and English) in messages, subjects and names',
  access: 'conversation.read',
  query: z.object({
    q: z.string().trim().min(1).max(200),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  response: z.object({ hits: z.array(SearchHit), customers: z.array(CustomerBrief) }),
});
