// Working time, counted the plain way: minute after minute, by what a clock on the wall shows. Nothing of the product is
// imported here, or a mistake in it could hide behind itself.

export type Hours = {
  timeZone: string;
  /** Seven entries, Monday first; minutes of the day. */
  week: { from: number; to: number }[][];
  specialDays: { date: string; periods: { from: number; to: number }[] }[];
};
/** Epoch milliseconds and milliseconds throughout. */
export type Plain = {
  /** The first instant by which so much working time has passed since `from`. */
  after(from: number, ms: number): number;
  worked(from: number, to: number): number;
};

const MINUTE = 60_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Hours of the day and night. */
export const roundTheClock: Plain = {
  after: (from, ms) => from + Math.max(ms, 0),
  worked: (from, to) => to - from,
};

type Wall = { date: string; weekday: number; minute: number };

/** What a clock on the wall shows at each minute of a stretch of time. */
function wallClock(timeZone: string): (at: number) => Wall {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const of = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
    return {
      date: `${of('year')}-${of('month')}-${of('day')}`,
      weekday: WEEKDAYS.indexOf(of('weekday')),
      minute: Number(of('hour')) * 60 + Number(of('minute')),
    };
  };
}

function isWorked({ week, specialDays }: Hours, { date, weekday, minute }: Wall): boolean {
  const special = specialDays.find((day) => day.date === date);
  const periods = special ? special.periods : (week[weekday] ?? []);
  return periods.some(({ from, to }) => minute >= from && minute < to);
}

/** Nowhere are clocks set forward or back but at a quarter of an hour. */
const QUARTER = 15;

/** Walks all minutes from one instant (a whole quarter of an hour) to another and remembers which are worked. */
export function countMinutes(hours: Hours, from: number, to: number): Plain {
  const read = wallClock(hours.timeZone);
  const minutes = (to - from) / MINUTE;
  const worked = new Uint8Array(minutes);
  /** How many worked minutes lie before each. */
  const before = new Float64Array(minutes + 1);
  let shown = read(from);
  for (let at = 0; at < minutes; at += 1) {
    if (at % QUARTER === 0) shown = read(from + at * MINUTE);
    const wall = { ...shown, minute: shown.minute + (at % QUARTER) };
    worked[at] = isWorked(hours, wall) ? 1 : 0;
    before[at + 1] = (before[at] ?? 0) + (worked[at] ?? 0);
  }
  /** Working time from the beginning to an instant. */
  const until = (instant: number): number => {
    const at = Math.floor((instant - from) / MINUTE);
    if (at < 0 || at >= minutes)
      throw new Error(`${new Date(instant).toISOString()} is not walked`);
    const rest = worked[at] === 1 ? instant - from - at * MINUTE : 0;
    return (before[at] ?? 0) * MINUTE + rest;
  };
  return {
    worked: (one, other) => until(other) - until(one),
    after(start, ms) {
      if (ms <= 0) return start;
      const wanted = until(start) + ms;
      // The first minute by whose end enough has been worked.
      let [low, high] = [0, minutes - 1];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if ((before[middle + 1] ?? 0) * MINUTE >= wanted) high = middle;
        else low = middle + 1;
      }
      if ((before[low + 1] ?? 0) * MINUTE < wanted) throw new Error('beyond what was walked');
      return from + low * MINUTE + (wanted - (before[low] ?? 0) * MINUTE);
    },
  };
}
