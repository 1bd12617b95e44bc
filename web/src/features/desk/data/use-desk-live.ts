import type { LiveEvent } from '@yingda/contract';
import {
  countConversations,
  getCustomer,
  listCanned,
  listColleagues,
  listContactEvents,
  listCustomers,
  listMyOffers,
  listQueues,
  listTeams,
} from '@yingda/contract';
import { useEffect } from 'react';
import { useMe, useRights } from '../../../lib/me.ts';
import { queryClient, refresh, useCall } from '../../../lib/query.ts';
import { live, useLiveEvent, useLiveGap, useRooms } from '../../../lib/use-live.ts';
import { deskKeys } from './keys.ts';
import { forgetPresence, setCustomerTyping, setViewers } from './presence-store.ts';
import { type DeskSession, saveDraftsOnLeave, useDeskSession } from './session.ts';
import { renewWindow } from './windows.ts';

const cached = [
  'conversation.changed',
  'message.posted',
  'message.changed',
  'conversation.read',
] as const satisfies readonly LiveEvent['type'][];

/** Most rooms one connection may join at once. */
const mostRooms = 190;

/** The rooms of every team whose conversations I may see. */
function useTeamRooms(): string[] {
  const held = useRights().teams('conversation.read');
  const me = useMe();
  const { data } = useCall(listTeams, undefined, { enabled: held === 'all' });
  const all = data?.items.map((team) => team.id) ?? [];
  const ids = held === 'all' ? [...me.teams.map((team) => team.id), ...all] : held;
  return [...new Set(ids)].slice(0, mostRooms).map((id) => `team:${id}`);
}

/** Everything shown may be out of date: windows on the screen are renewed, those off it dropped. */
function renewAll(): void {
  forgetPresence();
  const cache = queryClient.getQueryCache();
  for (const query of cache.findAll({ queryKey: deskKeys.windows })) {
    const id = String(query.queryKey[2]);
    if (query.isActive()) void renewWindow(id).catch(() => undefined);
    else cache.remove(query);
  }
  void queryClient.invalidateQueries({ queryKey: deskKeys.lists });
  void queryClient.invalidateQueries({ queryKey: deskKeys.conversations });
  void refresh(countConversations, listMyOffers, listQueues, listContactEvents);
}

function useCaches({ cache }: DeskSession): void {
  useEffect(() => cache.watch(), [cache]);
  useEffect(() => {
    const leave = cached.map((type) => live.onEvent(type, cache.apply));
    return () => leave.forEach((stop) => stop());
  }, [cache]);
}

function useSmallNews(): void {
  useLiveEvent('conversation.typing', ({ conversationId, on }) =>
    setCustomerTyping(conversationId, on),
  );
  useLiveEvent('message.posted', ({ conversationId, message }) => {
    if (message.author.kind === 'customer') setCustomerTyping(conversationId, false);
  });
  useLiveEvent('conversation.viewers', ({ conversationId, viewers }) =>
    setViewers(conversationId, viewers),
  );
  useLiveEvent('mention.received', () => {
    void refresh(countConversations);
    void queryClient.invalidateQueries({
      predicate: ({ queryKey }) =>
        queryKey[0] === 'desk' && JSON.stringify(queryKey).includes('"mentions"'),
    });
  });
  useLiveEvent('customer.changed', () => {
    void queryClient.invalidateQueries({ queryKey: deskKeys.conversations });
    void refresh(getCustomer, listCustomers);
  });
  useLiveEvent('settings.changed', () => {
    void refresh(listCanned, listColleagues, listQueues, listTeams);
  });
}

function useWaking(session: DeskSession): void {
  useEffect(() => {
    const wake = (): void => session.outbox.wake();
    const leave = (): void => {
      if (document.visibilityState === 'hidden') saveDraftsOnLeave(session);
    };
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', leave);
    const stop = live.subscribe(() => {
      if (live.state() === 'open') wake();
    });
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', leave);
      stop();
    };
  }, [session]);
}

/** Keeps everything the desk shows up to date; mounted once for a signed-in person, on every page. */
export function useDeskLive(): void {
  const session = useDeskSession();
  useRooms(useTeamRooms());
  useCaches(session);
  useSmallNews();
  useWaking(session);
  useLiveGap(renewAll);
}
