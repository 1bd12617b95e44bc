import { z } from 'zod';
import { ClientKey, MessageView, Parts } from './conversations.ts';
import { FieldKind, FieldValues } from './customers.ts';
import { FileView } from './files.ts';
import { freeText, IdParams, Instant, line, listOf, Locale, route, Uuid } from './route.ts';

/** One question of the form before the chat. `name`, `email` and `phone` fill the customer; others are custom fields. */
export const PreChatField = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: z.object({ 'zh-CN': line(60), en: line(60) }),
  kind: FieldKind,
  choices: z.array(line(60)).max(50).default([]),
  required: z.boolean(),
});
export type PreChatField = z.output<typeof PreChatField>;
const Bilingual = z.object({ 'zh-CN': z.string().max(300), en: z.string().max(300) });
export const WidgetSettings = z.object({
  colour: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  position: z.enum(['right', 'left']),
  title: Bilingual,
  greeting: Bilingual,
  /** Empty: the chat starts with the first message. */
  preChat: z.array(PreChatField).max(20),
  /** What a visitor sees while the queue is closed. */
  whenClosed: z.enum(['hide', 'form']),
  closedText: Bilingual,
  /** Origins of pages that may carry the widget, for example `https://shop.example`; empty: any. */
  allowedOrigins: z.array(z.string().max(200)).max(100),
  /** Only visitors whose identity the page's server signed may chat. */
  requireIdentity: z.boolean(),
});
export type WidgetSettings = z.output<typeof WidgetSettings>;
export const WidgetView = z.object({
  id: Uuid,
  name: z.string(),
  key: z.string(),
  queueId: Uuid,
  settings: WidgetSettings,
  createdAt: Instant,
});
export type WidgetView = z.output<typeof WidgetView>;
const WidgetInput = z.object({ name: line(80), queueId: Uuid, settings: WidgetSettings });
export const listWidgets = route({
  method: 'GET',
  path: '/api/widgets',
  summary: 'Web chat widgets',
  access: 'widget.manage',
  response: listOf(WidgetView),
});
export const createWidget = route({
  method: 'POST',
  path: '/api/widgets',
  summary: 'Create a widget',
  access: 'widget.manage',
  body: WidgetInput,
  response: WidgetView,
  status: 201,
});
export const updateWidget = route({
  method: 'PATCH',
  path: '/api/widgets/:id',
  summary: 'Change a widget',
  access: 'widget.manage',
  params: IdParams,
  body: WidgetInput.partial(),
  response: WidgetView,
});
export const deleteWidget = route({
  method: 'DELETE',
  path: '/api/widgets/:id',
  summary: 'Delete a widget; its conversations stay',
  access: 'widget.manage',
  params: IdParams,
});
export const revealWidgetSecret = route({
  method: 'POST',
  path: '/api/widgets/:id/secret',
  summary: 'Show (or renew) the secret that signs visitor identities; audited',
  access: 'widget.manage',
  params: IdParams,
  body: z.object({ renew: z.boolean().default(false) }),
  response: z.object({ secret: z.string() }),
});

/** What the script tag needs before anybody chats; cacheable for a minute. */
export const WidgetConfigView = z.object({
  name: z.string(),
  organisationName: z.string(),
  settings: WidgetSettings.omit({ allowedOrigins: true }),
  open: z.boolean(),
  nextOpenAt: Instant.nullable(),
  maxUploadBytes: z.int(),
});
export type WidgetConfigView = z.output<typeof WidgetConfigView>;
export const getWidgetConfig = route({
  method: 'GET',
  path: '/api/webchat/widgets/:key',
  summary: 'Look and opening hours of a widget',
  access: 'public',
  params: z.object({ key: z.string().max(60) }),
  response: WidgetConfigView,
});

