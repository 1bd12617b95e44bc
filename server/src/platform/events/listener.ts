import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { isConnectionLost, isRetryable } from '../db/retry.ts';
import type { DB } from '../db/schema.gen.ts';
import { systemCtx, transact } from '../ctx.ts';
import type { Ctx, Services, Tx } from '../ctx.ts';
import type { EventDef, StoredEvent } from './definition.ts';

/** A durable reader of the outbox; see `listener`. */
export type Listener = {
  name: string;
  types: string[];
  handle: (tx: Tx, events: StoredEvent[]) => Promise<void>;
};
/** A volatile reader; see `onPublished`. */
export type Hook = {
  types: string[];
  handle: (ctx: Ctx, events: StoredEvent[]) => void | Promise<void>;
};

/**
 * Declares a durable listener: every event of these types reaches it exactly once over all processes and crashes, in
 * order and in batches, inside the transaction that also moves its cursor. A failing handler is tried again, later and
 * later; events behind it wait.
 */
export function listener<P>(
  name: string,
  defs: EventDef<P>[],
  handle: (tx: Tx, events: StoredEvent<P>[]) => Promise<void>,
): Listener {
  return {
    name,
    types: defs.map((def) => def.type),
    handle: handle as Listener['handle'],
  };
}

/**
 * Declares a hook that runs in every process right after a commit, at most once: for waking loops and emptying caches.
 */
export function onPublished<P>(
  defs: EventDef<P>[],
  handle: (ctx: Ctx, events: StoredEvent<P>[]) => void | Promise<void>,
): Hook {
  return { types: defs.map((def) => def.type), handle: handle as Hook['handle'] };
}

const BATCH = 200;
const POLL_MS = 700;
const GATHER_MS = 40;
const MOVE_IDLE_CURSOR_AFTER = 2_000;

type Cursor = { xid: string; id: string; failed_attempts: number };
type Row = StoredEvent & { xid: string };

/**
 * Makes the cursors of listeners that have none. A cursor begins at its listener's birth: what was said before is not
 * its business. Every process calls this before it says anything, also one that runs no listener itself: an event of
 * the first minute must not be lost because the worker came later.
 */
export async function prepareListeners(
  db: Kysely<DB>,
  listeners: Pick<Listener, 'name'>[],
): Promise<void> {
  await sql`
    insert into listener_cursor (listener, xid, id)
    select name, pg_snapshot_xmin(pg_current_snapshot()), 0
    from unnest(${listeners.map(({ name }) => name)}::text[]) as given (name)
    where not exists (select from listener_cursor where listener = name)
    on conflict do nothing
  `.execute(db);
}

async function takeCursor(tx: Tx, name: string): Promise<Cursor | undefined> {
  const { rows } = await sql<Cursor>`
    select xid::text, id::text, failed_attempts from listener_cursor where listener = ${name} for update skip locked
  `.execute(tx.db);
  return rows[0];
}

/**
 * What stands in the outbox after a place, in order. Types are looked for in what this gives: the planner, which cannot
 * know how little follows the place, would else read the whole table for the first event of a frequent type (`offset 0`
 * keeps the condition out).
 */
const following = (xid: RawBuilder<unknown>, id: RawBuilder<unknown>) => sql`
  select e.* from outbox_event e where (e.xid, e.id) > (${xid}, ${id}) order by e.xid, e.id offset 0`;

/**
 * Events after the cursor that no transaction under way can still precede. Rows commit in another order than their
 * ids, so the order is (transaction, id) and reading stops at the oldest transaction that is still open.
 */
async function readBatch(
  tx: Tx,
  cursor: Cursor,
  { types, limit }: { types: string[]; limit: number },
) {
  const { rows } = await sql<Row & { horizon: string }>`
    with horizon as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as xid),
    batch as (
      select e.id, e.type, e.payload, e.at, e.xid::text as xid
      from (${following(sql`${cursor.xid}::text::xid8`, sql`${cursor.id}::bigint`)}) as e
      where e.xid < (select xid from horizon) and e.type = any(${types}::text[])
      order by e.xid, e.id limit ${limit}
    )
    select batch.*, horizon.xid::text as horizon from horizon left join batch on true order by batch.xid::xid8, batch.id
  `.execute(tx.db);
  return { horizon: rows[0]?.horizon ?? cursor.xid, events: rows.filter((row) => row.id !== null) };
}

