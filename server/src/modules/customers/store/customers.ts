import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { CustomerBrief, CustomerIdentity, FieldValues } from '@yingda/contract';
import type { DB } from '../../../platform/db/index.ts';
import type { Place } from '../domain/cursor.ts';

type Db = Kysely<DB>;

export type CustomerRow = CustomerBrief & {
  named: boolean;
  company: string | null;
  locale: string | null;
  identities: CustomerIdentity[];
  tags: string[];
  fields: FieldValues;
  createdAt: Date;
  lastSeenAt: Date | null;
  version: number;
  /** The key of the list, to the microsecond. */
  activity: string;
};

const columns = sql`
  c.id, c.name, c.named, c.tier, c.verified, c.company, c.locale, c.tags, c.fields, c.version,
  c.created_at as "createdAt", c.last_seen_at as "lastSeenAt",
  to_char(coalesce(c.last_seen_at, c.created_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as activity,
  (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'value', i.value, 'verified', i.verified)
     order by i.created_at, i.id), '[]')
   from customer_identity i where i.customer_id = c.id) as identities`;

const words = (text: string) => sql`array_to_tsvector(string_to_array(${text}, ' '))`;

export type NewCustomer = {
  id: string;
  name: string;
  named: boolean;
  tier: CustomerBrief['tier'];
  verified: boolean;
  company: string | null;
  locale: string | null;
  tags: string[];
  fields: FieldValues;
  words: string;
  seen: boolean;
};

export async function insertCustomer(db: Db, customer: NewCustomer): Promise<void> {
  const { id, name, named, tier, verified, company, locale, tags, fields, seen } = customer;
  await sql`
    insert into customer (id, name, named, tier, verified, company, locale, tags, fields, words, last_seen_at)
    values (${id}, ${name}, ${named}, ${tier}, ${verified}, ${company}, ${locale}, ${tags},
      ${JSON.stringify(fields)}::jsonb, ${words(customer.words)}, case when ${seen} then clock_timestamp() end)
  `.execute(db);
}

/** The customer that this id leads to now. */
export async function selectCustomer(db: Db, id: string): Promise<CustomerRow | undefined> {
  const { rows } = await sql<CustomerRow>`
    select ${columns} from customer c
    where c.id = (select coalesce(merged_into, id) from customer where id = ${id})
  `.execute(db);
  return rows[0];
}

/**
 * The same, and until the transaction ends nobody else changes or merges it. Whoever waited for a merge gets the
 * survivor.
 */
export async function lockCustomer(db: Db, id: string): Promise<CustomerRow | undefined> {
  const { rows } = await sql<{ merged_into: string | null }>`
    select merged_into from customer where id = ${id} for no key update
  `.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  return row.merged_into === null ? selectCustomer(db, id) : lockCustomer(db, row.merged_into);
}

/** Both for a merge: not even an identity or a conversation can be tied to them meanwhile. */
export async function lockForMerge(db: Db, ids: [string, string]): Promise<void> {
  await sql`select from customer where id in (${sql.join(ids)}) order by id for update`.execute(db);
}

export type CustomerChange = Pick<
  CustomerRow,
  'name' | 'named' | 'tier' | 'company' | 'locale' | 'tags' | 'fields'
> & { words: string };

/** Writes what is known of a customer; `verified` follows from the identities. */
export async function updateCustomer(db: Db, id: string, change: CustomerChange): Promise<void> {
  const { name, named, tier, company, locale, tags, fields } = change;
  await sql`
    update customer set name = ${name}, named = ${named}, tier = ${tier}, company = ${company}, locale = ${locale},
      tags = ${tags}, fields = ${JSON.stringify(fields)}::jsonb, words = ${words(change.words)},
      verified = exists (select from customer_identity i where i.customer_id = customer.id and i.verified),
      version = version + 1
    where id = ${id}
  `.execute(db);
}

