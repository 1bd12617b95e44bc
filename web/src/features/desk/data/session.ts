import type { ConversationView, MeView } from '@yingda/contract';
import { countConversations, getConversation, postMessage, saveDraft } from '@yingda/contract';
import { queryOptions } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import { addressOf, call, ProblemError } from '../../../lib/api.ts';
import { meQuery, rightsOf, useMe } from '../../../lib/me.ts';
import { queryClient, refresh, tellSignedOut } from '../../../lib/query.ts';
import {
  createDrafts,
  type Draft,
  type Drafts,
  type StoredDraft,
  toStored,
} from '../model/drafts.ts';
import type { Reader } from '../model/list-filter.ts';
import {
  type Attempt,
  createOutbox,
  type Outbox,
  type Outgoing,
  partsOf,
} from '../model/outbox.ts';
import { createDeskCache, type DeskCache, summaryOf } from './desk-cache.ts';
import { deskKeys } from './keys.ts';
import { outboxStorage } from './outbox-storage.ts';
import { catchUp } from './windows.ts';

/** What the desk keeps for the signed-in person while this tab lives, whatever page is shown. */
export interface DeskSession {
  cache: DeskCache;
  outbox: Outbox;
  drafts: Drafts;
}

const later = (work: () => void, ms: number): (() => void) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

let countsTimer: ReturnType<typeof setTimeout> | undefined;
/** At most one fetch of the figures a second, however many events arrive. */
function countsChanged(): void {
  countsTimer ??= setTimeout(() => {
    countsTimer = undefined;
    void refresh(countConversations);
  }, 1000);
}

function readerNow(): Reader {
  const me = queryClient.getQueryData<MeView>(meQuery.queryKey);
  return { id: me?.id ?? '', teamIds: rightsOf(me?.rights ?? {}).teams('conversation.read') };
}

/** What may work later is tried again: no network, a busy server, a session that ended. */
function isPassing(error: ProblemError): boolean {
  return error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500;
}

async function send(item: Outgoing, cache: DeskCache): Promise<Attempt> {
  try {
    const message = await call(postMessage, {
      params: { id: item.conversationId },
      body: {
        clientKey: item.clientKey,
        kind: item.kind,
        parts: partsOf(item),
        mentions: item.mentions,
      },
    });
    cache.putMessage(message);
    return { done: true };
  } catch (error) {
    if (!(error instanceof ProblemError) || isPassing(error)) {
      if (error instanceof ProblemError && error.status === 401) tellSignedOut();
      return { again: true };
    }
    return { refused: error.code };
  }
}

async function storeDraft(id: string, stored: StoredDraft): Promise<void> {
  await call(saveDraft, { params: { id }, body: stored });
  const updatedAt = new Date().toISOString();
  queryClient.setQueryData<ConversationView>(deskKeys.conversation(id), (view) =>
    view ? { ...view, draft: stored.text === '' ? null : { ...stored, updatedAt } } : view,
  );
}

function createSession(userId: string): DeskSession {
  const cache = createDeskCache({
    client: queryClient,
    reader: readerNow,
    fetchSummary: async (id) => summaryOf(await call(getConversation, { params: { id } })),
    catchUp: (id) => void catchUp(id).catch(() => undefined),
    countsChanged,
  });
  const outbox = createOutbox({
    ...outboxStorage(localStorage, userId),
    send: (item) => send(item, cache),
    newKey: () => crypto.randomUUID(),
    now: () => new Date(),
    later,
  });
  return { cache, outbox, drafts: createDrafts({ save: storeDraft, later }) };
}

let session: { userId: string; value: DeskSession } | null = null;

/** The desk's memory of a person; another person on the same tab gets an own one. */
export function sessionOf(userId: string): DeskSession {
  if (session?.userId !== userId) session = { userId, value: createSession(userId) };
  return session.value;
}

export function useDeskSession(): DeskSession {
  return sessionOf(useMe().id);
}

/** A page that is closed may still send a little: what was typed in the last second. */
export function saveDraftsOnLeave({ drafts }: DeskSession): void {
  for (const { conversationId, stored } of drafts.unsaved()) {
    void fetch(addressOf(saveDraft, { params: { id: conversationId } }), {
      method: 'PUT',
      keepalive: true,
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(stored),
    }).catch(() => undefined);
  }
}

/** One conversation with its customer; the draft found on the server goes to the composer. */
export function conversationOptions(id: string) {
  return queryOptions({
    queryKey: deskKeys.conversation(id),
    queryFn: async ({ signal }): Promise<ConversationView> => {
      const { drafts } = sessionOf(readerNow().id);
      const revision = drafts.revision(id);
      const view = await call(getConversation, { params: { id } }, { signal });
      drafts.restore(id, view.draft, revision);
      return view;
    },
    staleTime: 5000,
    gcTime: 10 * 60_000,
  });
}

/** What is being written in a conversation, also before it is saved. */
export function useDraft(id: string): Draft {
  const { drafts } = useDeskSession();
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(id));
}

/** The beginning of what is written and not sent in a conversation; empty for nothing. */
export function useDraftText(id: string): string {
  const { drafts } = useDeskSession();
  return useSyncExternalStore(drafts.subscribe, () => toStored(drafts.get(id)).text.trim());
}

/** Messages of a conversation that are still on their way. */
export function useOutgoing(id: string): Outgoing[] {
  const { outbox } = useDeskSession();
  const all = useSyncExternalStore(outbox.subscribe, outbox.items);
  return useMemo(() => all.filter((item) => item.conversationId === id), [all, id]);
}
