export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** The centre lives in Shanghai: eight hours before UTC, without daylight saving. */
export const ZONE = 8 * HOUR;

/** How busy each hour of the day is, from midnight: a peak before noon, a lower one in the afternoon. */
export const dayCurve = [
  1.5, 1, 0.7, 0.6, 0.6, 1, 2.5, 8, 24, 43, 48, 42, 29, 33, 41, 43, 39, 33, 26, 25, 26, 20, 10, 4,
] as const;
/** From Sunday. */
const weekCurve = [0.72, 1.14, 1.06, 1.02, 1, 1.04, 0.82];
/** From January: quiet summers, a busy end of the year. */
const yearCurve = [1, 0.94, 1.02, 1, 0.99, 1.04, 0.93, 0.92, 0.98, 1, 1.1, 1.06];

type Season = { from: number; days: number; factor: number };
const season = (from: string, days: number, factor: number): Season => ({
  from: Math.floor(Date.parse(`${from}T00:00:00Z`) / DAY),
  days,
  factor,
});
const springFestivals = [
  '2022-01-31',
  '2023-01-21',
  '2024-02-09',
  '2025-01-28',
  '2026-02-16',
  '2027-02-05',
  '2028-01-25',
].flatMap((from) => {
  const start = season(from, 7, 0.42);
  return [start, { from: start.from + 7, days: 5, factor: 1.18 }];
});
/** Days of the year that come every year: holidays and the days of the big sales. */
const yearly: [monthDay: string, factor: number][] = [
  ['01-01', 0.6],
  ['05-01', 0.75],
  ['05-02', 0.8],
  ['05-03', 0.85],
  ['06-18', 1.35],
  ['06-19', 1.3],
  ['10-01', 0.65],
  ['10-02', 0.7],
  ['10-03', 0.75],
  ['10-04', 0.8],
  ['11-11', 1.4],
  ['11-12', 1.38],
  ['11-13', 1.25],
  ['12-12', 1.22],
];
const byMonthDay = new Map(yearly);

/** Number of the centre's day that an instant (ms) belongs to, counted from 1970-01-01. */
export const dayNumberOf = (at: number): number => Math.floor((at + ZONE) / DAY);
/** The instant at which a day begins for the centre. */
export const startOfDay = (day: number): number => day * DAY - ZONE;
/** 0: Sunday. */
export const weekdayOf = (day: number): number => (day + 4) % 7;
/** `2026-11-23` of a day. */
export const dateText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** How busy a day is beside others: week, season, holidays and sales. 1: an ordinary day. */
export function dayFactor(day: number): number {
  const text = dateText(day);
  const month = Number(text.slice(5, 7)) - 1;
  const festival = springFestivals.find(({ from, days }) => day >= from && day < from + days);
  const special = festival?.factor ?? byMonthDay.get(text.slice(5)) ?? 1;
  return (weekCurve[weekdayOf(day)] ?? 1) * (yearCurve[month] ?? 1) * special;
}
