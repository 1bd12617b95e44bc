import type { ReportStep } from '@yingda/contract';
import { currentLanguage } from '../../../lib/language.ts';

const formats = new Map<string, Intl.DateTimeFormat>();
function format(at: string, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${currentLanguage()}|${zone}|${JSON.stringify(options)}`;
  const known =
    formats.get(key) ??
    new Intl.DateTimeFormat(currentLanguage(), { timeZone: zone, hourCycle: 'h23', ...options });
  formats.set(key, known);
  return known.format(new Date(at));
}

const clock = { hour: '2-digit', minute: '2-digit' } as const;
const day = { month: 'numeric', day: 'numeric' } as const;

/** Year and quarter of an instant on the calendar of a zone. */
function quarter(at: string, zone: string): string {
  const [year = '', month = '1'] = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })
    .format(new Date(at))
    .split('-');
  return `${year} Q${Math.ceil(Number(month) / 3)}`;
}

/** The begin of a step on an axis. `isOneDay`: the date goes without saying. */
export function stepTick(
  at: string,
  { step, zone, isOneDay }: { step: ReportStep; zone: string; isOneDay: boolean },
): string {
  switch (step) {
    case 'half_hour':
    case 'hour':
      return isOneDay ? format(at, zone, clock) : format(at, zone, { ...day, ...clock });
    case 'day':
    case 'week':
      return format(at, zone, day);
    case 'month':
      return format(at, zone, { year: 'numeric', month: 'short' });
    case 'quarter':
      return quarter(at, zone);
    default:
      return format(at, zone, { year: 'numeric' });
  }
}

/**
 * A step in full: begin and, where it is shorter than a day or longer, its end. `isOneYear`: the year goes without
 * saying.
 */
export function stepName(
  { since, until }: { since: string; until: string },
  { step, zone, isOneYear = false }: { step: ReportStep; zone: string; isOneYear?: boolean },
): string {
  const year = isOneYear ? {} : ({ year: 'numeric' } as const);
  const date = { ...year, month: 'short', day: 'numeric', weekday: 'short' } as const;
  const last = new Date(Date.parse(until) - 1).toISOString();
  switch (step) {
    case 'half_hour':
    case 'hour':
      return `${format(since, zone, date)} ${format(since, zone, clock)}–${format(until, zone, clock)}`;
    case 'day':
      return format(since, zone, date);
    case 'week':
      return `${format(since, zone, { ...year, ...day })} – ${format(last, zone, day)}`;
    default:
      return stepTick(since, { step, zone, isOneDay: false });
  }
}

/** The calendar day on which a step begins, for bands that hold from a day on. */
export const stepDay = (at: string, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(at));
