import type { LiveQueue } from '@yingda/contract';
import { systemCtx } from '../../../platform/ctx.ts';
import type { Services } from '../../../platform/ctx.ts';
import { liveQueues } from './live.ts';

/** A queue is told at most once in this time. */
const EVERY_MS = 1_000;
/** What happens together is told together. */
const GATHER_MS = 200;
/** Time passes where nothing happens: half hours and days begin. */
const SWEEP_MS = 10_000;

type Told = { at: number; text: string };
type Feed = {
  /** Queues whose figures or state may be others; `all`: everything may. */
  dirty: Set<string> | 'all';
  told: Map<string, Told>;
  timer: NodeJS.Timeout | null;
  sweep: NodeJS.Timeout;
  sending: Promise<void>;
};
const feeds = new WeakMap<Services, Feed>();

/** Lets the sockets of this process hear the live figures of queues they watch. */
export function startLiveFeed(services: Services): () => Promise<void> {
  const feed: Feed = {
    dirty: new Set(),
    told: new Map(),
    timer: null,
    sweep: setInterval(() => feedQueues(services, 'all'), SWEEP_MS),
    sending: Promise.resolve(),
  };
  feed.sweep.unref();
  feeds.set(services, feed);
  return async () => {
    feeds.delete(services);
    clearInterval(feed.sweep);
    if (feed.timer) clearTimeout(feed.timer);
    await feed.sending;
  };
}

/** Has the figures of these queues (or all) told shortly, to those who watch them and when they are others. */
export function feedQueues(services: Services, queueIds: readonly string[] | 'all'): void {
  const feed = feeds.get(services);
  if (!feed) return;
  if (queueIds === 'all') feed.dirty = 'all';
  else addDirty(feed, queueIds);
  arm(services, feed, GATHER_MS);
}

function addDirty(feed: Feed, queueIds: readonly string[]): void {
  if (feed.dirty !== 'all') for (const id of queueIds) feed.dirty.add(id);
}

function arm(services: Services, feed: Feed, inMs: number): void {
  feed.timer ??= setTimeout(() => {
    feed.timer = null;
    feed.sending = feed.sending.then(() => send(services, feed));
  }, inMs);
}

function tell(services: Services, feed: Feed, queue: LiveQueue): void {
  const text = JSON.stringify(queue);
  if (feed.told.get(queue.queueId)?.text === text) return;
  feed.told.set(queue.queueId, { at: Date.now(), text });
  services.live.deliver([`figures:${queue.teamId}`], { type: 'kpi.live', queue });
}

async function send(services: Services, feed: Feed): Promise<void> {
  const { dirty } = feed;
  feed.dirty = new Set();
  const later: string[] = [];
  const ctx = systemCtx(services, 'kpi');
  try {
    const { queues } = await liveQueues(ctx, ({ id, teamId }) => {
      if (dirty !== 'all' && !dirty.has(id)) return false;
      if (!services.live.watched(`figures:${teamId}`)) return false;
      const isTooSoon = Date.now() - (feed.told.get(id)?.at ?? 0) < EVERY_MS;
      if (isTooSoon) later.push(id);
      return !isTooSoon;
    });
    for (const queue of queues) tell(services, feed, queue);
  } catch (err) {
    ctx.log.warn({ err }, 'live figures could not be told');
  }
  if (later.length === 0 || feeds.get(services) !== feed) return;
  addDirty(feed, later);
  arm(services, feed, EVERY_MS / 2);
}
