import { queryClient } from '../../../lib/query.ts';
import { conversationOptions } from './session.ts';
import { windowOptions } from './windows.ts';

/** Fetches a conversation before it is opened, so that opening it shows it at once. */
export function prefetchConversation(id: string): void {
  void queryClient.prefetchQuery({ ...conversationOptions(id), staleTime: 30_000 });
  void queryClient.prefetchQuery(windowOptions(id));
}
