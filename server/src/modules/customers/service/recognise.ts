import type { Fault, FieldValues } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Tx } from '../../../platform/ctx.ts';
import { changeFields } from '../domain/fields.ts';
import { isSame, normalIdentities, normalValue } from '../domain/identity.ts';
import type { Identity, IdentityInput } from '../domain/identity.ts';
import { cleanName, maxNameLength, placeholderName } from '../domain/name.ts';
import * as store from '../store/customers.ts';
import { selectFields } from '../store/fields.ts';
import { claimIdentities, moveIdentities, selectOwners } from '../store/identities.ts';
import type { OwnedIdentity } from '../store/identities.ts';
import { saveCustomer, settleCustomer, wordsOf } from './save.ts';

export type Arrival = {
  /** Used for somebody new and for somebody who had no name yet. */
  name?: string | null | undefined;
  locale?: string | null | undefined;
  /** The surest first; what is no such thing (an unreadable number) is left out. */
  identities: IdentityInput[];
  fields?: FieldValues | undefined;
};

/** A typed identity proves nothing: whoever proves it later is somebody else until then. */
function recognises(identity: Identity, owner: OwnedIdentity): boolean {
  return isSame(identity, owner) && !(identity.verified && owner.claimed);
}

function winnerOf(identities: Identity[], owners: OwnedIdentity[]): string | undefined {
  for (const identity of identities) {
    const owner = owners.find((candidate) => recognises(identity, candidate));
    if (owner) return owner.customerId;
  }
  return undefined;
}

/**
 * The customer who is known by one of these identities – the first that is known decides – or a new one. The other
 * identities are tied to the customer where they are free. Any number of callers at once make one customer.
 */
export async function findOrCreateCustomer(
  tx: Tx,
  arrival: Arrival,
): Promise<{ id: string; created: boolean }> {
  const identities = normalIdentities(arrival.identities);
  const owners = await selectOwners(tx.db, identities, { lock: true });
  const winner = winnerOf(identities, owners);
  if (winner === undefined) return createUnlessRaced(tx, arrival, { identities, owners });
  await enrich(tx, winner, { arrival, identities, owners });
  return { id: winner, created: false };
}

type Recognition = { identities: Identity[]; owners: OwnedIdentity[] };

async function createUnlessRaced(
  tx: Tx,
  arrival: Arrival,
  { identities, owners }: Recognition,
): Promise<{ id: string; created: boolean }> {
  const id = newId();
  // The identities are claimed before the customer exists: who loses the race for one has nothing to undo.
  const got = await claimIdentities(tx.db, id, { identities, claimed: false });
  if (got.length < identities.length) {
    const now = await selectOwners(
      tx.db,
      identities.filter((identity) => !got.some((own) => isSame(own, identity))),
      { lock: true },
    );
    const winner = winnerOf(identities, now) ?? now[0]?.customerId;
    if (winner !== undefined) {
      await moveIdentities(tx.db, { from: id, to: winner });
      await enrich(tx, winner, { arrival, identities, owners: now, changed: got.length > 0 });
      return { id: winner, created: false };
    }
  }
  await insertArrived(tx, id, { arrival, identities });
  for (const previous of new Set(owners.map(({ customerId }) => customerId))) {
    await settleCustomer(tx, previous);
  }
  return { id, created: true };
}

async function insertArrived(
  tx: Tx,
  id: string,
  { arrival, identities }: { arrival: Arrival; identities: Identity[] },
): Promise<void> {
  const name = cleanName(arrival.name?.slice(0, maxNameLength) ?? '');
  const locale = arrival.locale ?? null;
  const customer = {
    id,
    name: name ?? placeholderName(id, locale),
    named: name !== null,
    tier: 'standard' as const,
    verified: identities.some(({ verified }) => verified),
    company: null,
    locale,
    tags: [],
    fields: (await changed(tx, {}, arrival.fields)).fields,
    seen: true,
  };
  await store.insertCustomer(tx.db, {
    ...customer,
    words: wordsOf({ ...customer, identities }),
  });
}

async function changed(tx: Tx, before: FieldValues, given: FieldValues | undefined) {
  if (!given || Object.keys(given).length === 0) return { fields: before, faults: [] };
  return changeFields({ definitions: await selectFields(tx.db), before, given, loose: true });
}

