import { automationEvents } from '@yingda/contract';
import type { AutomationEvent, WebhookEvent } from '@yingda/contract';

/** What happened, in the words of webhooks and automations. */
export type Happening = {
  name: WebhookEvent;
  subject: { kind: 'order' | 'conversation' | 'customer'; id: string };
  at: string;
  /** Null: not told. */
  by: 'person' | 'customer' | 'system' | 'automation' | null;
  byId: string | null;
  /** Of what is written: the text. Of orders it is still to be read. */
  text: string | null;
  previousStep: string | null;
  callResult: string | null;
};

/** The automations from which an event follows, and whether a program said so that had heard of it. */
export function originOf(payload: unknown): { chain: string[]; isHandedBack: boolean } {
  const { chain, isHandedBack } = payload as { chain?: unknown; isHandedBack?: unknown };
  const ids = Array.isArray(chain) ? chain.filter((id) => typeof id === 'string') : [];
  return { chain: ids, isHandedBack: isHandedBack === true };
}

const known = new Set<string>(automationEvents);
const isKnown = (name: string): name is AutomationEvent => known.has(name);

type OrderEvent = Pick<Happening, 'at' | 'by' | 'byId'> & {
  orderId: string;
  change: string;
  previousStepKey: string | null;
};
/** Null: of no interest to others (ties, checklists, clocks that were reckoned anew). */
export function ofOrder(event: OrderEvent): Happening | null {
  const name = `order.${event.change}`;
  // Calls are told by the callback itself, which knows how they went.
  if (!isKnown(name) || event.change === 'called') return null;
  const { at, by, byId, previousStepKey: previousStep } = event;
  const subject = { kind: 'order', id: event.orderId } as const;
  return { name, subject, at, by, byId, text: null, previousStep, callResult: null };
}

type CallbackEvent = Pick<Happening, 'at' | 'by' | 'byId'> & {
  orderId: string | null;
  change: string;
  result: string | null;
};
const calls: Record<string, AutomationEvent> = {
  tried: 'order.called',
  done: 'order.called',
  given_up: 'order.call_given_up',
};
export function ofCallback(event: CallbackEvent): Happening | null {
  const name = calls[event.change];
  if (!name || event.orderId === null) return null;
  const { at, by, byId, result: callResult } = event;
  const subject = { kind: 'order', id: event.orderId } as const;
  return { name, subject, at, by, byId, text: null, previousStep: null, callResult };
}

const rest = { previousStep: null, callResult: null };

export function ofConversation(
  event: { conversationId: string; change: string },
  at: Date,
): Happening | null {
  const name = `conversation.${event.change}`;
  if (!isKnown(name)) return null;
  const subject = { kind: 'conversation', id: event.conversationId } as const;
  return { name, subject, at: at.toISOString(), by: null, byId: null, text: null, ...rest };
}

type Posted = {
  conversationId: string;
  message: {
    kind: string;
    createdAt: string;
    author: { kind: string; id: string | null };
    parts: readonly ({ type: 'text'; text: string } | { type: string })[];
  };
};
const writers: Record<string, Pick<Happening, 'by'> & { name: AutomationEvent }> = {
  customer: { by: 'customer', name: 'conversation.customer_wrote' },
  agent: { by: 'person', name: 'conversation.agent_wrote' },
};
/** Messages of people; what the product itself wrote starts nothing. */
export function ofMessage({ conversationId, message }: Posted): Happening | null {
  const writer = writers[message.author.kind];
  if (!writer || message.kind !== 'message') return null;
  const text = message.parts.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n');
  const subject = { kind: 'conversation', id: conversationId } as const;
  return { ...writer, subject, at: message.createdAt, byId: message.author.id, text, ...rest };
}

export function ofCustomer(customerId: string, at: Date): Happening {
  const subject = { kind: 'customer', id: customerId } as const;
  const told = { by: null, byId: null, text: null, ...rest };
  return { name: 'customer.changed', subject, at: at.toISOString(), ...told };
}
