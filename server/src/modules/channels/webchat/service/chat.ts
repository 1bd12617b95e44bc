import type {
  FieldValues,
  InputOf,
  leaveMessage as leaveRoute,
  MessageView,
  PartInput,
  VisitorConversation,
  VisitorMessage,
} from '@yingda/contract';
import type { VisitorActor } from '../../../../kernel/actor.ts';
import { orProblem, Problem } from '../../../../kernel/problem.ts';
import { transact } from '../../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../../platform/ctx.ts';
import { openContact, recordContactEvents } from '../../../contacts/index.ts';
import {
  checkParts,
  conversationOfSource,
  endByCustomer,
  listMessagesForCustomer,
  markCustomerRead,
  postCustomerMessage,
} from '../../../conversations/index.ts';
import { findOrCreateCustomer, rememberCustomer } from '../../../customers/index.ts';
import type { SelfDescription } from '../../../customers/index.ts';
import { readAnswers } from '../domain/pre-chat.ts';
import { visitorChanged } from '../events.ts';
import { namedIn, presentMessage } from '../present.ts';
import * as store from '../store/visitors.ts';
import type { Page } from '../store/visitors.ts';
import type { WidgetRow } from '../store/widgets.ts';
import { identitiesOf } from './identify.ts';
import { agentNames, cacheOf, knownVisitor } from './known.ts';
import type { KnownVisitor } from './known.ts';
import { conversationOf, openingOf, presentConversation } from './state.ts';
import { visitOf } from './visitors.ts';

/** Says that a visitor changed, and forgets what this process knew. */
function tellChanged(tx: Tx, visitorId: string): void {
  tx.emit(visitorChanged, { visitorId });
  tx.afterCommit(() => cacheOf(tx.services).visitors.forget(visitorId));
}

/** Keeps what the visitor says of himself; values that the custom fields refuse are left out, the chat goes on. */
async function remember(tx: Tx, customerId: string, said: SelfDescription): Promise<void> {
  try {
    await rememberCustomer(tx, customerId, said);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'field.value_invalid') throw error;
    const wrong = new Set(error.faults?.map(({ path }) => path.replace(/^fields\./, '')));
    const keep = <T>(key: string, value: T): T | null => (wrong.has(key) ? null : value);
    const fields = Object.entries(said.fields ?? {}).filter(([key]) => !wrong.has(key));
    await rememberCustomer(tx, customerId, {
      name: keep('name', said.name),
      email: keep('email', said.email),
      phone: keep('phone', said.phone),
      fields: Object.fromEntries(fields),
    });
  }
}

/** The visitor's customer, made with the first message, and what the visitor says of himself. */
async function introduce(ctx: Ctx, visitorId: string, said: SelfDescription): Promise<void> {
  await transact(ctx, async (tx) => {
    const visitor = orProblem(
      await store.selectVisitor(tx.db, visitorId, { lock: true }),
      'auth.token_invalid',
    );
    const name = visitor.name || said.name || null;
    const customerId =
      visitor.customerId ??
      (
        await findOrCreateCustomer(tx, {
          name,
          locale: visitor.locale,
          identities: identitiesOf(visitor),
        })
      ).id;
    await remember(tx, customerId, said);
    await store.updateVisitor(tx.db, visitorId, {
      customerId,
      name: name ?? undefined,
      email: said.email || undefined,
    });
    tellChanged(tx, visitorId);
  });
}

const vouchedFor = ({ externalId, signedEmail }: KnownVisitor): Set<string> =>
  new Set(externalId ? ['name', ...(signedEmail ? ['email'] : [])] : []);

/** Makes the visitor somebody when this is the first message or comes with answers. Throws `request.invalid`. */
async function introduced(
  ctx: Ctx,
  { visitor, widget }: { visitor: KnownVisitor; widget: WidgetRow },
  given: FieldValues | undefined,
): Promise<KnownVisitor> {
  if (visitor.customerId && given === undefined) return visitor;
  const asked = widget.settings.preChat;
  const { answers, faults } = readAnswers(asked, given ?? {}, vouchedFor(visitor));
  // Who has written before was asked before; the form may have changed since.
  if (faults.length > 0 && !visitor.customerId) throw new Problem('request.invalid', { faults });
  await introduce(ctx, visitor.id, faults.length > 0 ? {} : answers);
  return orProblem(await knownVisitor(ctx, visitor.id), 'auth.token_invalid');
}

/** Somebody who would have come found the doors closed: an attempt that no queue ever saw. */
async function noteBlocked(ctx: Ctx, { queueId }: WidgetRow, customerId: string | null) {
  await transact(ctx, async (tx) => {
    const contactId = await openContact(tx, { channel: 'webchat', customerId, queueId });
    await recordContactEvents(tx, [{ contactId, type: 'blocked', queueId }]);
  });
}

/** While nobody is on shift no new chat begins, but one that is going on does go on. Throws `widget.closed`. */
async function requireOpen(
  ctx: Ctx,
  { visitor, widget }: { visitor: KnownVisitor; widget: WidgetRow },
): Promise<void> {
  if ((await openingOf(ctx, widget)).open) return;
  await noteBlocked(ctx, widget, visitor.customerId);
  throw new Problem('widget.closed');
}

type Posting = { clientKey: string; parts: PartInput[]; page?: Page; userAgent: string | null };

