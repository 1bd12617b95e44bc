import { listener } from '../../platform/events/index.ts';
import type { EventDef, StoredEvent } from '../../platform/events/index.ts';
import { conversationChanged, messagePosted } from '../conversations/index.ts';
import type { ConversationChanged, MessagePosted } from '../conversations/index.ts';
import { customerChanged } from '../customers/index.ts';
import { callbackChanged, orderChanged } from '../orders/index.ts';
import type { CallbackChanged, OrderChanged } from '../orders/index.ts';
import {
  ofCallback,
  ofConversation,
  ofCustomer,
  ofMessage,
  ofOrder,
  originOf,
} from './domain/happening.ts';
import type { Happening } from './domain/happening.ts';
import { tell } from './service/tell.ts';
import type { Told } from './service/tell.ts';

/** The events from which happenings are made. */
export const sources: EventDef[] = [
  orderChanged,
  callbackChanged,
  conversationChanged,
  messagePosted,
];

/** What a stored event of these tells, in the words of webhooks and automations; null: nothing of interest. */
export function happeningOf({ type, payload, at }: StoredEvent): Happening | null {
  if (type === orderChanged.type) {
    const event = payload as OrderChanged;
    return ofOrder(event);
  }
  if (type === callbackChanged.type) return ofCallback(payload as CallbackChanged);
  if (type === messagePosted.type) return ofMessage(payload as MessagePosted);
  return ofConversation(payload as ConversationChanged, new Date(at));
}

function toldOf(event: StoredEvent): Told[] {
  const { type, payload } = event;
  const { chain } = originOf(payload);
  if (type === customerChanged.type) {
    const { customerId } = payload as { customerId: string };
    return [{ ...ofCustomer(customerId, new Date(event.at)), chain }];
  }
  const happening = happeningOf(event);
  const told: Told[] = happening ? [{ ...happening, chain }] : [];
  if (type !== messagePosted.type) return told;
  const { message, conversationId } = payload as MessagePosted;
  const subject = { kind: 'conversation', id: conversationId } as const;
  const rest = { by: null, byId: null, text: null, previousStep: null, callResult: null };
  const at = message.createdAt;
  return [...told, { name: 'message.posted', subject, at, ...rest, message, chain }];
}

export const listeners = [
  listener('webhooks.tell', [...sources, customerChanged as EventDef], (tx, events) =>
    tell(tx, events.flatMap(toldOf)),
  ),
];