/** Signed by the page's server: hex HMAC-SHA256 of the compact JSON `[userId,name,email,expiresAt]` with the widget's secret. */
export const VerifiedIdentity = z.object({
  userId: z.string().min(1).max(200),
  name: z.string().max(120),
  email: z.union([z.email().max(200), z.literal('')]),
  expiresAt: z.int(),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
});
export const VisitorConversation = z.object({
  id: Uuid,
  status: z.enum(['queued', 'active', 'resolved']),
  agentName: z.string().nullable(),
  lastSeq: z.int(),
  customerReadSeq: z.int(),
  agentReadSeq: z.int(),
  /** Place in the queue from 1 and estimated wait; null when not waiting or not known. */
  position: z.int().nullable(),
  estimatedWaitSeconds: z.int().nullable(),
});
export type VisitorConversation = z.output<typeof VisitorConversation>;
export const VisitorSessionView = z.object({
  token: z.string(),
  visitorId: Uuid,
  name: z.string(),
  verified: z.boolean(),
  conversation: VisitorConversation.nullable(),
  config: WidgetConfigView,
});
export type VisitorSessionView = z.output<typeof VisitorSessionView>;
export const openVisitorSession = route({
  method: 'POST',
  path: '/api/webchat/sessions',
  summary: 'Begin or resume a visit; keep the token in the browser',
  access: 'public',
  ratePerMinute: 120,
  body: z.object({
    widgetKey: z.string().max(60),
    token: z.string().max(1000).optional(),
    identity: VerifiedIdentity.optional(),
    locale: Locale,
    page: z.object({ url: z.string().max(2000), title: z.string().max(300) }).optional(),
  }),
  response: VisitorSessionView,
});
export const getVisitorConversation = route({
  method: 'GET',
  path: '/api/webchat/conversation',
  summary: 'State of my conversation',
  access: 'visitor',
  response: z.object({ conversation: VisitorConversation.nullable() }),
});
/** What the visitor may see of a message: no notes, no ids of people. */
export const VisitorMessage = MessageView.omit({ mentions: true, conversationId: true });
export type VisitorMessage = z.output<typeof VisitorMessage>;
export const listVisitorMessages = route({
  method: 'GET',
  path: '/api/webchat/messages',
  summary: 'Messages of my conversation in order of seq',
  access: 'visitor',
  query: z.object({
    before: z.coerce.number().int().optional(),
    after: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ items: z.array(VisitorMessage), hasMore: z.boolean() }),
});
export const postVisitorMessage = route({
  method: 'POST',
  path: '/api/webchat/messages',
  access: 'visitor',
  ratePerMinute: 120,
  summary:
    'Write to the company; the first message starts the conversation. The same clientKey again stores nothing',
  body: z.object({
    clientKey: ClientKey,
    parts: Parts,
    fields: FieldValues.optional(),
    page: z.object({ url: z.string().max(2000), title: z.string().max(300) }).optional(),
  }),
  response: z.object({ message: VisitorMessage, conversation: VisitorConversation }),
  status: 201,
});
export const leaveMessage = route({
  method: 'POST',
  path: '/api/webchat/leave-message',
  access: 'visitor',
  ratePerMinute: 20,
  summary: 'Leave a message while closed; the answer comes by e-mail or phone',
  body: z.object({
    clientKey: ClientKey,
    name: line(120),
    email: z.union([z.email().max(200), z.literal('')]),
    phone: z.string().max(40),
    text: freeText(5000).refine((t) => t.trim() !== '', 'empty'),
  }),
  response: z.object({ conversation: VisitorConversation }),
  status: 201,
});
export const saveVisitorEmail = route({
  method: 'PUT',
  path: '/api/webchat/email',
  summary: 'Where answers go when I have left the page',
  access: 'visitor',
  body: z.object({ email: z.email().max(200) }),
});
export const uploadVisitorFile = route({
  method: 'POST',
  path: '/api/webchat/files',
  summary: 'Upload one file (multipart field `file`)',
  access: 'visitor',
  upload: true,
  ratePerMinute: 30,
  response: FileView,
  status: 201,
});
export const markVisitorRead = route({
  method: 'POST',
  path: '/api/webchat/read',
  summary: 'I have read up to this seq',
  access: 'visitor',
  body: z.object({ seq: z.int().min(0) }),
});
export const endVisitorConversation = route({
  method: 'POST',
  path: '/api/webchat/end',
  summary: 'End my conversation (leaving the queue counts as abandoned)',
  access: 'visitor',
  response: z.object({ conversation: VisitorConversation.nullable() }),
});
