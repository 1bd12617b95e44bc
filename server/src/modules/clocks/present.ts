import type { HoursView } from '@yingda/contract';
import { isOpen, nextChange } from './domain/opening-hours.ts';
import type { StoredHours } from './store/hours.ts';

export function presentHours(hours: StoredHours, now: Date): HoursView {
  return {
    ...hours,
    openNow: isOpen(hours, now),
    nextChangeAt: nextChange(hours, now)?.toISOString() ?? null,
  };
}
