import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../../../platform/db/index.ts';
import type { StoredFact } from '../domain/stored-fact.ts';

type Db = Kysely<DB>;

/** A row of `kpi_contact` with the gap that was counted. */
export type FactRow = StoredFact & { repeatGapMs: number | null };

/** Columns of `kpi_contact k`, but the gap. */
export const factColumns = sql`
  k.contact_id as "contactId", (extract(epoch from k.arrived_at) * 1000)::bigint as "arrivedAt", k.channel, k.queue,
  k.topic, k.type, k.tier, k.agent, k.customer, k.outcome, k.wait_ms as "waitMs", k.talk_ms as "talkMs",
  k.hold_ms as "holdMs", k.wrap_ms as "wrapMs", k.ring_ms as "ringMs", k.flags, k.segments as parts`;
const columns = sql`${factColumns}, k.repeat_gap_ms as "repeatGapMs"`;

export async function selectFacts(
  db: Db,
  batchId: number,
  contactIds: string[],
): Promise<FactRow[]> {
  const { rows } = await sql<FactRow>`
    select ${columns} from kpi_contact k where k.batch_id = ${batchId} and k.contact_id = any(${contactIds}::uuid[])
  `.execute(db);
  return rows;
}

/** Puts facts in the place of those that were, of contacts that may change. */
export async function putFacts(db: Db, batchId: number, facts: FactRow[]): Promise<void> {
  await sql`
    insert into kpi_contact (contact_id, batch_id, arrived_at, channel, queue, topic, type, tier, agent, customer, outcome,
      wait_ms, talk_ms, hold_ms, wrap_ms, ring_ms, flags, is_live, segments, repeat_gap_ms)
    select g."contactId", ${batchId}::integer, to_timestamp(g."arrivedAt" / 1000.0), g.channel, g.queue, g.topic, g.type,
      g.tier, g.agent, g.customer, g.outcome, g."waitMs", g."talkMs", g."holdMs", g."wrapMs", g."ringMs", g.flags, true,
      nullif(g.parts, 'null'::jsonb), g."repeatGapMs"
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as g ("contactId" uuid, "arrivedAt" bigint, channel text,
      queue integer, topic integer, type integer, tier text, agent integer, customer bigint, outcome text,
      "waitMs" integer, "talkMs" integer, "holdMs" integer, "wrapMs" integer, "ringMs" integer, flags smallint,
      parts jsonb, "repeatGapMs" bigint)
    on conflict (contact_id, batch_id) do update set arrived_at = excluded.arrived_at, channel = excluded.channel,
      queue = excluded.queue, topic = excluded.topic, type = excluded.type, tier = excluded.tier,
      agent = excluded.agent, customer = excluded.customer, outcome = excluded.outcome, wait_ms = excluded.wait_ms,
      talk_ms = excluded.talk_ms, hold_ms = excluded.hold_ms, wrap_ms = excluded.wrap_ms, ring_ms = excluded.ring_ms,
      flags = excluded.flags, segments = excluded.segments, repeat_gap_ms = excluded.repeat_gap_ms
  `.execute(db);
}

/** Where a contact stands in the line of its customer's contacts on one topic. */
export type Place = { contactId: string; customer: number; topic: number; arrivedAt: number };

/**
 * The contacts at some places (now and before a change) and the ones right before them, each with the arrival of the
 * one after it: all whose gap the change can have touched.
 */
export async function selectNeighbours(
  db: Db,
  batchId: number,
  places: Place[],
): Promise<(FactRow & { nextAt: number | null })[]> {
  const { rows } = await sql<FactRow & { nextAt: number | null }>`
    with place as (
      select g."contactId" as contact_id, g.customer, g.topic, to_timestamp(g."arrivedAt" / 1000.0) as arrived_at
      from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
        as g ("contactId" uuid, customer bigint, topic integer, "arrivedAt" bigint)
    ), touched as (
      select contact_id from place
      union
      select before.contact_id from place cross join lateral (
        select k.contact_id from kpi_contact k
        where k.is_live and k.customer <> 0 and k.batch_id = ${batchId} and k.customer = place.customer
          and k.topic = place.topic and k.arrived_at <= place.arrived_at
          and (k.arrived_at, k.contact_id) < (place.arrived_at, place.contact_id)
        order by k.arrived_at desc, k.contact_id desc limit 1
      ) before
    )
    select ${columns}, (
      select (extract(epoch from n.arrived_at) * 1000)::bigint from kpi_contact n
      where n.is_live and n.customer <> 0 and n.batch_id = k.batch_id and n.customer = k.customer and n.topic = k.topic
        and n.arrived_at >= k.arrived_at and (n.arrived_at, n.contact_id) > (k.arrived_at, k.contact_id)
      order by n.arrived_at, n.contact_id limit 1
    ) as "nextAt"
    from touched join kpi_contact k on k.contact_id = touched.contact_id and k.batch_id = ${batchId}
    order by k.contact_id
  `.execute(db);
  return rows;
}

export async function saveGaps(
  db: Db,
  batchId: number,
  gaps: { contactId: string; repeatGapMs: number | null }[],
): Promise<void> {
  if (gaps.length === 0) return;
  await sql`
    update kpi_contact k set repeat_gap_ms = g."repeatGapMs"
    from jsonb_to_recordset(${JSON.stringify(gaps)}::jsonb) as g ("contactId" uuid, "repeatGapMs" bigint)
    where k.batch_id = ${batchId} and k.contact_id = g."contactId"
  `.execute(db);
}
