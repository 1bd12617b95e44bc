import type { StepClock } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { hoursOf, workingCalendar } from '../../clocks/index.ts';
import { flatCalendar } from '../domain/visit-clock.ts';
import type { Calendar } from '../domain/visit-clock.ts';
import { selectHoursById, selectHoursOf } from '../store/settings.ts';
import type { HoursChoice } from '../store/settings.ts';
import type { VisitRow } from '../store/visit.ts';

/** Calendars remember what they worked out: kept until their hours change. */
const kept = new Map<string, { changedAt: number; calendar: Calendar }>();
const MOST_KEPT = 2_000;

const FALLBACK_ZONE = 'Asia/Shanghai';

/** Monday to Friday, 9 to 18: for who has set no hours. */
function usualHours(timeZone: string): Calendar {
  const name = `usual ${timeZone}`;
  const known = kept.get(name);
  if (known) return known.calendar;
  const day = [{ from: 9 * 60, to: 18 * 60 }];
  const week = Array.from({ length: 7 }, (_, weekday) => (weekday < 5 ? day : []));
  const calendar = workingCalendar({ timeZone, week, specialDays: [] });
  kept.set(name, { changedAt: 0, calendar });
  return calendar;
}

/** The calendar of hours that were chosen: by nobody, the usual ones. */
export async function calendarOf(ctx: Ctx, choice: HoursChoice): Promise<Calendar> {
  const { hoursId, changedAt, timeZone } = choice;
  if (hoursId === null || changedAt === null) return usualHours(timeZone ?? FALLBACK_ZONE);
  const known = kept.get(hoursId);
  if (known?.changedAt === changedAt.getTime()) return known.calendar;
  const hours = (await hoursOf(ctx, [hoursId])).get(hoursId);
  if (!hours) return usualHours(timeZone ?? FALLBACK_ZONE);
  if (kept.size > MOST_KEPT) kept.clear();
  const calendar = workingCalendar(hours);
  kept.set(hoursId, { changedAt: changedAt.getTime(), calendar });
  return calendar;
}

export type ClockHours = { hoursId: string | null; calendar: Calendar };
type Asked = { rule: StepClock['calendar']; teamId: string | null };

const keyOf = ({ rule, teamId }: Asked): string | null => (rule === 'owner' ? teamId : null);

/** By which hours clocks run: of the owner's team, of its department, of the organisation, or the usual ones. */
export async function clockHours(ctx: Ctx, asked: Asked[]): Promise<(given: Asked) => ClockHours> {
  const flat = { hoursId: null, calendar: flatCalendar };
  const teams = [...new Set(asked.filter(({ rule }) => rule !== 'flat').map(keyOf))];
  const made = new Map<string | null, ClockHours>();
  if (teams.length > 0) {
    for (const [teamId, choice] of await selectHoursOf(ctx.db, teams)) {
      made.set(teamId, { hoursId: choice.hoursId, calendar: await calendarOf(ctx, choice) });
    }
  }
  return (given) => (given.rule === 'flat' ? flat : (made.get(keyOf(given)) ?? flat));
}

/** The same for one clock. */
export async function hoursFor(ctx: Ctx, asked: Asked): Promise<ClockHours> {
  return (await clockHours(ctx, [asked]))(asked);
}

type Kept = Pick<VisitRow, 'calendar' | 'hours_id'>;

/** The calendars by which the clocks of visits run now. */
export async function calendarsOf(
  ctx: Ctx,
  visits: readonly Kept[],
): Promise<(visit: Kept) => Calendar> {
  const ids = new Set(
    visits.flatMap((visit) => (visit.calendar === 'flat' ? [] : [visit.hours_id])),
  );
  const made = new Map<string | null, Calendar>();
  if (ids.size > 0) {
    for (const [id, choice] of await selectHoursById(ctx.db, [...ids])) {
      made.set(id, await calendarOf(ctx, choice));
    }
  }
  return (visit) =>
    visit.calendar === 'flat' ? flatCalendar : (made.get(visit.hours_id) ?? flatCalendar);
}