async function post(
  ctx: Ctx,
  { visitor, widget }: { visitor: KnownVisitor; widget: WidgetRow },
  { clientKey, parts, page, userAgent, isLeft }: Posting & { isLeft?: boolean },
): Promise<{ message: MessageView; conversation: VisitorConversation }> {
  const { message, conversation } = await postCustomerMessage(ctx, {
    channel: 'webchat',
    sourceId: visitor.id,
    customerId: orProblem(visitor.customerId, 'auth.token_invalid'),
    customerName: visitor.customerName,
    queueId: widget.queueId,
    clientKey,
    parts,
    page: { url: page?.url ?? '', title: page?.title ?? '', userAgent },
    ...(isLeft ? {} : { requireOpen: () => requireOpen(ctx, { visitor, widget }) }),
  });
  if (visitor.leftAt) await setLeft(ctx, visitor.id, null);
  return { message, conversation: await presentConversation(ctx, conversation, null) };
}

async function setLeft(ctx: Ctx, visitorId: string, leftAt: Date | null): Promise<void> {
  await transact(ctx, async (tx) => {
    await store.updateVisitor(tx.db, visitorId, { leftAt });
    tellChanged(tx, visitorId);
  });
}

export type VisitorPost = Posting & { fields?: FieldValues };

/**
 * The visitor writes; the first message makes a customer and a conversation. The same clientKey again stores nothing.
 * Problems: `request.invalid` (answers to the form), `widget.closed`, `message.empty`, `file.not_found`.
 */
export async function postMessage(
  ctx: Ctx,
  actor: VisitorActor,
  given: VisitorPost,
): Promise<{ message: VisitorMessage; conversation: VisitorConversation }> {
  const visit = await visitOf(ctx, actor);
  // Whoever is new must not become a customer of a closed shop.
  if (!visit.visitor.customerId) await requireOpen(ctx, visit);
  // Nor by a message that will be refused.
  if (!visit.visitor.customerId || given.fields) await checkParts(ctx, given.parts);
  const visitor = await introduced(ctx, visit, given.fields);
  const stored = await post(ctx, { visitor, widget: visit.widget }, given);
  const message = orProblem(presentMessage(stored.message, new Map()), 'message.not_found');
  return { message, conversation: stored.conversation };
}

type Leaving = InputOf<typeof leaveRoute, 'body'>;

/** A message left while nobody is on shift: it waits in the queue, and is answered by e-mail or phone. */
export async function leaveMessage(
  ctx: Ctx,
  actor: VisitorActor,
  given: Leaving & { userAgent: string | null },
): Promise<{ conversation: VisitorConversation }> {
  const { visitor, widget } = await visitOf(ctx, actor);
  const { name, email, phone, text, clientKey, userAgent } = given;
  if (!email && !phone.trim() && !visitor.email) {
    throw new Problem('request.invalid', { faults: [{ path: 'email', kind: 'required' }] });
  }
  await introduce(ctx, visitor.id, { name, email, phone });
  const known = orProblem(await knownVisitor(ctx, visitor.id), 'auth.token_invalid');
  const page = visitor.page ?? undefined;
  const parts = [{ type: 'text' as const, text }];
  const posting = { clientKey, parts, page, userAgent, isLeft: true };
  const { conversation } = await post(ctx, { visitor: known, widget }, posting);
  return { conversation };
}

/** Where answers go when the visitor has left the page. */
export async function saveEmail(ctx: Ctx, actor: VisitorActor, email: string): Promise<void> {
  const { visitor } = await visitOf(ctx, actor);
  await transact(ctx, async (tx) => {
    if (visitor.customerId) await remember(tx, visitor.customerId, { email });
    await store.updateVisitor(tx.db, visitor.id, { email });
    tellChanged(tx, visitor.id);
  });
}

type Range = { before?: number; after?: number; limit: number };

/** One page of the visitor's messages. A page that holds only what visitors do not see is passed over. */
export async function listMessages(
  ctx: Ctx,
  { visitorId }: VisitorActor,
  range: Range,
): Promise<{ items: VisitorMessage[]; hasMore: boolean }> {
  const found = await conversationOfSource(ctx, visitorId);
  if (!found) return { items: [], hasMore: false };
  let place = range;
  for (;;) {
    const page = await listMessagesForCustomer(ctx, { id: found.id, ...place });
    const names = await agentNames(ctx, page.items.flatMap(namedIn));
    const items = page.items.flatMap((message) => presentMessage(message, names) ?? []);
    const edge = range.after === undefined ? page.items[0]?.seq : page.items.at(-1)?.seq;
    if (items.length > 0 || !page.hasMore || edge === undefined) {
      return { items, hasMore: page.hasMore };
    }
    place = { ...place, ...(range.after === undefined ? { before: edge } : { after: edge }) };
  }
}

export async function markRead(ctx: Ctx, { visitorId }: VisitorActor, seq: number): Promise<void> {
  const found = await conversationOfSource(ctx, visitorId);
  if (found) await markCustomerRead(ctx, { id: found.id, seq });
}

/** The visitor ends the chat, or leaves the queue, which counts as abandoned. */
export async function endConversation(
  ctx: Ctx,
  { visitorId }: VisitorActor,
): Promise<VisitorConversation | null> {
  const found = await conversationOfSource(ctx, visitorId);
  if (!found) return null;
  if (found.status !== 'resolved') {
    await transact(ctx, async (tx) => {
      await setLeft(tx, visitorId, new Date());
      await endByCustomer(tx, { id: found.id });
    });
  }
  return conversationOf(ctx, visitorId);
}
