import type {
  createCustomer as createRoute,
  CustomerBrief,
  Fault,
  FieldValues,
  InputOf,
} from '@yingda/contract';
import { may } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { bigramTokens, tsqueryOf } from '../../../platform/text/index.ts';
import { decodePlace, encodePlace } from '../domain/cursor.ts';
import { changeFields } from '../domain/fields.ts';
import { isSame, isSearchable, normalIdentities, normalValue } from '../domain/identity.ts';
import type { Identity, IdentityInput } from '../domain/identity.ts';
import { customerChanged } from '../events.ts';
import { requireRead, requireWrite } from '../policy.ts';
import type { CustomerRow } from '../store/customers.ts';
import * as store from '../store/customers.ts';
import { selectFields } from '../store/fields.ts';
import * as identityStore from '../store/identities.ts';
import { saveCustomer, wordsOf } from './save.ts';

type Input = InputOf<typeof createRoute, 'body'>;
type Page = { items: CustomerRow[]; nextCursor: string | null };
export type ListQuery = {
  cursor?: string | undefined;
  limit: number;
  q?: string | undefined;
  tag?: string | undefined;
};

/** Undefined: nothing asked; null: nothing that could be found. */
function queryOf(q: string | undefined): string | null | undefined {
  return q?.trim() ? tsqueryOf(bigramTokens(q)) : undefined;
}

/** One page of customers, the latest activity first; `q` finds parts of name, company, phone and e-mail. */
export async function listCustomers(ctx: Ctx, { cursor, limit, q, tag }: ListQuery): Promise<Page> {
  requireRead(ctx.actor);
  const after = decodePlace(cursor);
  const query = queryOf(q);
  if (query === null || tag?.includes('\u0000')) return { items: [], nextCursor: null };
  const rows = await store.selectCustomers(ctx.db, { query, tag, after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodePlace(last) : null };
}

/** The customer that this id leads to now, merged or not; the caller has checked who asks. */
export async function customerRow(ctx: Ctx, id: string): Promise<CustomerRow> {
  return orProblem(await store.selectCustomer(ctx.db, id), 'customer.not_found');
}

export async function getCustomer(ctx: Ctx, id: string): Promise<CustomerRow> {
  requireRead(ctx.actor);
  return customerRow(ctx, id);
}

export async function createCustomer(ctx: Ctx, input: Input): Promise<CustomerRow> {
  requireWrite(ctx.actor);
  const identities = enteredIdentities(input.identities ?? []);
  const id = newId();
  return transact(ctx, async (tx) => {
    await claimEntered(tx, id, identities);
    const customer = {
      id,
      name: input.name,
      named: true,
      tier: input.tier ?? ('standard' as const),
      verified: false,
      company: input.company ?? null,
      locale: null,
      tags: [...new Set(input.tags)],
      fields: await enteredFields(tx, {}, input.fields),
      seen: false,
    };
    await store.insertCustomer(tx.db, {
      ...customer,
      words: wordsOf({ ...customer, identities }),
    });
    tx.emit(customerChanged, { customerId: id });
    return customerRow(tx, id);
  });
}

export type CustomerUpdate = Partial<Input> & { id: string; version?: number | undefined };

/**
 * Changes what is given. Phone, e-mail and external identities are replaced as a whole; field values one by one, null
 * takes one away. Throws `customer.changed_meanwhile` when `version` is not the present one.
 */
export async function updateCustomer(ctx: Ctx, update: CustomerUpdate): Promise<CustomerRow> {
  requireWrite(ctx.actor);
  const wanted = update.identities && enteredIdentities(update.identities);
  return transact(ctx, async (tx) => {
    const row = orProblem(await store.lockCustomer(tx.db, update.id), 'customer.not_found');
    if (update.version !== undefined && update.version !== row.version) {
      throw new Problem('customer.changed_meanwhile');
    }
    if (wanted) await replaceIdentities(tx, row, wanted);
    await saveCustomer(tx, {
      ...row,
      name: update.name ?? row.name,
      named: row.named || update.name !== undefined,
      tier: update.tier ?? row.tier,
      company: update.company === undefined ? row.company : update.company,
      tags: update.tags ? [...new Set(update.tags)] : row.tags,
      fields: await enteredFields(tx, row.fields, update.fields),
      identities: wanted ? await identityStore.selectIdentities(tx.db, row.id) : row.identities,
    });
    return customerRow(tx, row.id);
  });
}

async function enteredFields(
  tx: Tx,
  before: FieldValues,
  given: FieldValues | undefined,
): Promise<FieldValues> {
  if (!given) return before;
  const definitions = await selectFields(tx.db);
  const { fields, faults } = changeFields({ definitions, before, given });
  if (faults.length > 0) throw new Problem('field.value_invalid', { faults });
  return fields;
}

function enteredIdentities(inputs: readonly IdentityInput[]): Identity[] {
  const faults: Fault[] = inputs.flatMap(({ kind, value }, index) =>
    normalValue(kind, value) === null
      ? [
          {
            path: `identities.${index}.value`,
            kind: kind === 'email' ? 'invalid_email' : 'invalid_format',
          },
        ]
      : [],
  );
  if (faults.length > 0) throw new Problem('request.invalid', { faults });
  return normalIdentities(inputs);
}

async function claimEntered(tx: Tx, id: string, identities: readonly Identity[]): Promise<void> {
  const got = await identityStore.claimIdentities(tx.db, id, { identities, claimed: false });
  const missing = identities.find((wanted) => !got.some((own) => isSame(own, wanted)));
  if (!missing) return;
  const [owner] = await identityStore.selectOwners(tx.db, [missing], { lock: false });
  const customerId = owner?.customerId ?? '';
  const name = (await nameOf(tx, customerId)) ?? '';
  // Enough for a colleague to look at the other and merge the two.
  throw new Problem('customer.identity_taken', {
    params: { value: missing.value, customerId, name },
  });
}

async function replaceIdentities(tx: Tx, row: CustomerRow, wanted: Identity[]): Promise<void> {
  const present = row.identities.filter(({ kind }) => isSearchable(kind));
  const isWanted = (one: { kind: string; value: string }) =>
    wanted.some((other) => isSame(one, other));
  const fresh = wanted.filter((one) => !present.some((own) => isSame(own, one)));
  const idsOf = (some: typeof present) => some.map(({ id }) => id);
  await identityStore.deleteIdentities(tx.db, idsOf(present.filter((one) => !isWanted(one))));
  await identityStore.confirmIdentities(tx.db, idsOf(present.filter(isWanted)));
  await claimEntered(tx, row.id, fresh);
}

/** Briefs by the ids asked for; a merged id gives the customer it became. Unknown ids are missing. */
export async function customerBriefs(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, CustomerBrief>> {
  if (ids.length === 0) return new Map();
  const rows = await store.selectBriefs(ctx.db, [...new Set(ids)]);
  return new Map(rows.map(({ asked, ...brief }) => [asked, brief]));
}

/** The customer's name, or null when there is none of this id. */
export async function nameOf(ctx: Ctx, id: string): Promise<string | null> {
  if (id === '') return null;
  return (await customerBriefs(ctx, [id])).get(id)?.name ?? null;
}

/** The latest customers found by `q`; none for who may not read customers. */
export async function searchCustomers(
  ctx: Ctx,
  q: string,
  limit: number,
): Promise<CustomerBrief[]> {
  const query = queryOf(q);
  if (!query || !may(ctx.actor, 'customer.read')) return [];
  const rows = await store.selectCustomers(ctx.db, { query, limit });
  return rows.map(({ id, name, tier, verified }) => ({ id, name, tier, verified }));
}
