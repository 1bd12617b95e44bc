import { currentLanguage } from './language.ts';

let ownZone: string | undefined;
/** The zone of this browser, named so that every date states which one it is in. */
export function browserZone(): string {
  // Asked once: the question takes a tenth of a millisecond, and every date on a page asks it.
  ownZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return ownZone;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${currentLanguage()}|${zone}|${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(currentLanguage(), {
    timeZone: zone,
    hourCycle: 'h23',
    ...options,
  });
  formatters.set(key, made);
  return made;
}

type Moment = string | number | Date;

/** Hours and minutes: `14:05`. */
export function formatTime(at: Moment, zone = browserZone()): string {
  return formatter(zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** Hours, minutes and seconds: `14:05:09`. */
export function formatSecond(at: Moment, zone = browserZone()): string {
  return formatter(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(at),
  );
}

/** A calendar day with its year. */
export function formatDate(at: Moment, zone = browserZone()): string {
  return formatter(zone, { year: 'numeric', month: 'short', day: 'numeric' }).format(new Date(at));
}

/** Day and time to the minute. */
export function formatDateTime(at: Moment, zone = browserZone()): string {
  return formatter(zone, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));
}

/** Day and time to the second, for lists whose zone is told beside them. */
export function formatDateSecond(at: Moment, zone = browserZone()): string {
  return formatter(zone, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(at));
}

/** Two days with a dash between, or the one day they are. */
export function formatDays(from: Moment, to: Moment, zone = browserZone()): string {
  const [first, last] = [formatDate(from, zone), formatDate(to, zone)];
  return first === last ? first : `${first} – ${last}`;
}

/** Day and time to the second with the name of the zone, for hover texts and audits. */
export function formatExact(at: Moment, zone = browserZone()): string {
  return formatter(zone, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(at));
}

/** Time today, else the day: the short stamp of a list row. */
export function formatStamp(at: Moment, zone = browserZone()): string {
  const date = new Date(at);
  const day = formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' });
  if (day.format(date) === day.format(new Date())) return formatTime(date, zone);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return formatter(zone, {
    month: 'short',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date);
}

/** Time today, else day and time: when something is due. */
export function formatDayTime(at: Moment, zone = browserZone()): string {
  const date = new Date(at);
  const day = formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' });
  if (day.format(date) === day.format(new Date())) return formatTime(date, zone);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return formatter(zone, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date);
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** `3 minutes ago`, `in 2 days`; anything under a minute reads as now. */
export function formatAgo(at: Moment, now: number = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const relative = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' });
  const unit = units.find(([, size]) => Math.abs(seconds) >= size);
  return unit
    ? relative.format(Math.trunc(seconds / unit[1]), unit[0])
    : relative.format(0, 'second');
}

/** A running clock: `0:07`, `12:45`, `1:02:03`. */
export function formatClock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [
    Math.floor(total / 3600),
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** A length of time in words of at most two units: `1 hr 5 min`. `inHours`: working time, whose days are no 24 hours. */
export function formatDuration(ms: number, { inHours = false } = {}): string {
  const total = Math.max(0, Math.round(ms / 1000));
  const amounts: [number, Intl.NumberFormatOptions['unit']][] = [
    [inHours ? 0 : Math.floor(total / 86_400), 'day'],
    [Math.floor(total / 3600) % (inHours ? Infinity : 24), 'hour'],
    [Math.floor(total / 60) % 60, 'minute'],
    [total % 60, 'second'],
  ];
  const first = amounts.findIndex(([amount]) => amount > 0);
  const from = first === -1 ? 3 : first;
  const shown = amounts
    .slice(from, from + 2)
    .filter(([amount], index) => amount > 0 || (index === 0 && from === 3));
  return shown
    .map(([amount, unit]) =>
      new Intl.NumberFormat(currentLanguage(), {
        style: 'unit',
        unit,
        unitDisplay: 'short',
      }).format(amount),
    )
    .join(' ');
}

/** A number with the digit grouping of the language. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(currentLanguage()).format(value);
}

/** Bytes as KB or MB with one digit. */
export function formatBytes(bytes: number): string {
  const [value, unit] =
    bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(value);
}
