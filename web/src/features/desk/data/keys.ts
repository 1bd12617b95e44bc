import type { ListFilter } from '../model/list-filter.ts';

/** Cache keys of the desk, all under one root so that a gap in the stream can renew them together. */
export const deskKeys = {
  root: ['desk'] as const,
  lists: ['desk', 'list'] as const,
  list: (filter: ListFilter) => ['desk', 'list', filter] as const,
  conversations: ['desk', 'conversation'] as const,
  conversation: (id: string) => ['desk', 'conversation', id] as const,
  windows: ['desk', 'messages'] as const,
  window: (id: string) => ['desk', 'messages', id] as const,
};