/** Lets the other customer, and all that became it before, lead to `into`. */
export async function retireCustomer(db: Db, { into, other }: { into: string; other: string }) {
  await sql`
    update customer set merged_into = ${into}, words = '', version = version + 1
    where id = ${other} or merged_into = ${other}
  `.execute(db);
  await sql`
    update customer c set last_seen_at = greatest(c.last_seen_at, o.last_seen_at),
      created_at = least(c.created_at, o.created_at)
    from customer o where c.id = ${into} and o.id = ${other}
  `.execute(db);
}

/** Notes that the customer was here, at most once a minute: the list's order need not be finer. */
export async function touchCustomer(db: Db, id: string): Promise<void> {
  await sql`
    update customer set last_seen_at = clock_timestamp()
    where id = (select coalesce(merged_into, id) from customer where id = ${id})
      and (last_seen_at is null or last_seen_at < clock_timestamp() - interval '1 minute')
  `.execute(db);
}

export type CustomerFilter = {
  /** A text search query, see platform/text. */
  query?: string | undefined;
  tag?: string | undefined;
  after?: Place | undefined;
  limit: number;
};

const activity = sql`coalesce(c.last_seen_at, c.created_at)`;
const byActivity = sql`order by ${activity} desc, c.id desc`;

function conditionsOf({ tag, after }: CustomerFilter) {
  return sql`c.merged_into is null
    ${tag === undefined ? sql`` : sql`and c.tags @> array[${tag}]::text[]`}
    ${after ? sql`and (${activity}, c.id) < (${after.activity}::timestamptz, ${after.id}::uuid)` : sql``}`;
}

/** How many customers are looked at one by one before the index is asked. */
const LATEST = 1_000;

async function amongLatest(db: Db, filter: CustomerFilter): Promise<CustomerRow[]> {
  const { rows } = await sql<CustomerRow>`
    select ${columns}
    from (select * from customer c where ${conditionsOf(filter)} ${byActivity} limit ${LATEST}) c
    where c.words @@ ${filter.query}::tsquery ${byActivity} limit ${filter.limit}
  `.execute(db);
  return rows;
}

/** All matches, then their order: the planner knows nothing of rare words and would walk all customers in order. */
async function byIndex(db: Db, filter: CustomerFilter): Promise<CustomerRow[]> {
  const { rows } = await sql<CustomerRow>`
    with found as materialized (
      select c.id, c.last_seen_at, c.created_at from customer c
      where ${conditionsOf(filter)} and c.words @@ ${filter.query}::tsquery
    ), first as (select c.id from found c ${byActivity} limit ${filter.limit})
    select ${columns} from customer c where c.id in (select id from first) ${byActivity}
  `.execute(db);
  return rows;
}

/**
 * Customers by latest activity. Those with a common word are found among the latest, others through the index; in one
 * statement a word without statistics made it read all 400,000 customers (400 ms; so 3 ms, bench/reads).
 */
export async function selectCustomers(db: Db, filter: CustomerFilter): Promise<CustomerRow[]> {
  if (filter.query !== undefined) {
    const latest = await amongLatest(db, filter);
    return latest.length >= filter.limit ? latest : byIndex(db, filter);
  }
  const { rows } = await sql<CustomerRow>`
    select ${columns} from customer c where ${conditionsOf(filter)} ${byActivity} limit ${filter.limit}
  `.execute(db);
  return rows;
}

/** Briefs by the ids asked for, of the customers these lead to. */
export async function selectBriefs(
  db: Db,
  ids: readonly string[],
): Promise<(CustomerBrief & { asked: string })[]> {
  const { rows } = await sql<CustomerBrief & { asked: string }>`
    select a.id as asked, c.id, c.name, c.tier, c.verified
    from customer a join customer c on c.id = coalesce(a.merged_into, a.id)
    where a.id = any(${ids}::uuid[])
  `.execute(db);
  return rows;
}
