import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { newId } from '../../../kernel/ids.ts';
import type { DB } from '../../../platform/db/index.ts';
import type { Identity } from '../domain/identity.ts';

type Db = Kysely<DB>;

export type OwnedIdentity = Identity & {
  /** The customer it leads to now. */
  customerId: string;
  claimed: boolean;
};

/**
 * Who is known by these. With `lock`, those customers cannot be merged before the transaction ends; whoever waited for
 * a merge sees its outcome.
 */
export async function selectOwners(
  db: Db,
  identities: readonly Identity[],
  { lock }: { lock: boolean },
): Promise<OwnedIdentity[]> {
  if (identities.length === 0) return [];
  const { rows } = await sql<OwnedIdentity>`
    select i.kind, i.value, i.verified, i.claimed, coalesce(c.merged_into, c.id) as "customerId"
    from customer_identity i join customer c on c.id = i.customer_id
    where (i.kind, i.value) in (${sql.join(identities.map(({ kind, value }) => sql`(${kind}, ${value})`))})
    order by c.id ${lock ? sql`for key share of c` : sql``}
  `.execute(db);
  return rows;
}

/**
 * Gives the identities to the customer where they are free, or where somebody else only claimed what is proved now; what
 * was the customer's already becomes proved. Returns those given or proved. Waits for others who write the same ones.
 */
export async function claimIdentities(
  db: Db,
  customerId: string,
  { identities, claimed }: { identities: readonly Identity[]; claimed: boolean },
): Promise<Pick<Identity, 'kind' | 'value'>[]> {
  if (identities.length === 0) return [];
  const given = identities.map((identity) => ({ id: newId(), ...identity }));
  // One order for all writers, so that two of them cannot wait for each other.
  const { rows } = await sql<Identity>`
    insert into customer_identity as known (id, customer_id, kind, value, verified, claimed)
    select g.id, ${customerId}, g.kind, g.value, g.verified, ${claimed} and not g.verified
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, kind text, value text, verified boolean)
    order by g.kind, g.value
    on conflict on constraint customer_identity_value do update
      set customer_id = excluded.customer_id, verified = true, claimed = false
      where excluded.verified and (
        (known.customer_id = excluded.customer_id and not known.verified)
        or (known.customer_id <> excluded.customer_id and known.claimed))
    returning kind, value
  `.execute(db);
  return rows;
}

/** Those of the customer in one order. */
export async function selectIdentities(
  db: Db,
  customerId: string,
): Promise<(Identity & { id: string })[]> {
  const { rows } = await sql<Identity & { id: string }>`
    select id, kind, value, verified from customer_identity where customer_id = ${customerId} order by created_at, id
  `.execute(db);
  return rows;
}

export async function deleteIdentities(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from customer_identity where id = any(${ids}::uuid[])`.execute(db);
}

/** Moves all identities of one customer to another. */
export async function moveIdentities(db: Db, { from, to }: { from: string; to: string }) {
  await sql`update customer_identity set customer_id = ${to} where customer_id = ${from}`.execute(
    db,
  );
}

/** What colleagues enter or keep stands for more than what a visitor typed. */
export async function confirmIdentities(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update customer_identity set claimed = false where id = any(${ids}::uuid[]) and claimed
  `.execute(db);
}
