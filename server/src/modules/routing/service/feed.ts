import { systemCtx } from '../../../platform/ctx.ts';
import type { Services } from '../../../platform/ctx.ts';
import { presentPresence } from '../present.ts';
import { selectPresenceFigures } from '../store/presence.ts';

const EVERY_MS = 150;

type Feed = { userIds: Set<string>; timer: NodeJS.Timeout | null; sending: Promise<void> };
const feeds = new WeakMap<Services, Feed>();

/** Lets the sockets of this process hear of agents whose state or load changed. */
export function startFeed(services: Services): () => Promise<void> {
  const feed: Feed = { userIds: new Set(), timer: null, sending: Promise.resolve() };
  feeds.set(services, feed);
  return async () => {
    feeds.delete(services);
    if (feed.timer) clearTimeout(feed.timer);
    await feed.sending;
  };
}

async function send(services: Services, feed: Feed): Promise<void> {
  const userIds = [...feed.userIds];
  feed.userIds.clear();
  const ctx = systemCtx(services, 'routing');
  try {
    for (const figures of await selectPresenceFigures(ctx, { userIds })) {
      const rooms = [`user:${figures.userId}`, ...figures.teamIds.map((id) => `team:${id}`)];
      const event = { type: 'presence.changed' as const, presence: presentPresence(figures) };
      services.live.deliver(rooms, event);
    }
  } catch (err) {
    ctx.log.warn({ err }, 'states of agents could not be told');
    services.live.gap();
  }
}

/**
 * Has the present state of these agents told shortly, all by one query: load changes with every contact, and what is
 * read after the change is never older than what a client would fetch.
 */
export function feedPresence(services: Services, userIds: (string | null)[]): void {
  const feed = feeds.get(services);
  if (!feed) return;
  for (const userId of userIds) if (userId !== null) feed.userIds.add(userId);
  if (feed.userIds.size === 0) return;
  feed.timer ??= setTimeout(() => {
    feed.timer = null;
    feed.sending = feed.sending.then(() => send(services, feed));
  }, EVERY_MS);
}
