import { listMessages } from '@yingda/contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';
import { queryClient } from '../../../lib/query.ts';
import {
  firstSeqOf,
  lastSeqOf,
  type MessageWindow,
  withNewer,
  withOlder,
} from '../model/message-window.ts';
import { deskKeys } from './keys.ts';

const pageSize = 50;
const catchUpSize = 200;

/** The messages of a conversation, at first the newest ones. Live events add to them. */
export function windowOptions(id: string) {
  return queryOptions({
    queryKey: deskKeys.window(id),
    queryFn: async ({ signal }): Promise<MessageWindow> => {
      const { items, hasMore } = await call(
        listMessages,
        { params: { id }, query: { limit: pageSize } },
        { signal },
      );
      return { items, moreBefore: hasMore, moreAfter: false };
    },
    staleTime: Infinity,
    gcTime: 10 * 60_000,
  });
}

type Update = (window: MessageWindow) => MessageWindow;
function update(id: string, change: Update): void {
  queryClient.setQueryData<MessageWindow>(deskKeys.window(id), (window) =>
    window ? change(window) : window,
  );
}
const windowOf = (id: string): MessageWindow | undefined =>
  queryClient.getQueryData<MessageWindow>(deskKeys.window(id));

const running = new Map<string, Promise<void>>();
/** One fetch of a kind and conversation at a time; who asks again gets the one that runs. */
function once(key: string, work: () => Promise<void>): Promise<void> {
  const known = running.get(key);
  if (known) return known;
  const started = work().finally(() => running.delete(key));
  running.set(key, started);
  return started;
}

/** Loads the page before the window. */
export function loadOlder(id: string): Promise<void> {
  return once(`older ${id}`, async () => {
    const window = windowOf(id);
    if (!window?.moreBefore) return;
    const page = await call(listMessages, {
      params: { id },
      query: { before: firstSeqOf(window), limit: pageSize },
    });
    update(id, (now) => withOlder(now, page));
  });
}

/** Loads the page after the window: for one that was opened in the middle of the conversation. */
export function loadNewer(id: string): Promise<void> {
  return once(`newer ${id}`, async () => {
    const window = windowOf(id);
    if (!window) return;
    const page = await call(listMessages, {
      params: { id },
      query: { after: lastSeqOf(window), limit: pageSize },
    });
    update(id, (now) => withNewer(now, page));
  });
}

/** Fetches everything after the window, page by page: something was missed. */
export function catchUp(id: string): Promise<void> {
  return once(`catch up ${id}`, async () => {
    for (let more = true; more;) {
      const window = windowOf(id);
      if (!window || window.moreAfter) return;
      const page = await call(listMessages, {
        params: { id },
        query: { after: lastSeqOf(window), limit: catchUpSize },
      });
      update(id, (now) => ({ ...withNewer(now, page), moreAfter: false }));
      more = page.hasMore && page.items.length > 0;
    }
  });
}

/** Reads the loaded stretch again after a gap: messages may have been added, or taken back. */
export function renewWindow(id: string): Promise<void> {
  return once(`renew ${id}`, async () => {
    const window = windowOf(id);
    if (!window) return;
    const first = firstSeqOf(window);
    if (first === 0 || window.items.length > catchUpSize) {
      await queryClient.invalidateQueries({ queryKey: deskKeys.window(id) });
      return;
    }
    const page = await call(listMessages, {
      params: { id },
      query: { after: first - 1, limit: catchUpSize },
    });
    update(id, (now) => withNewer(now, page));
  });
}

/** Opens the window around a message instead of at the end; at once when it is loaded already. */
export async function loadAround(id: string, seq: number): Promise<void> {
  const window = windowOf(id);
  if (window && firstSeqOf(window) <= seq && seq <= lastSeqOf(window)) return;
  const [before, after] = await Promise.all([
    call(listMessages, { params: { id }, query: { before: seq, limit: pageSize / 2 } }),
    call(listMessages, { params: { id }, query: { after: seq - 1, limit: pageSize / 2 } }),
  ]);
  queryClient.setQueryData<MessageWindow>(deskKeys.window(id), {
    items: [...before.items, ...after.items],
    moreBefore: before.hasMore,
    moreAfter: after.hasMore,
  });
}

/** Goes back to the newest messages of a conversation that was opened in the middle. */
export async function loadNewest(id: string): Promise<void> {
  if (windowOf(id)?.moreAfter === false) return;
  await queryClient.fetchQuery({ ...windowOptions(id), staleTime: 0 });
}
