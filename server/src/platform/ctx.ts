import type { Kysely, Transaction } from 'kysely';
import type { Locale } from '@yingda/contract';
import type { Actor } from '../kernel/actor.ts';
import { newId } from '../kernel/ids.ts';
import type { Config } from './config/index.ts';
import type { Database } from './db/open.ts';
import { withRetry } from './db/retry.ts';
import type { DB } from './db/schema.gen.ts';
import type { EventDef, StoredEvent } from './events/definition.ts';
import type { FileStore } from './files/index.ts';
import type { Jobs } from './jobs/index.ts';
import type { Logger } from './log/index.ts';
import type { Mailer } from './mail/index.ts';
import type { Live } from './realtime/live.ts';
import { storeEvents } from './events/outbox.ts';
import type { PendingEvent } from './events/outbox.ts';

/** What one running process offers to every module. */
export type Services = {
  config: Config;
  log: Logger;
  database: Database;
  /** Called after commit with what was written, in this process. */
  published: (events: StoredEvent[]) => void;
  live: Live;
  files: FileStore;
  mailer: Mailer;
  jobs: Jobs;
};

/** Who asks for something, and with what it is done. */
export type Ctx = {
  db: Kysely<DB>;
  actor: Actor;
  locale: Locale;
  requestId: string;
  log: Logger;
  services: Services;
  /** What the program that asks was told of, and now answers to: goes on every event that follows. */
  follows?: string[];
};

/** A Ctx inside a transaction. */
export type Tx = Ctx & {
  db: Transaction<DB>;
  /** Stores the event with the transaction; it is published once that is committed. */
  emit<P>(event: EventDef<P>, payload: P): void;
  afterCommit(run: () => void): void;
};

/** True when the work runs inside somebody's transaction already. */
export function isTx(ctx: Ctx): ctx is Tx {
  return 'emit' in ctx;
}

type Collected = { pending: PendingEvent[]; after: (() => void)[] };

function txOf(ctx: Ctx, db: Transaction<DB>, { pending, after }: Collected): Tx {
  return {
    ...ctx,
    db,
    emit: ({ type }, payload) => {
      const { follows: chain } = ctx;
      pending.push({ type, payload: chain ? { ...payload, chain, isHandedBack: true } : payload });
    },
    afterCommit: (run) => after.push(run),
  };
}

/**
 * Runs `work` in one transaction with the events it emits, and publishes them after the commit. Joins the transaction
 * the ctx is in, if any. On a deadlock the whole of `work` runs again, so it must have no effects outside the database
 * except through `afterCommit`.
 */
export async function transact<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (isTx(ctx)) return work(ctx);
  const { result, stored, after } = await withRetry(() =>
    ctx.db.transaction().execute(async (db) => {
      const collected: Collected = { pending: [], after: [] };
      const value = await work(txOf(ctx, db, collected));
      return {
        result: value,
        stored: await storeEvents(db, collected.pending),
        after: collected.after,
      };
    }),
  );
  if (stored.length > 0) ctx.services.published(stored);
  for (const run of after) run();
  return result;
}

/** A Ctx for the product's own work: it may everything, so policies must be checked before. */
export function systemCtx(services: Services, name: string): Ctx {
  return {
    db: services.database.kysely,
    actor: { kind: 'system', name },
    locale: 'zh-CN',
    requestId: newId(),
    log: services.log.child({ system: name }),
    services,
  };
}

/** The same Ctx acting as somebody else. */
export function actingAs<C extends Ctx>(ctx: C, actor: Actor): C {
  return { ...ctx, actor };
}
