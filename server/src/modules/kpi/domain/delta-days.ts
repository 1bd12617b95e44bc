import { newDeltas } from './deltas.ts';
import type { Deltas } from './deltas.ts';
import { dayOf } from './steps.ts';

/** The latest day among the deltas; an empty text when there are none. */
export function latestDay({ days }: Deltas): string {
  let latest = '';
  for (const { day } of days.values()) if (day > latest) latest = day;
  return latest;
}

/** Parts deltas into those of one day and all others. */
export function partDay(
  deltas: Deltas,
  zone: string,
  day: string,
): { others: Deltas; ofDay: Deltas } {
  const parted = { others: newDeltas(), ofDay: newDeltas() };
  const sideOf = (own: string): Deltas => (own === day ? parted.ofDay : parted.others);
  deltas.halfHours.forEach((row, key) => sideOf(dayOf(zone, row.stepAt)).halfHours.set(key, row));
  deltas.days.forEach((row, key) => sideOf(row.day).days.set(key, row));
  deltas.agentDays.forEach((row, key) => sideOf(row.day).agentDays.set(key, row));
  return parted;
}
