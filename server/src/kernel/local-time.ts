/** Where an instant falls in a zone's local calendar. */
export type LocalTime = {
  /** Days since 1970-01-01 of the local date. */
  day: number;
  /** Minutes since local midnight, 0–1439. */
  minute: number;
};

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

// Making a formatter costs fifty times as much as using one.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}

/** Whether this runtime knows the IANA zone. Bare offsets such as `+08:00` are none: they have no clock changes. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The local clock's reading, as if it were UTC, in milliseconds since 1970. */
function readingAt(timeZone: string, at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Local date and time of day of an instant (milliseconds since 1970). */
export function localTime(timeZone: string, at: number): LocalTime {
  const reading = readingAt(timeZone, at);
  const day = Math.floor(reading / DAY_MS);
  return { day, minute: Math.floor((reading - day * DAY_MS) / MINUTE_MS) };
}

/** How far the local clock is ahead of UTC, in milliseconds. */
export function offsetAt(timeZone: string, at: number): number {
  return readingAt(timeZone, at) - Math.floor(at / 1000) * 1000;
}

/** The instant, to the millisecond, at which the offset between two instants changes; null when it is the same at both. */
export function clockChangeBetween(timeZone: string, from: number, to: number): number | null {
  const before = offsetAt(timeZone, from);
  if (offsetAt(timeZone, to) === before) return null;
  let [same, changed] = [from, to];
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (offsetAt(timeZone, middle) === before) same = middle;
    else changed = middle;
  }
  return changed;
}
