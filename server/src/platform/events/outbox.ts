import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DB } from '../db/schema.gen.ts';
import type { StoredEvent } from './definition.ts';

export type PendingEvent = { type: string; payload: unknown };

/** Writes events with the transaction in the order they were emitted, in one statement. */
export async function storeEvents(db: Kysely<DB>, pending: PendingEvent[]): Promise<StoredEvent[]> {
  if (pending.length === 0) return [];
  const { rows } = await sql<{ id: number; at: Date }>`
    insert into outbox_event (type, payload)
    select item ->> 'type', item -> 'payload'
    from jsonb_array_elements(${JSON.stringify(pending)}::jsonb) with ordinality as given (item, position)
    order by position
    returning id, at
  `.execute(db);
  return rows.flatMap(({ id, at }, index) => {
    const event = pending[index];
    // The payload as others will read it: a Date emitted here must not differ from its text there.
    return event
      ? [
          {
            id,
            at,
            type: event.type,
            payload: JSON.parse(JSON.stringify(event.payload)) as unknown,
          },
        ]
      : [];
  });
}

/** Events by id, in that order; ids that are gone are left out. */
export async function readEvents(db: Kysely<DB>, ids: number[]): Promise<StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`
    select id, type, payload, at from outbox_event where id = any(${ids}::bigint[]) order by xid, id
  `.execute(db);
  return rows;
}
