import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import type { VerifiedIdentity } from '@yingda/contract';
import { newId } from '../../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../../kernel/problem.ts';
import { actingAs } from '../../../../platform/ctx.ts';
import type { Tx } from '../../../../platform/ctx.ts';
import { sameText } from '../../../../platform/secrets/index.ts';
import { conversationOfSource } from '../../../conversations/index.ts';
import {
  attachIdentity,
  findOrCreateCustomer,
  mergeCustomers,
  rememberCustomer,
} from '../../../customers/index.ts';
import { visitorChanged } from '../events.ts';
import * as store from '../store/visitors.ts';
import type { VisitorRow } from '../store/visitors.ts';
import { selectSecret } from '../store/widgets.ts';
import type { WidgetRow } from '../store/widgets.ts';

export type Identity = z.output<typeof VerifiedIdentity>;

/** The signature a page's server makes: hex HMAC-SHA256 of the compact JSON `[userId,name,email,expiresAt]`. */
export function signatureOf(secret: string, identity: Omit<Identity, 'signature'>): string {
  const { userId, name, email, expiresAt } = identity;
  const signed = JSON.stringify([userId, name, email, expiresAt]);
  return createHmac('sha256', secret).update(signed).digest('hex');
}

/** Seconds since 1970 as most languages count them; milliseconds, which are a thousand times more, are understood too. */
function expiryMs(expiresAt: number): number {
  return expiresAt < 100_000_000_000 ? expiresAt * 1000 : expiresAt;
}

/** Throws `widget.identity_invalid` unless the widget's secret signed it and it is still good. */
export async function requireGenuine(tx: Tx, widget: WidgetRow, identity: Identity): Promise<void> {
  const secret = orProblem(await selectSecret(tx.db, widget.id), 'widget.not_found');
  const isGenuine = sameText(signatureOf(secret, identity), identity.signature);
  if (!isGenuine || expiryMs(identity.expiresAt) <= Date.now()) {
    throw new Problem('widget.identity_invalid');
  }
}

async function isChatting(tx: Tx, { id, leftAt }: VisitorRow): Promise<boolean> {
  const found = leftAt === null ? await conversationOfSource(tx, id) : null;
  return found !== null && found.status !== 'resolved';
}

/**
 * Which visitor a user of the page goes on as. `here` is the browser's own one, `elsewhere` the one the user was
 * before. A chat that is going on decides; where both have one, each device keeps its own until one is over.
 */
async function chooseVisitor(
  tx: Tx,
  here: VisitorRow,
  elsewhere: VisitorRow,
): Promise<{ visitor: VisitorRow; standsForUser: boolean }> {
  if (!(await isChatting(tx, here))) return { visitor: elsewhere, standsForUser: true };
  return { visitor: here, standsForUser: !(await isChatting(tx, elsewhere)) };
}

type Arrival = { widget: WidgetRow; identity: Identity; current: VisitorRow | null };

async function visitorOfUser(tx: Tx, { widget, identity, current }: Arrival): Promise<VisitorRow> {
  const externalId = identity.userId;
  await store.lockUser(tx.db, widget.id, externalId);
  // A browser that somebody else has used begins anew.
  const isOthers = current !== null && ![null, externalId].includes(current.externalId);
  const here = isOthers ? null : current;
  const elsewhere = await store.lockVisitorOfUser(tx.db, { widgetId: widget.id, externalId });
  if (!elsewhere) {
    const fresh = { id: newId(), widgetId: widget.id, locale: 'zh-CN' as const };
    const { id } = here ?? (await store.insertVisitor(tx.db, fresh));
    return store.updateVisitor(tx.db, id, { externalId, canonical: true });
  }
  if (!here || here.id === elsewhere.id) return elsewhere;
  const { visitor, standsForUser } = await chooseVisitor(tx, here, elsewhere);
  if (visitor.id === elsewhere.id) {
    await joinCustomers(tx, here, elsewhere);
    return orProblem(await store.selectVisitor(tx.db, elsewhere.id), 'auth.token_invalid');
  }
  await joinCustomers(tx, elsewhere, here);
  if (standsForUser) await store.updateVisitor(tx.db, elsewhere.id, { canonical: false });
  return store.updateVisitor(tx.db, here.id, { externalId, canonical: standsForUser });
}

/** Both are one person: their customers become one, or the second gets the first's. */
async function joinCustomers(tx: Tx, from: VisitorRow, to: VisitorRow): Promise<void> {
  if (!from.customerId || from.customerId === to.customerId) return;
  if (to.customerId) await merge(tx, { into: to.customerId, other: from.customerId });
  else await store.updateVisitor(tx.db, to.id, { customerId: from.customerId });
}

async function merge(tx: Tx, pair: { into: string; other: string }): Promise<void> {
  // Nobody's right is asked: the signature of the page's server says that both are one.
  await mergeCustomers(actingAs(tx, { kind: 'system', name: 'webchat' }), pair);
  await store.moveVisitors(tx.db, { from: pair.other, to: pair.into });
}

const proofsOf = ({ userId, email }: Identity) => [
  { kind: 'external' as const, value: userId, verified: true },
  ...(email ? [{ kind: 'email' as const, value: email, verified: true }] : []),
];

/** Gives the visitor's customer the user's identity; a customer who has it already takes the other in. */
async function tieCustomer(tx: Tx, customerId: string, identity: Identity): Promise<string> {
  const [user, ...others] = proofsOf(identity);
  if (!user) return customerId;
  if ((await attachIdentity(tx, customerId, user)) !== 'taken') {
    for (const other of others) await attachIdentity(tx, customerId, other);
    await rememberCustomer(tx, customerId, { name: identity.name });
    return customerId;
  }
  const { id: into } = await findOrCreateCustomer(tx, {
    name: identity.name,
    identities: proofsOf(identity),
  });
  if (into !== customerId) await merge(tx, { into, other: customerId });
  return into;
}

/**
 * The visitor that stands for the signed user: the one they were before, on whatever device, or the browser's own one,
 * which thereby is verified. Throws `widget.identity_invalid`.
 */
export async function verifiedVisitor(tx: Tx, arrival: Arrival): Promise<VisitorRow> {
  const { widget, identity } = arrival;
  await requireGenuine(tx, widget, identity);
  const visitor = await visitorOfUser(tx, arrival);
  const customerId = visitor.customerId
    ? await tieCustomer(tx, visitor.customerId, identity)
    : undefined;
  tx.emit(visitorChanged, { visitorId: visitor.id });
  return store.updateVisitor(tx.db, visitor.id, {
    customerId,
    name: identity.name || visitor.name,
    email: identity.email || undefined,
    signedEmail: identity.email || null,
  });
}

/** How a visitor is known to customers: by the visit, and by what the page's server signed. */
export function identitiesOf(visitor: VisitorRow) {
  const { id, externalId, signedEmail } = visitor;
  return [
    ...(externalId ? [{ kind: 'external' as const, value: externalId, verified: true }] : []),
    { kind: 'webchat' as const, value: id },
    ...(signedEmail ? [{ kind: 'email' as const, value: signedEmail, verified: true }] : []),
  ];
}
