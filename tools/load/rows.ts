import { segment } from '../../server/src/platform/text/index.ts';
import type { Conversation } from './conversation.ts';
import { arrayText, copyRow, instantText, vectorText } from './copy-text.ts';
import { idOf } from './random.ts';

export const conversationColumns = `id, number, customer_id, channel, team_id, queue_id, assignee_id, status, priority,
  subject, tags, preview, last_message_at, last_seq, unread, agent_read_seq, customer_read_seq, waiting_since,
  snoozed_until, contact_id, page, created_at, resolved_at, version`;
export const messageColumns =
  'id, conversation_id, seq, kind, author_kind, author_id, author_name, parts, created_at';
export const searchColumns = 'message_id, conversation_id, seq, words';
export const contactColumns = 'id, channel, customer_id, subject_id, opened_at, ended_at, outcome';
export const eventColumns = 'id, contact_id, type, at, channel, queue_id, team_id, agent_id, data';
export const workColumns = `id, kind, subject_id, queue_id, team_id, channel, priority, weight, state, waiting_since,
  queue_order, agent_id, assigned_at, done_at, created_at`;

const FIRST_NUMBER = 1001;
/** What one chat takes of an agent's capacity, in per cent; as a new queue has it. */
const WEIGHT = 20;
const PREVIEW_LENGTH = 140;
const RING_MS = 5_000;
const ranks: Record<string, number> = { low: 0, normal: 1, high: 2, urgent: 3 };

const pages = ['', '/cart', '/orders', '/help/refund', '/product/1024', '/member'].map((path) =>
  JSON.stringify({
    url: `https://shop.example.com${path}`,
    title: '云岭数码商城',
    userAgent: null,
  }),
);

export const numberOf = (index: number): number => FIRST_NUMBER + index;

export function conversationRow(given: Conversation): string {
  const { index, at, customer, team, agent, status, said } = given;
  const last = said.at(-1) ?? said[0];
  const preview =
    last.text.length > PREVIEW_LENGTH ? `${last.text.slice(0, PREVIEW_LENGTH - 1)}…` : last.text;
  const waits = status === 'open' && last.by === 'customer';
  const unread = waits && (agent === null || index % 2 === 0) ? 1 : 0;
  return copyRow([
    given.id,
    numberOf(index),
    customer.id,
    given.channel,
    team.id,
    team.queueId,
    agent?.id ?? null,
    status,
    given.priority,
    given.subject,
    arrayText(given.tags),
    preview,
    instantText(last.at),
    said.length,
    unread,
    said.length - unread,
    said.length,
    waits ? instantText(last.at) : null,
    instantText(given.snoozedUntil),
    given.contactId,
    given.channel === 'webchat' ? (pages[index % pages.length] ?? '{}') : '{}',
    instantText(at),
    instantText(given.resolvedAt),
    1 + said.length,
  ]);
}

/** Messages and their words; `first` numbers the messages of the whole load. */
export function messageRows(
  { id, customer, agent, said, subject }: Conversation,
  first: number,
): { messages: string; search: string } {
  let messages = '';
  let search = subject === '' ? '' : copyRow([id, id, 0, vectorText(segment(subject))]);
  for (const [turn, { at, by, text }] of said.entries()) {
    const messageId = idOf('message', at, first + turn);
    const author = by === 'customer' ? customer : agent;
    const parts = JSON.stringify([{ type: 'text', text }]);
    const seq = turn + 1;
    messages += copyRow([
      messageId,
      id,
      seq,
      'message',
      by,
      author?.id ?? null,
      author?.name ?? '',
      parts,
      instantText(at),
    ]);
    const words = vectorText(segment(text));
    if (words !== '') search += copyRow([messageId, id, seq, words]);
  }
  return { messages, search };
}

export function contactRow(given: Conversation): string {
  const outcome = given.resolvedAt === null ? null : 'solved';
  return copyRow([
    given.contactId,
    given.channel,
    given.customer.id,
    given.id,
    instantText(given.at),
    instantText(given.resolvedAt),
    outcome,
  ]);
}

type Step = { type: string; at: number; agentId: string | null; data: object };

function stepsOf({ at, agent, offeredAt, acceptedAt, resolvedAt }: Conversation): Step[] {
  const steps: Step[] = [
    { type: 'arrived', at, agentId: null, data: {} },
    { type: 'queued', at, agentId: null, data: {} },
  ];
  if (agent === null || offeredAt === null || acceptedAt === null) return steps;
  const agentId = agent.id;
  const ringMs = acceptedAt - offeredAt;
  const waitMs = acceptedAt - at;
  steps.push({ type: 'offered', at: offeredAt, agentId, data: { waitMs: offeredAt - at } });
  const rings = Math.ceil(ringMs / RING_MS);
  steps.push({ type: 'accepted', at: acceptedAt, agentId, data: { waitMs, ringMs, rings } });
  if (resolvedAt !== null) {
    const end = Math.max(resolvedAt, acceptedAt);
    steps.push({ type: 'solved', at: end, agentId, data: { waitMs, handleMs: end - acceptedAt } });
  }
  return steps;
}

/** The contact's life; `first` numbers the events of the whole load. */
export function eventRows(given: Conversation, first: number): { events: string; count: number } {
  const { contactId, channel, team } = given;
  const steps = stepsOf(given);
  let events = '';
  for (const [nth, { type, at, agentId, data }] of steps.entries()) {
    const id = idOf('event', at, first + nth);
    const queue = type === 'arrived' ? null : team.queueId;
    events += copyRow([
      id,
      contactId,
      type,
      instantText(at),
      channel,
      queue,
      team.id,
      agentId,
      JSON.stringify(data),
    ]);
  }
  return { events, count: steps.length };
}

/** The router's own row of the contact: waiting, with an agent, or done. */
export function workRow(given: Conversation): string {
  const { contactId, id, at, team, agent, resolvedAt } = given;
  const state = agent === null ? 'waiting' : resolvedAt === null ? 'assigned' : 'done';
  return copyRow([
    contactId,
    'conversation',
    id,
    team.queueId,
    team.id,
    given.channel,
    ranks[given.priority] ?? 1,
    WEIGHT,
    state,
    instantText(at),
    instantText(at),
    agent?.id ?? null,
    instantText(given.acceptedAt),
    instantText(resolvedAt),
    instantText(at),
  ]);
}
