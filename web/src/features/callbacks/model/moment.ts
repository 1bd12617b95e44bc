import type { CallbackView } from '@yingda/contract';

const hourMs = 3_600_000;

/** `waiting`: its time has not come; `late`: past its deadline; `soon`: an hour or less is left. */
export type CallMoment = 'waiting' | 'now' | 'soon' | 'late';

/** How urgent an open callback is at `now` (ms since 1970). A deadline that passed weighs more than an agreed later try. */
export function momentOf(
  { dueAt, nextTryAt }: Pick<CallbackView, 'dueAt' | 'nextTryAt'>,
  now: number,
): CallMoment {
  const left = Date.parse(dueAt) - now;
  if (Date.parse(nextTryAt) > now) return 'waiting';
  if (left < 0) return 'late';
  return left <= hourMs ? 'soon' : 'now';
}
