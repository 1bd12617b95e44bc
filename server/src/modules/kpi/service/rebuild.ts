import type { RebuildView } from '@yingda/contract';
import { z } from 'zod';
import { requireRight } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Services, Tx } from '../../../platform/ctx.ts';
import type { JobDef } from '../../../platform/jobs/index.ts';
import { countContacts, hasContacts, scanContacts } from '../../contacts/index.ts';
import { audit, organisation } from '../../identity/index.ts';
import { peopleWithPresence } from '../../routing/index.ts';
import { kpiChanged } from '../events.ts';
import * as batches from '../store/batches.ts';
import type { Batch } from '../store/batches.ts';
import { nowOf } from '../store/now.ts';
import * as store from '../store/rebuild.ts';
import { changedSpans, countAgentTime, countSpans, spansOf } from './agent-time.ts';
import type { Span } from './agent-time.ts';
import { dropBatch } from './loader.ts';
import { recountOwn } from './own.ts';
import { followPresence } from './presence.ts';
import { countingOf } from './zone.ts';
import type { Counting } from './zone.ts';

const Progress = z.object({
  state: z.enum(['running', 'done', 'failed']),
  /** Taken up by a worker, not only asked for. */
  begun: z.boolean(),
  done: z.int(),
  total: z.int(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
});
type Progress = z.output<typeof Progress>;

const NOTE = 'kpi.rebuild';
/** A recount that no worker took up in this time will not be. */
const PATIENCE_MS = 10 * 60_000;

async function progressOf(ctx: Ctx): Promise<Progress | null> {
  const stored = await store.selectNote(ctx.db, NOTE);
  return stored === undefined ? null : Progress.parse(stored);
}

async function stateOf(ctx: Ctx, { state, begun, startedAt }: Progress) {
  if (state !== 'running') return state;
  if (!begun) return Date.parse(startedAt) > Date.now() - PATIENCE_MS ? 'running' : 'failed';
  // Whoever recounts holds the lock: a process that died holds none.
  return (await store.isRecounting(ctx.db)) ? 'running' : 'failed';
}

/** How far the recount is. */
export async function rebuildView(ctx: Ctx): Promise<RebuildView> {
  const progress = await progressOf(ctx);
  if (!progress) return { state: 'never', done: 0, total: 0, startedAt: null, endedAt: null };
  const { done, total, startedAt, endedAt } = progress;
  return { state: await stateOf(ctx, progress), done, total, startedAt, endedAt };
}

/** Has everything counted anew by `job`. Throws `kpi.rebuild_running`. */
export async function startRebuild(ctx: Ctx, job: JobDef): Promise<RebuildView> {
  requireRight(ctx.actor, 'kpi.manage');
  return transact(ctx, async (tx) => {
    // Two who ask at once: the second one sees what the first one began.
    await batches.lockOwnBatch(tx.db);
    if ((await rebuildView(tx)).state === 'running') throw new Problem('kpi.rebuild_running');
    const total = await countContacts(tx);
    const startedAt = new Date().toISOString();
    await store.saveNote(tx.db, NOTE, {
      state: 'running',
      begun: false,
      done: 0,
      total,
      startedAt,
      endedAt: null,
    } satisfies Progress);
    await audit(tx, { action: 'kpi.recount_started', subjectKind: 'kpi' });
    await tx.services.jobs.send(tx, job, {});
    return rebuildView(tx);
  });
}

/** Whether there are contacts, but none was ever counted. */
export async function isNothingCounted(ctx: Ctx): Promise<boolean> {
  if ((await progressOf(ctx)) !== null) return false;
  const own = await batches.selectOwn(ctx.db);
  return own?.firstAt === null && (await hasContacts(ctx));
}

/** Processes on their way down: a recount stops between two pieces, and begins again elsewhere. */
const stopping = new WeakSet<Services>();
export const stopRebuild = (services: Services): void => void stopping.add(services);

function requireRunning(ctx: Ctx): void {
  if (stopping.has(ctx.services)) throw new Error('the recount was cut off: the process ends');
}

/** A batch of our own work beside the one that reports show; from here on, what changes is noted. */
async function begin(ctx: Ctx, progress: Progress): Promise<Counting> {
  return transact(ctx, async (tx) => {
    // Whoever counts holds this row: nothing is being counted that would not see the new batch.
    const { records } = await batches.lockOwnBatch(tx.db);
    const { timeZone } = await organisation(tx);
    const own = { kind: 'own', log: '', name: '', state: 'loading', records, timeZone } as const;
    const id = await batches.insertBatch(tx.db, own);
    await store.clearDirty(tx.db);
    await store.saveNote(tx.db, NOTE, progress);
    return countingOf(tx, (await batches.selectBatch(tx.db, id)) as Batch);
  });
}

const SAVE_EVERY_MS = 1_000;

async function countAll(ctx: Ctx, counting: Counting, progress: Progress): Promise<void> {
  let savedAt = performance.now();
  for await (const ids of scanContacts(ctx)) {
    requireRunning(ctx);
    await transact(ctx, (tx) => recountOwn(tx, counting, ids));
    progress.done += ids.length;
    progress.total = Math.max(progress.total, progress.done);
    if (performance.now() - savedAt < SAVE_EVERY_MS) continue;
    await store.saveNote(ctx.db, NOTE, progress);
    savedAt = performance.now();
  }
}

/** Who was in which state, and the time that makes. */
async function countTime(ctx: Ctx, counting: Counting): Promise<number> {
  for (const userId of await peopleWithPresence(ctx)) {
    requireRunning(ctx);
    await transact(ctx, (tx) => followPresence(tx, counting, [userId]));
  }
  const nowMs = await nowOf(ctx.db);
  const shifts = await store.selectShiftSpans(ctx.db, {
    from: new Date(0),
    until: new Date(nowMs),
  });
  const own = shifts.filter(({ isOwn }) => isOwn);
  await countAgentTime(ctx, counting, { nowMs, more: own });
  return nowMs;
}

const CATCH_UP = 500;

async function recountDirty(tx: Tx, counting: Counting): Promise<Span[] | null> {
  const ids = await store.takeDirty(tx.db, CATCH_UP);
  if (ids.length === 0) return null;
  const { before, after } = await recountOwn(tx, counting, ids);
  return changedSpans(before, after);
}

/** What happened meanwhile, until little is left. */
async function catchUp(ctx: Ctx, counting: Counting): Promise<void> {
  for (;;) {
    requireRunning(ctx);
    const isMore = await transact(ctx, async (tx) => {
      const spans = await recountDirty(tx, counting);
      if (spans) {
        await countSpans(tx, counting, { spans: spansOf(spans), nowMs: await nowOf(tx.db) });
      }
      return spans !== null;
    });
    if (!isMore) return;
  }
}

/** The last of it while nobody counts, then the new figures in the place of the old ones; gives the old batch. */
async function swap(
  ctx: Ctx,
  counting: Counting,
  { countedUpTo, progress }: { countedUpTo: number; progress: Progress },
): Promise<number> {
  return transact(ctx, async (tx) => {
    const old = await batches.lockOwnBatch(tx.db);
    const spans: Span[] = [];
    for (;;) {
      const more = await recountDirty(tx, counting);
      if (!more) break;
      spans.push(...more);
    }
    const people = await peopleWithPresence(tx);
    spans.push(...(await followPresence(tx, counting, people)));
    const nowMs = await nowOf(tx.db);
    const running = await store.selectAgentsOf(tx.db, counting.batchId);
    spans.push(...running.map((agent) => ({ agent, fromMs: countedUpTo, untilMs: nowMs })));
    await countSpans(tx, counting, { spans: spansOf(spans), nowMs });
    await batches.setBatchState(tx.db, old.id, 'leaving');
    await batches.setBatchState(tx.db, counting.batchId, 'visible');
    await store.saveNote(tx.db, NOTE, progress);
    tx.emit(kpiChanged, { noun: 'figures' });
    return old.id;
  });
}

/** What earlier recounts left when they died. */
async function dropLeft(ctx: Ctx): Promise<void> {
  for (const { id } of await batches.selectOwnLoading(ctx.db)) await dropBatch(ctx, id);
}

async function recount(ctx: Ctx): Promise<void> {
  const asked = await progressOf(ctx);
  // A job that comes again after its work was done.
  if (asked && asked.state !== 'running') return;
  await dropLeft(ctx);
  const progress: Progress = {
    state: 'running',
    begun: true,
    done: 0,
    total: await countContacts(ctx),
    startedAt: asked?.startedAt ?? new Date().toISOString(),
    endedAt: null,
  };
  try {
    const counting = await begin(ctx, progress);
    await countAll(ctx, counting, progress);
    const countedUpTo = await countTime(ctx, counting);
    await catchUp(ctx, counting);
    const done: Progress = { ...progress, state: 'done', endedAt: new Date().toISOString() };
    await dropBatch(ctx, await swap(ctx, counting, { countedUpTo, progress: done }));
  } catch (error) {
    // Tried again by the job; until then nobody recounts.
    await store.saveNote(ctx.db, NOTE, progress).catch(() => {});
    throw error;
  }
}

/**
 * Counts everything anew from the log beside what reports show, catches up with what happened meanwhile, and puts the
 * new figures in the place of the old ones at once. Does nothing while another process recounts.
 */
export async function rebuild(ctx: Ctx): Promise<void> {
  const client = await ctx.services.database.pool.connect();
  try {
    // Held by an open transaction that reads and writes nothing: a lock of the session would not pass a pooler.
    await client.query('begin');
    if (await store.tryLockRecount(client)) await recount(ctx);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** Deletes what a crash left of recounts and of batches that were being deleted. */
export async function tidyBatches(ctx: Ctx): Promise<void> {
  for (const id of await batches.selectLeaving(ctx.db)) await dropBatch(ctx, id);
  if (!(await store.isRecounting(ctx.db))) await dropLeft(ctx);
}