/** Ties new identities to a known customer and takes over what was not known of it. */
async function enrich(
  tx: Tx,
  id: string,
  given: Recognition & { arrival: Arrival; changed?: boolean },
): Promise<void> {
  const { arrival, identities, owners } = given;
  const wanted = identities.filter((identity) => {
    const owner = owners.find((candidate) => isSame(identity, candidate));
    if (!owner) return true;
    return identity.verified && !owner.verified && (owner.customerId === id || owner.claimed);
  });
  const got = await claimIdentities(tx.db, id, { identities: wanted, claimed: false });
  const losers = owners.filter(
    (owner) => owner.customerId !== id && got.some((identity) => isSame(identity, owner)),
  );
  for (const loser of new Set(losers.map(({ customerId }) => customerId))) {
    await settleCustomer(tx, loser);
  }
  await amend(tx, id, {
    name: arrival.name,
    fields: arrival.fields,
    identitiesChanged: got.length > 0 || given.changed === true,
  });
}

type Amendment = {
  name?: string | null | undefined;
  fields?: FieldValues | undefined;
  identitiesChanged: boolean;
};

/** Writes a first name, values and moved identities where they change anything; gives the faults of values left out. */
async function amend(
  tx: Tx,
  id: string,
  { name, fields: given, identitiesChanged }: Amendment,
): Promise<Fault[]> {
  if (!identitiesChanged && !name && !given) return [];
  const row = orProblem(await store.lockCustomer(tx.db, id), 'customer.not_found');
  const firstName = row.named ? null : cleanName(name?.slice(0, maxNameLength) ?? '');
  const { fields, faults } = await changed(tx, row.fields, given);
  const same = JSON.stringify(fields) === JSON.stringify(row.fields);
  if (same && firstName === null && !identitiesChanged) return faults;
  await saveCustomer(tx, {
    ...row,
    fields,
    name: firstName ?? row.name,
    named: row.named || firstName !== null,
  });
  return faults;
}

/**
 * Ties an identity to a customer: `attached`, `owned` (it was the customer's already) or `taken` (somebody else's; a
 * person may merge the two). A verified identity is taken over from who merely typed it.
 * Throws `customer.not_found`, and `request.invalid` when it is no such identity.
 */
export async function attachIdentity(
  tx: Tx,
  customerId: string,
  input: IdentityInput,
): Promise<'attached' | 'owned' | 'taken'> {
  const identities = normalIdentities([input]);
  if (identities.length === 0) {
    throw new Problem('request.invalid', { faults: [{ path: 'value', kind: 'invalid_format' }] });
  }
  const { id } = orProblem(await store.lockCustomer(tx.db, customerId), 'customer.not_found');
  const [before] = await selectOwners(tx.db, identities, { lock: true });
  const got = await claimIdentities(tx.db, id, { identities, claimed: false });
  if (got.length > 0) {
    await settleCustomer(tx, id);
    if (before && before.customerId !== id) await settleCustomer(tx, before.customerId);
    return before?.customerId === id ? 'owned' : 'attached';
  }
  const [after] = await selectOwners(tx.db, identities, { lock: false });
  return after?.customerId === id ? 'owned' : 'taken';
}

export type SelfDescription = {
  name?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  fields?: FieldValues | undefined;
};

function faultsOf({ name, email, phone }: SelfDescription): Fault[] {
  const faults: Fault[] = [];
  if ((name?.length ?? 0) > maxNameLength) {
    faults.push({ path: 'fields.name', kind: 'too_big', params: { max: maxNameLength } });
  }
  if (email?.trim() && normalValue('email', email) === null) {
    faults.push({ path: 'fields.email', kind: 'invalid_email' });
  }
  if (phone?.trim() && normalValue('phone', phone) === null) {
    faults.push({ path: 'fields.phone', kind: 'invalid_format' });
  }
  return faults;
}

/**
 * Keeps what customers say of themselves, for example in the form before a chat. The name counts only where there was
 * none; e-mail and phone are tied where they are free and stay unproved. Values without a custom field are kept too.
 * Throws `field.value_invalid` with faults at `fields.<key>` (`fields.name`, `fields.email`, `fields.phone`).
 */
export async function rememberCustomer(
  tx: Tx,
  customerId: string,
  said: SelfDescription,
): Promise<void> {
  const { name, email, phone, fields } = said;
  const faults = faultsOf(said);
  if (faults.length > 0) throw new Problem('field.value_invalid', { faults });
  const { id } = orProblem(await store.lockCustomer(tx.db, customerId), 'customer.not_found');
  const identities = normalIdentities([
    ...(email ? [{ kind: 'email' as const, value: email }] : []),
    ...(phone ? [{ kind: 'phone' as const, value: phone }] : []),
  ]);
  const got = await claimIdentities(tx.db, id, { identities, claimed: true });
  const wrong = await amend(tx, id, { name, fields, identitiesChanged: got.length > 0 });
  if (wrong.length > 0) throw new Problem('field.value_invalid', { faults: wrong });
}

/** Notes that the customer is here now (to the minute). */
export async function touchCustomer(tx: Tx, id: string): Promise<void> {
  await store.touchCustomer(tx.db, id);
}
