import type ICAL from 'ical.js';
import type { HolidayCalendar } from './holidays.ts';

type Ical = typeof ICAL;
type Event = InstanceType<Ical['Event']>;
type Time = InstanceType<Ical['Time']>;
type Rule = InstanceType<Ical['Recur']>;

const DAYS_AHEAD = 800;
const DAY_MS = 86_400_000;
/**
 * Steps of all rules of a file together. One takes about 11 µs; an honest file needs some hundred for each event, as what
 * lies before the window is skipped.
 */
const MOST_STEPS = 200_000;
/** Rules that come less often than this come once in any window; the library would count every day up to there. */
const LONGEST_INTERVAL = 4000;

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const dayOf = ({ year, month, day }: Time): number => Date.UTC(year, month - 1, day);
/** Chinese calendars mark working days made up for a holiday so. */
const isWorkday = (summary: string): boolean => /[（(\s]班[)）]?|补班|调休上班/.test(summary);

/** The days asked for, and the steps that may still be made on the way. */
interface Search {
  start: number;
  end: number;
  stepsLeft: number;
}

/** Days from one turn of a rule to the next, where every turn is alike; 0 for months and years, which are not. */
const turnDays = ({ freq, interval }: Rule): number =>
  freq === 'DAILY' ? interval : freq === 'WEEKLY' ? 7 * interval : 0;

/** Where to begin: as many whole turns after the first date as lie before the window. A rule that counts has to count. */
function beginOf(rule: Rule, first: Time, from: number): Time {
  const days = turnDays(rule);
  const gap = (from - dayOf(first)) / DAY_MS;
  if (days === 0 || rule.count !== null || gap <= days) return first;
  // One turn less: a week may begin before the weekday of the first date.
  const at = new Date(dayOf(first) + (Math.floor(gap / days) - 1) * days * DAY_MS);
  const begin = first.clone();
  // Not by the library's own sums, which are Julian before 1753.
  return Object.assign(begin, {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
  });
}

const isOfDays = ({ freq, interval }: Rule): boolean =>
  ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].includes(freq) && interval <= LONGEST_INTERVAL;

/** Dates of a rule that matter, in the order of time. */
function* datesOf(ical: Ical, { rule, first, from }: Recurring, search: Search): Generator<number> {
  if (!isOfDays(rule)) return;
  const turns = new ical.RecurIterator({ rule, dtstart: beginOf(rule, first, from) });
  const fits = turns.check_contracting_rules.bind(turns);
  // The library looks for ever for the next date of a rule that has none, such as every 30 February: beyond the window
  // it takes any.
  turns.check_contracting_rules = () => {
    if (search.stepsLeft-- <= 0) throw new Error('This calendar has too many recurring events.');
    return dayOf(turns.last) >= search.end || fits();
  };
  for (let at = turns.next() as Time | null; at && dayOf(at) < search.end; at = turns.next()) {
    // Where turns come thick and fast the library asks for no rule between two of them.
    if (search.stepsLeft-- <= 0) throw new Error('This calendar has too many recurring events.');
    yield dayOf(at);
  }
}

interface Recurring {
  rule: Rule;
  first: Time;
  /** What begins before this is over before the window. */
  from: number;
}

/** Values of a property that may be there several times, with several values each. */
const valuesOf = (event: Event, name: string): unknown[] =>
  event.component.getAllProperties(name).flatMap((property) => property.getValues() as unknown[]);

/** Dates named one by one; periods by their beginning. */
const namedDates = (event: Event, name: string): number[] =>
  valuesOf(event, name).map((value) => dayOf((value as { start?: Time }).start ?? (value as Time)));

/** The first days of an event, each time that it takes place. */
function beginnings(ical: Ical, event: Event, { from, search }: { from: number; search: Search }) {
  const first = event.startDate;
  const rules = valuesOf(event, 'rrule') as Rule[];
  const days = new Set([
    ...(rules.length === 0 ? [dayOf(first)] : []),
    ...namedDates(event, 'rdate'),
  ]);
  for (const rule of rules) {
    for (const day of datesOf(ical, { rule, first, from }, search)) days.add(day);
  }
  for (const day of namedDates(event, 'exdate')) days.delete(day);
  return days;
}

/**
 * Days of an iCalendar file (RFC 5545): every event, also one that recurs, makes its dates days off. Those marked as
 * made up are working days. Days before `from` are left out, and so are rules that name hours instead of days. Throws
 * when the text is no calendar, or one that would take minutes to reckon.
 */
export async function readIcs(text: string, from: string): Promise<HolidayCalendar> {
  const { default: ical } = await import('ical.js');
  const calendar = new ical.Component(ical.parse(text) as never);
  const start = Date.parse(from);
  const search = { start, end: start + DAYS_AHEAD * DAY_MS, stepsLeft: MOST_STEPS };
  const off = new Map<string, string>();
  const work = new Map<string, string>();
  for (const component of calendar.getAllSubcomponents('vevent')) {
    // What moves one date of another event has a date of its own in no rule.
    if (component.hasProperty('recurrence-id')) continue;
    const event = new ical.Event(component);
    const summary = event.summary ?? '';
    const length = Math.max(1, Math.ceil(event.duration.toSeconds() / 86_400)) * DAY_MS;
    for (const first of beginnings(ical, event, { from: start - length, search })) {
      const last = Math.min(first + length, search.end);
      for (let at = Math.max(first, start); at < last; at += DAY_MS) {
        (isWorkday(summary) ? work : off).set(dateOf(at), summary);
      }
    }
  }
  return { off, work };
}
