import type { EntryMeasure } from '@yingda/contract';
import { daysIn } from './steps.ts';
import type { Sums } from './sums.ts';

/** A figure that was typed in for the dates `from` to `to`, both counted. */
export type Entered = { measure: EntryMeasure; from: string; to: string; value: number };

const HOUR_MS = 3_600_000;

/** Totals that spread evenly over their days: which sum they add to, and by how much each unit. */
const spread: Partial<Record<EntryMeasure, { sum: keyof Sums; scale: number }>> = {
  cost_fixed: { sum: 'cost', scale: 1 },
  cost_variable: { sum: 'cost', scale: 1 },
  leavers: { sum: 'leavers', scale: 1 },
  people_scheduled: { sum: 'peopleScheduled', scale: 1 },
  people_worked: { sum: 'peopleWorked', scale: 1 },
  scheduled_hours: { sum: 'scheduledMs', scale: HOUR_MS },
  adherent_hours: { sum: 'adherentMs', scale: HOUR_MS },
  signed_in_hours: { sum: 'signedInMs', scale: HOUR_MS },
  ready_hours: { sum: 'readyMs', scale: HOUR_MS },
};

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/** Days of a list of stretches that at least one of them covers. */
function covered(stretches: { from: string; to: string }[]): number {
  let [days, last] = [0, ''];
  for (const { from, to } of [...stretches].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (last === '' || from > last) days += daysIn({ from, to });
    else if (to > last) days += daysIn({ from: last, to }) - 1;
    last = later(last, to);
  }
  return days;
}

/** The sums of the figures entered, over the dates `from` to `to`, both counted. */
export function enteredSums(
  entries: readonly Entered[],
  { from, to }: { from: string; to: string },
): Sums {
  const sums: Sums = { cost: 0, staffDays: 0, leavers: 0, gradeSum: 0, grades: 0 };
  const staffed: { from: string; to: string }[] = [];
  const counted: { from: string; to: string }[] = [];
  for (const entry of entries) {
    const part = { from: later(entry.from, from), to: earlier(entry.to, to) };
    const days = daysIn(part);
    if (days < 1) continue;
    const add = (name: keyof Sums, value: number): void => {
      sums[name] = (sums[name] ?? 0) + value;
    };
    const rule = spread[entry.measure];
    if (rule) add(rule.sum, (entry.value * rule.scale * days) / daysIn(entry));
    if (entry.measure === 'signed_in_hours') {
      add('enteredSignedInMs', (entry.value * HOUR_MS * days) / daysIn(entry));
    }
    if (entry.measure === 'leavers') counted.push(part);
    if (entry.measure === 'staff') {
      add('staffDays', entry.value * days);
      staffed.push(part);
    }
    if (entry.measure === 'grade' && entry.from >= from) {
      add('gradeSum', entry.value);
      add('grades', 1);
    }
  }
  sums.staffDaysKnown = covered(staffed);
  sums.leaversKnown = covered(counted);
  return sums;
}
