import { CallbackScope } from '@yingda/contract';

export type Scope = (typeof CallbackScope.options)[number];
/** In the order of the tabs: what to do now stands first. */
export const scopes = ['mine', 'due', 'free', 'team', 'done'] as const satisfies readonly Scope[];

/** What the address of the callbacks says besides the one that is open. */
export interface CallbackSearch {
  scope?: Scope | undefined;
  q?: string | undefined;
}

export function callbackSearch(search: Record<string, unknown>): CallbackSearch {
  const { q } = search;
  return {
    scope: CallbackScope.safeParse(search['scope']).data,
    q: typeof q === 'string' && q !== '' ? q.slice(0, 100) : undefined,
  };
}
