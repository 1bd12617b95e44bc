import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Channel, ContactsQuery, Outcome, StandardKey } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { bySeconds } from './slice.ts';
import type { Limits, Slice } from './slice.ts';

export type ContactRow = {
  contactId: string;
  arrivedAt: Date;
  channel: Channel;
  outcome: Outcome;
  queue: number;
  agent: number;
  topic: number;
  type: number;
  tier: string;
  waitMs: number;
  talkMs: number;
  holdMs: number;
  wrapMs: number;
  isTransferred: boolean;
  batch: number;
  /** What the list is sorted by: microseconds since 1970, or milliseconds waited or handled. */
  rank: string;
};

type Fragment = RawBuilder<unknown>;
export type Sort = ContactsQuery['sort'];

const ranks: Record<Sort, Fragment> = {
  newest: sql`t.arrived_at`,
  longest_wait: sql`t.wait_ms`,
  longest_handled: sql`(t.talk_ms + t.hold_ms + t.wrap_ms)`,
};
const rankTexts: Record<Sort, Fragment> = {
  newest: sql`(extract(epoch from t.arrived_at) * 1000000)::bigint::text`,
  longest_wait: sql`t.wait_ms::text`,
  longest_handled: sql`(t.talk_ms + t.hold_ms + t.wrap_ms)::text`,
};
const placeOf = (sort: Sort, rank: string): Fragment =>
  sort === 'newest'
    ? sql`timestamptz 'epoch' + ${rank}::bigint * interval '1 microsecond'`
    : sql`${rank}::bigint`;

const columns = (sort: Sort): Fragment => sql`
  t.contact_id as "contactId", t.arrived_at as "arrivedAt", t.channel, t.outcome, t.queue, t.agent, t.topic, t.type,
  t.tier, t.wait_ms as "waitMs", t.talk_ms as "talkMs", t.hold_ms as "holdMs", t.wrap_ms as "wrapMs",
  t.flags & 4 <> 0 as "isTransferred", t.batch_id as batch, ${rankTexts[sort]} as rank`;

const handled = sql`t.flags & 8 <> 0`;
const reached = sql`t.outcome in ('answered', 'abandoned')`;

/** Of each standard the contacts that it counts; of a share those that make it worse, which are looked for. */
function counted(standard: StandardKey, { limits, zone, repeatMs }: DrillQuery): Fragment {
  const seconds = bySeconds(limits, {
    column: 't.arrived_at',
    zone,
    valueOf: (limit) => limit * 1000,
  });
  const short = sql`${limits.shortSeconds * 1000}::int`;
  const conditions: Partial<Record<StandardKey, Fragment>> = {
    after_call_work: sql`${handled} and t.wrap_ms > 0`,
    abandon_time: sql`t.outcome = 'abandoned'`,
    cost_per_contact: sql`t.outcome in ('answered', 'self_served')`,
    handle_time: handled,
    hold_time: sql`${handled} and t.flags & 2 <> 0`,
    rings: sql`t.outcome = 'answered' and t.ring_ms is not null`,
    queue_time: sql`${reached} and t.flags & 1 <> 0`,
    queued_rate: sql`${reached} and t.flags & 1 <> 0`,
    speed_of_answer: sql`t.outcome = 'answered'`,
    talk_time: handled,
    contacts_per_hour: handled,
    occupancy: handled,
    abandonment: sql`t.outcome = 'abandoned' and (${short} = 0 or t.wait_ms > ${short})`,
    blockage: sql`t.outcome = 'blocked'`,
    first_contact_resolution: sql`${handled} and t.customer <> 0
      and (t.flags & 16 = 0 or t.repeat_gap_ms <= ${repeatMs}::bigint)`,
    transfer_rate: sql`${handled} and t.flags & 4 <> 0`,
    answered_rate: sql`t.outcome = 'abandoned'`,
    service_level: sql`(t.outcome = 'abandoned' or t.outcome = 'answered' and t.wait_ms > ${seconds})`,
    total_contacts: sql`t.outcome in ('answered', 'abandoned', 'blocked')`,
  };
  return conditions[standard] ?? sql`true`;
}

const among = (column: string, ids: number[] | null): Fragment =>
  ids === null ? sql`` : sql`and ${sql.raw(column)} = any(${ids}::int[])`;

/** Somebody had a part in a contact: the first to answer, or one of the others. */
const byAgents = (agents: number[] | null): Fragment =>
  agents === null
    ? sql``
    : sql`and (t.agent = any(${agents}::int[]) or t.segments is not null and exists (
        select from jsonb_array_elements(t.segments->'segments') s where (s->>0)::int = any(${agents}::int[])))`;

const sliced = (slice: Slice): Fragment => sql`
  t.batch_id = any(${slice.batches}::int[]) ${among('t.queue', slice.queues)} ${byAgents(slice.agents)}
  ${among('t.topic', slice.topics)} ${among('t.type', slice.types)}
  ${slice.channel === null ? sql`` : sql`and t.channel = ${slice.channel}`}
  ${slice.tier === null ? sql`` : sql`and t.tier = ${slice.tier}`}`;

export type DrillQuery = {
  slice: Slice;
  since: Date;
  until: Date;
  zone: string;
  limits: Limits;
  /** Another contact within this time counts against first-contact resolution. */
  repeatMs: number;
  standard: StandardKey | undefined;
  outcome: Outcome | undefined;
  sort: Sort;
  /** The last one shown. */
  after: { rank: string; id: string } | undefined;
  limit: number;
};

/** Contacts of a stretch of time; the newest first out of the index, others after looking at all of them. */
export async function selectContacts(ctx: Ctx, query: DrillQuery): Promise<ContactRow[]> {
  const { slice, since, until, standard, outcome, sort, after, limit } = query;
  const rank = ranks[sort];
  const { rows } = await sql<ContactRow>`
    select ${columns(sort)} from kpi_contact t
    where t.arrived_at >= ${since} and t.arrived_at < ${until} and ${sliced(slice)}
      ${standard === undefined ? sql`` : sql`and ${counted(standard, query)}`}
      ${outcome === undefined ? sql`` : sql`and t.outcome = ${outcome}`}
      ${after ? sql`and (${rank}, t.contact_id) < (${placeOf(sort, after.rank)}, ${after.id}::uuid)` : sql``}
    order by ${rank} desc, t.contact_id desc limit ${limit}
  `.execute(ctx.db);
  return rows;
}

/** One contact as reports count it. */
export async function selectContact(
  ctx: Ctx,
  id: string,
  slice: Slice,
): Promise<ContactRow | undefined> {
  const { rows } = await sql<ContactRow>`
    select ${columns('newest')} from kpi_contact t where t.contact_id = ${id} and ${sliced(slice)} limit 1
  `.execute(ctx.db);
  return rows[0];
}
