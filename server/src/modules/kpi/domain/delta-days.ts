import { newDeltas } from './deltas.ts';
import type { Deltas } from './deltas.ts';
import { dayOf } from './steps.ts';

/** How the sums of a day are to be written. */
export type DayPlace = 'fresh' | 'again' | 'later';

/** The latest day among the deltas; an empty text when there are none. */
export function latestDay({ days }: Deltas): string {
  let latest = '';
  for (const { day } of days.values()) if (day > latest) latest = day;
  return latest;
}

/** Sorts deltas by the days they belong to; every one is in one of the three. */
export function placeByDay(
  deltas: Deltas,
  zone: string,
  placeOf: (day: string) => DayPlace,
): Record<DayPlace, Deltas> {
  const placed = { fresh: newDeltas(), again: newDeltas(), later: newDeltas() };
  for (const [key, row] of deltas.halfHours)
    placed[placeOf(dayOf(zone, row.stepAt))].halfHours.set(key, row);
  for (const [key, row] of deltas.days) placed[placeOf(row.day)].days.set(key, row);
  for (const [key, row] of deltas.agentDays) placed[placeOf(row.day)].agentDays.set(key, row);
  return placed;
}
