import type { MeView, Permission } from '@yingda/contract';
import { getMe, updateMe } from '@yingda/contract';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { call } from './api.ts';
import { keyOf, queryClient } from './query.ts';

/** Who is signed in, as a query for route guards; throws `auth.signed_out` when nobody is. */
export const meQuery = queryOptions({
  queryKey: keyOf(getMe),
  queryFn: () => call(getMe),
  staleTime: 60_000,
});

/** The signed-in person; only inside the frame, where somebody is signed in. */
export function useMe(): MeView {
  return useSuspenseQuery(meQuery).data;
}

export interface Rights {
  /** Whether the person holds the permission: for this team, or without one for any team. */
  may: (permission: Permission, teamId?: string | null) => boolean;
  /** The teams the permission is held for. */
  teams: (permission: Permission) => 'all' | string[];
}

/** What the rights of a person allow. */
export function rightsOf(rights: MeView['rights']): Rights {
  const teams = (permission: Permission): 'all' | string[] => rights[permission] ?? [];
  return {
    teams,
    may: (permission, teamId) => {
      const held = teams(permission);
      if (held === 'all') return true;
      return teamId == null ? held.length > 0 : held.includes(teamId);
    },
  };
}

/** What I may do. */
export function useRights(): Rights {
  return rightsOf(useMe().rights);
}

/** Changes my name or preferences; the page follows at once and is set back when the server refuses. */
export async function changeMe(change: {
  name?: string;
  preferences?: MeView['preferences'];
}): Promise<void> {
  const before = queryClient.getQueryData(meQuery.queryKey);
  const { name, preferences } = change;
  if (before) {
    queryClient.setQueryData(meQuery.queryKey, {
      ...before,
      ...(name === undefined ? {} : { name }),
      preferences: { ...before.preferences, ...preferences },
    });
  }
  try {
    const body = preferences
      ? { ...change, preferences: { ...before?.preferences, ...preferences } }
      : change;
    queryClient.setQueryData(meQuery.queryKey, await call(updateMe, { body }));
  } catch (error) {
    queryClient.setQueryData(meQuery.queryKey, before);
    throw error;
  }
}
