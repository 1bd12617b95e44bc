import type { ScheduleView } from '@yingda/contract';
import type { TFunction } from 'i18next';

/** `08:30` of minutes since midnight. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minutes since midnight of `08:30`. */
export const minuteOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

/** "every Monday at 08:00" */
export function rhythmText(
  { rhythm, day, minute }: Pick<ScheduleView, 'rhythm' | 'day' | 'minute'>,
  t: TFunction<'reports'>,
): string {
  const time = clockOf(minute);
  if (rhythm === 'weekly') return t('rhythm.weeklyAt', { day: t(`weekdays.${day}`), time });
  if (rhythm === 'monthly')
    return t(day > 28 ? 'rhythm.monthEndAt' : 'rhythm.monthlyAt', { day, time });
  return t('rhythm.dailyAt', { time });
}
