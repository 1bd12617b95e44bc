import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { figuresMoved } from '../events.ts';
import * as time from '../store/agent-time.ts';
import { lockOwnBatch, selectOwnLoading } from '../store/batches.ts';
import { nowOf } from '../store/now.ts';
import {
  insertDirty,
  saveNote,
  selectNote,
  selectRefs,
  selectShiftSpans,
  tryLockRefresh,
} from '../store/rebuild.ts';
import { selectAgentsWithOpenSegments } from '../store/segments.ts';
import { changedSpans, countSpans, spansOf } from './agent-time.ts';
import type { Span } from './agent-time.ts';
import { recountOwn } from './own.ts';
import { followPresence } from './presence.ts';
import { countingOf } from './zone.ts';

/** What happened to our own work: contacts with new events or attributes, people with another state. */
export type Happened = { contactIds: string[]; userIds: string[] };

const AT_ONCE = 500;

/** Counts what happened: facts, sums and the time of agents, all in the transaction of the caller. */
export async function countHappened(tx: Tx, { contactIds, userIds }: Happened): Promise<void> {
  const own = await lockOwnBatch(tx.db);
  const counting = await countingOf(tx, own);
  const ids = [...new Set(contactIds)];
  const queues = new Set<number>();
  const changes: Span[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const touched = await recountOwn(tx, counting, ids.slice(at, at + AT_ONCE));
    for (const queue of touched.queues) queues.add(queue);
    changes.push(...changedSpans(touched.before, touched.after));
  }
  changes.push(...(await followPresence(tx, counting, [...new Set(userIds)])));
  const spans = spansOf(changes);
  if (spans.length > 0) await countSpans(tx, counting, { spans, nowMs: await nowOf(tx.db) });
  const isRecounted = (await selectOwnLoading(tx.db)).some(({ state }) => state === 'loading');
  if (isRecounted && ids.length > 0) await insertDirty(tx.db, ids);
  const queueIds = queues.size > 0 ? await selectRefs(tx.db, [...queues]) : [];
  if (queueIds.length > 0) tx.emit(figuresMoved, { queueIds });
}

const COUNTED_UP_TO = 'kpi.agent_time';
const LONGEST_BACK_MS = 7 * 86_400_000;

/** Up to when running states and contacts are counted; epoch milliseconds. */
async function countedUpTo(tx: Tx, nowMs: number): Promise<number> {
  const stored = await selectNote(tx.db, COUNTED_UP_TO);
  const at = typeof stored === 'number' ? stored : nowMs;
  return Math.max(nowMs - LONGEST_BACK_MS, Math.min(at, nowMs));
}

/**
 * Counts the time of agents that goes on (signed in, with a contact, or planned to be there) up to now. Does nothing
 * while another process is at it.
 */
export async function countRunning(ctx: Ctx): Promise<void> {
  await transact(ctx, async (tx) => {
    if (!(await tryLockRefresh(tx.db))) return;
    const own = await lockOwnBatch(tx.db);
    const nowMs = await nowOf(tx.db);
    const fromMs = await countedUpTo(tx, nowMs);
    const shifts = await selectShiftSpans(tx.db, {
      from: new Date(fromMs),
      until: new Date(nowMs),
    });
    const agents = new Set([
      ...(await time.selectAgentsWithOpenPresence(tx.db, own.id)),
      ...(await selectAgentsWithOpenSegments(tx.db, own.id)),
      ...shifts.filter(({ isOwn }) => isOwn).map(({ agent }) => agent),
    ]);
    const spans = [...agents].map((agent) => ({ agent, fromMs, untilMs: nowMs }));
    await countSpans(tx, await countingOf(tx, own), { spans, nowMs });
    await saveNote(tx.db, COUNTED_UP_TO, nowMs);
  });
}
