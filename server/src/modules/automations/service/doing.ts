import type { Action, ActionKind } from '@yingda/contract';
import type { Tx } from '../../../platform/ctx.ts';
import { namesOf, organisation } from '../../identity/index.ts';
import { orderTextAt, portalUrl } from '../../orders/index.ts';
import { fill, hasPlaces } from '../domain/templates.ts';
import type { Words } from '../domain/templates.ts';
import type { Cause, Subject } from './subjects.ts';

/** Actions under way: on what, why, and for whom. `tx.actor` is who does them. */
export type Doing = {
  tx: Tx;
  subject: Subject;
  cause: Cause | null;
  /** The automation or macro, as other programs are told of it. */
  origin: { id: string; name: string; kind: 'automation' | 'macro' };
  /** Automations from which all this follows, the one at work the last; none when a person does it. */
  chain: string[];
  /** A text with its placeholders filled. */
  say(text: string): Promise<string>;
};
/** What an action came to: in words, whether anything is other than before, and of a field that is set: which. */
export type Done = { detail: string; changed: boolean; field?: string };
export type Deed<K extends ActionKind> = (
  doing: Doing,
  action: Extract<Action, { kind: K }>,
) => Promise<Done>;

async function orderWords(tx: Tx, subject: Extract<Subject, { kind: 'order' }>): Promise<Words> {
  const { order: o, form } = subject.order;
  const { locale, timeZone } = await organisation(tx);
  const due = o.dueAt === null ? '' : new Date(o.dueAt).toLocaleString(locale, { timeZone });
  return {
    'order.number': o.number,
    'order.subject': o.subject,
    'order.step': o.stepName[locale],
    'order.due': due,
    'order.owner': o.ownerName,
    'order.result': form.result,
    'order.address': `${tx.services.config.baseUrl}/orders/${o.id}`,
    'order.portal': portalUrl(tx, o.id),
    'customer.name': o.customerName,
  };
}

function conversationWords(tx: Tx, subject: Extract<Subject, { kind: 'conversation' }>): Words {
  const { number, subject: title, customer, id } = subject.conversation.conversation;
  return {
    'conversation.number': String(number),
    'conversation.subject': title,
    'conversation.address': `${tx.services.config.baseUrl}/desk/${id}`,
    'customer.name': customer.name,
  };
}

/** What was written when this began; of orders it is read from the order. */
export async function causeText(tx: Tx, subject: Subject, cause: Cause | null): Promise<string> {
  if (cause === null) return '';
  if (cause.text !== null) return cause.text;
  return subject.kind === 'order' ? orderTextAt(tx, subject.id, cause.at) : '';
}

/** Fills placeholders, looking up what they stand for the first time that one is met. */
export function speaker(tx: Tx, subject: Subject, cause: Cause | null): Doing['say'] {
  let words: Promise<Words> | null = null;
  const look = async (): Promise<Words> => ({
    ...(subject.kind === 'order' ? await orderWords(tx, subject) : conversationWords(tx, subject)),
    'customer.company': subject.customer?.company ?? '',
    'event.text': await causeText(tx, subject, cause),
    'organisation.name': (await organisation(tx)).name,
  });
  return async (text) => {
    if (!hasPlaces(text)) return text;
    words ??= look();
    return fill(text, await words);
  };
}

export async function nameOf(tx: Tx, userId: string | null): Promise<string> {
  return userId === null ? '–' : ((await namesOf(tx, [userId])).get(userId) ?? '?');
}
