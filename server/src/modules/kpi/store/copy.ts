import { pipeline } from 'node:stream/promises';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DB } from '../../../platform/db/index.ts';
import type { StoredFact } from '../domain/stored-fact.ts';
import type { SegmentRow } from './segments.ts';

const isoOf = (ms: number): string => new Date(ms).toISOString();
const timeOrNull = (ms: number | null): string => (ms === null ? '\\N' : isoOf(ms));

/** Queries of the same connection, so that COPY and they are in one transaction. */
export function onClient(client: pg.PoolClient): Kysely<DB> {
  const borrowed = { query: client.query.bind(client), release: () => {} };
  return new Kysely<DB>({
    dialect: new PostgresDialect({
      pool: { connect: async () => borrowed, end: async () => {} } as never,
    }),
  });
}

/** Rows in the text format of COPY. */
export async function copy(client: pg.ClientBase, into: string, text: string): Promise<void> {
  await pipeline([text], client.query(copyFrom(`copy ${into} from stdin`)));
}

/** Adds contacts that never change any more. */
export async function copyFacts(
  client: pg.ClientBase,
  batchId: number,
  facts: StoredFact[],
): Promise<void> {
  let text = '';
  for (const f of facts) {
    // Channel, outcome and tier are words of our own; the parts are numbers: nothing needs escaping.
    text += `${f.contactId}\t${batchId}\t${isoOf(f.arrivedAt)}\t${f.channel}\t${f.queue}\t${f.topic}\t${f.type}\t${f.tier}\t${f.agent}\t${f.customer}\t${f.outcome}\t${f.waitMs}\t${f.talkMs}\t${f.holdMs}\t${f.wrapMs}\t${f.ringMs ?? '\\N'}\t${f.flags}\tf\t${f.parts ? JSON.stringify(f.parts) : '\\N'}\n`;
  }
  const columns =
    'contact_id, batch_id, arrived_at, channel, queue, topic, type, tier, agent, customer, outcome, wait_ms, talk_ms, hold_ms, wrap_ms, ring_ms, flags, is_live, segments';
  await copy(client, `kpi_contact (${columns})`, text);
}

export async function copySegments(
  client: pg.ClientBase,
  batchId: number,
  segments: SegmentRow[],
): Promise<void> {
  if (segments.length === 0) return;
  let text = '';
  for (const s of segments) {
    text += `${s.contactId}\t${batchId}\t${s.part}\t${s.agent}\t${isoOf(s.fromMs)}\t${timeOrNull(s.untilMs)}\t${timeOrNull(s.wrapFromMs)}\t${timeOrNull(s.wrapUntilMs)}\n`;
  }
  const columns =
    'contact_id, batch_id, part, agent, from_at, until_at, wrap_from_at, wrap_until_at';
  await copy(client, `kpi_segment (${columns})`, text);
}
