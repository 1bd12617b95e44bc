import type { ConversationSummary } from '@yingda/contract';
import { countConversations, markRead } from '@yingda/contract';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { call } from '../../../lib/api.ts';
import { queryClient, refresh, keyOf } from '../../../lib/query.ts';
import { useMe } from '../../../lib/me.ts';
import { useLiveEvent } from '../../../lib/use-live.ts';

function subscribe(hear: () => void): () => void {
  document.addEventListener('visibilitychange', hear);
  window.addEventListener('focus', hear);
  window.addEventListener('blur', hear);
  return () => {
    document.removeEventListener('visibilitychange', hear);
    window.removeEventListener('focus', hear);
    window.removeEventListener('blur', hear);
  };
}

/** Whether somebody may be looking at this tab right now. */
export function useIsWatched(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => document.visibilityState === 'visible' && document.hasFocus(),
  );
}

const unseenMentions = (): boolean => {
  const counts = queryClient.getQueryData<{ mentions: number }>(keyOf(countConversations));
  return (counts?.mentions ?? 0) > 0;
};

/**
 * Tells the server what I have read: when the end of the conversation is on the screen and the tab is looked at.
 * For the assignee this takes the unread figure away; for everybody it sees mentions off.
 */
export function useMarkRead(
  { id, lastSeq, unread, assigneeId }: ConversationSummary,
  isAtEnd: boolean,
): void {
  const isWatched = useIsWatched();
  const me = useMe();
  const told = useRef('');
  // A mention of me that arrives while I look is seen: it is told again.
  const [mentions, setMentions] = useState(0);
  useLiveEvent('mention.received', ({ conversationId }) => {
    if (conversationId === id) setMentions((count) => count + 1);
  });
  const isNews = (assigneeId === me.id && unread > 0) || told.current === '' || mentions > 0;
  useEffect(() => {
    const mark = `${id} ${lastSeq} ${assigneeId ?? ''} ${mentions}`;
    if (!isWatched || !isAtEnd || lastSeq === 0 || !isNews || told.current === mark) return;
    told.current = mark;
    void call(markRead, { params: { id }, body: { seq: lastSeq } }).then(
      () => {
        if (mentions > 0 || unseenMentions()) void refresh(countConversations);
      },
      () => {
        told.current = '';
      },
    );
  }, [id, lastSeq, assigneeId, isWatched, isAtEnd, isNews, mentions]);
}
