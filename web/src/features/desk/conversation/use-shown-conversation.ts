import type { ConversationSummary, ConversationView } from '@yingda/contract';
import { useQuery } from '@tanstack/react-query';
import { conversationOptions, useDeskSession } from '../data/session.ts';

export interface ShownConversation {
  /** What lists know already stands in until the whole is there, so that opening shows something at once. */
  summary: ConversationSummary | undefined;
  view: ConversationView | undefined;
  error: Error | null;
  retry: () => void;
}

/** The conversation that is open. */
export function useShownConversation(id: string): ShownConversation {
  const { cache } = useDeskSession();
  const query = useQuery(conversationOptions(id));
  const known = cache.known(id);
  const view = query.data;
  const summary = known && view && known.version > view.version ? known : (view ?? known);
  return {
    summary,
    view,
    error: summary ? null : query.error,
    retry: () => void query.refetch(),
  };
}