async function moveCursor(tx: Tx, name: string, to: { xid: string; id: number }): Promise<void> {
  await sql`
    update listener_cursor set xid = ${to.xid}::text::xid8, id = ${to.id}, failed_attempts = 0, last_error = null,
      moved_at = clock_timestamp()
    where listener = ${name}
  `.execute(tx.db);
}

/** Whether it is worth a transaction: an idle installation must not write to its disk several times a second. */
async function isAnythingNew(services: Services, { name, types }: Listener): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
        select from (${following(sql`c.xid`, sql`c.id`)}) as e where e.type = any(${types}::text[])
      ) or pg_snapshot_xmin(pg_current_snapshot())::text::numeric - c.xid::text::numeric > ${MOVE_IDLE_CURSOR_AFTER} as found
    from listener_cursor c where c.listener = ${name}
  `.execute(services.database.kysely);
  return rows[0]?.found ?? false;
}

/** One batch: how many events were handled; null when another process is reading for this listener. */
async function step(services: Services, { name, types, handle }: Listener, limit: number) {
  return transact(systemCtx(services, `listener:${name}`), async (tx) => {
    const cursor = await takeCursor(tx, name);
    if (!cursor) return null;
    const { horizon, events } = await readBatch(tx, cursor, { types, limit });
    const last = events.at(-1);
    if (last) {
      await handle(tx, events);
      await moveCursor(tx, name, events.length < limit ? { xid: horizon, id: 0 } : last);
    } else if (BigInt(horizon) - BigInt(cursor.xid) > MOVE_IDLE_CURSOR_AFTER) {
      await moveCursor(tx, name, { xid: horizon, id: 0 });
    }
    return events.length;
  });
}

async function noteFailure(services: Services, name: string, error: unknown): Promise<number> {
  const { rows } = await sql<{ failed_attempts: number }>`
    update listener_cursor set failed_attempts = failed_attempts + 1, last_error = ${String(error).slice(0, 500)}
    where listener = ${name} returning failed_attempts
  `.execute(services.database.kysely);
  return rows[0]?.failed_attempts ?? 1;
}

/** Runs one listener until stopped. `wake` makes it look at once. */
export function runListener(services: Services, definition: Listener) {
  const { name } = definition;
  const log = services.log.child({ listener: name });
  let stopped = false;
  let awake = false;
  let wakeUp: () => void = () => {};
  let limit = BATCH;
  let isAway = false;

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function round(): Promise<number> {
    try {
      if (!(await isAnythingNew(services, definition))) return POLL_MS;
      const handled = await step(services, definition, limit);
      [limit, isAway] = [BATCH, false];
      if (handled === null) return POLL_MS;
      if (handled > 0) return 0;
      // Woken for an event that an older open transaction still hides: look again soon.
      return POLL_MS;
    } catch (error) {
      if (stopped) return 0;
      if (isConnectionLost(error) || isRetryable(error)) {
        // Nobody's fault, and of as many listeners as there are: one line each until the database is back.
        if (!isAway) log.warn({ err: error }, 'a listener waits for the database');
        isAway = true;
        return POLL_MS;
      }
      log.error({ err: error }, 'a listener failed and will try again');
      // One at a time from here, so that those before the faulty one are not held up by it.
      limit = 1;
      const attempts = await noteFailure(services, name, error).catch(() => 1);
      return Math.min(30_000, 100 * 2 ** attempts);
    }
  }

  async function loop(): Promise<void> {
    let soon = 0;
    while (!stopped) {
      if (awake) soon = 6;
      awake = false;
      const pause = await round();
      if (pause === 0) soon = 0;
      if (stopped) continue;
      // A listener is seldom in a hurry: events that come close together are one batch and one commit.
      if (awake || pause === 0) {
        await sleep(GATHER_MS);
        continue;
      }
      await rest(soon > 0 ? Math.min(pause, 10 * 2 ** (6 - soon)) : pause);
      soon = Math.max(0, soon - 1);
    }
  }

  const done = loop();
  return {
    types: new Set(definition.types),
    wake(): void {
      awake = true;
      wakeUp();
    },
    async stop(): Promise<void> {
      stopped = true;
      wakeUp();
      await done;
    },
  };
}
