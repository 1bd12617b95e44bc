import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { type ListView, listViews } from '../model/list-filter.ts';

/** Where on the desk one is; the address says it, so that it can be shared and gone back to. */
export interface DeskPlace {
  view: ListView;
  teamId: string | null;
  conversationId: string | null;
  /** Message to show, for one found by search. */
  seq: number | null;
}

/** The place in the address. */
export function useDeskPlace(): DeskPlace {
  const { view, teamId, seq } = useSearch({ from: '/frame/desk' });
  const { conversationId } = useParams({ strict: false });
  return {
    view: listViews.find((known) => known === view) ?? 'mine',
    teamId: teamId ?? null,
    conversationId: conversationId ?? null,
    seq: seq ?? null,
  };
}

export type Go = (next: Partial<DeskPlace>, options?: { replace?: boolean }) => void;

/** Goes to another place of the desk; what is not named stays, except the message to show. */
export function useGo(): Go {
  const navigate = useNavigate();
  const place = useDeskPlace();
  const { view, teamId, conversationId } = place;
  return useCallback(
    (next, { replace = false } = {}) => {
      const to = { view, teamId, conversationId, seq: null, ...next };
      const search = {
        view: to.view,
        teamId: to.teamId ?? undefined,
        seq: to.seq ?? undefined,
      };
      if (to.conversationId === null) void navigate({ to: '/desk', search, replace });
      else {
        void navigate({
          to: '/desk/$conversationId',
          params: { conversationId: to.conversationId },
          search,
          replace,
        });
      }
    },
    [navigate, view, teamId, conversationId],
  );
}
