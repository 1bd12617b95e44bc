import type { StepClock } from '@yingda/contract';

export const units = ['minute', 'hour', 'day'] as const;
export type Unit = (typeof units)[number];
type Calendar = StepClock['calendar'];

/** Minutes of a unit: a working day is eight hours of a clock that stands still at night. */
export function minutesOf(unit: Unit, calendar: Calendar): number {
  if (unit === 'minute') return 1;
  if (unit === 'hour') return 60;
  return calendar === 'flat' ? 24 * 60 : 8 * 60;
}

/** Minutes as people say them: in the greatest unit that they fill without a rest. */
export function splitMinutes(minutes: number, calendar: Calendar): { amount: number; unit: Unit } {
  const unit =
    minutes === 0
      ? 'minute'
      : (units.findLast((one) => minutes % minutesOf(one, calendar) === 0) ?? 'minute');
  return { amount: minutes / minutesOf(unit, calendar), unit };
}
