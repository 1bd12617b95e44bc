// What a deadline costs: two hours to seven days of working time ahead, and ten years, beside asking minute by minute
// whether it is open. `node bench/clocks.ts [--keep-result]`
import { parseArgs } from 'node:util';
import { isOpen } from '../server/src/modules/clocks/domain/opening-hours.ts';
import type { Hours } from '../server/src/modules/clocks/domain/opening-hours.ts';
import { workingCalendar } from '../server/src/modules/clocks/domain/working-time.ts';
import { busyness, saveResult, table } from './lib/report.ts';

const { values } = parseArgs({ options: { 'keep-result': { type: 'boolean', default: false } } });

const MOST_US = 20;
const MOST_TEN_YEARS_MS = 1;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WORKDAY = 7.5 * HOUR;
const LENGTHS = [2 * HOUR, WORKDAY, 2 * WORKDAY, 7 * WORKDAY];
const TEN_YEARS = 10 * 250 * WORKDAY;
const BEGIN = Date.UTC(2026, 0, 1);
const DEADLINES = 20_000;
const ROUNDS = 15;

const workday = [
  { from: 9 * 60, to: 12 * 60 },
  { from: 13 * 60 + 30, to: 18 * 60 },
];

/** An office with a lunch break, thirteen years of holidays of a week each quarter, and a Saturday made up for each. */
function office(timeZone: string): Hours {
  const dates = (year: number, month: number, days: number[]) =>
    days.map((day) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
  const specialDays = Array.from({ length: 13 }, (_, index) => 2025 + index).flatMap((year) =>
    [2, 5, 8, 10].flatMap((month) => [
      ...dates(year, month, [1, 2, 3, 4, 5, 6, 7]).map((date) => ({ date, periods: [] })),
      ...dates(year, month, [14]).map((date) => ({ date, periods: workday })),
    ]),
  );
  return {
    timeZone,
    week: [workday, workday, workday, workday, workday, [], []],
    specialDays: specialDays.map((day) => ({ ...day, name: '' })),
  };
}

/** Starts spread over two years at whole minutes, the same in each run. */
const startOf = (nth: number): number => BEGIN + ((nth * 7_919) % (2 * 365 * 24 * 60)) * MINUTE;
const lengthOf = (nth: number): number => LENGTHS[nth % LENGTHS.length] ?? HOUR;

function plainly(hours: Hours, from: number, ms: number): number {
  let [at, left] = [from, ms];
  for (; left > 0; at += MINUTE) if (isOpen(hours, new Date(at))) left -= MINUTE;
  return at;
}

const medianOf = (values_: number[]): number =>
  values_.toSorted((a, b) => a - b)[Math.floor(values_.length / 2)] ?? 0;
const round = (value: number): number => Math.round(value * 100) / 100;

function perCall(calls: number, work: (nth: number) => unknown): number {
  const start = performance.now();
  for (let nth = 0; nth < calls; nth += 1) work(nth);
  return (performance.now() - start) / calls;
}

function measure(timeZone: string) {
  const hours = office(timeZone);
  const newZone = perCall(1, () => workingCalendar(hours).add(BEGIN, TEN_YEARS));
  const calendar = workingCalendar(hours);
  const deadline = (nth: number) => calendar.add(startOf(nth), lengthOf(nth));
  const rounds = Array.from({ length: ROUNDS }, () => perCall(DEADLINES, deadline));
  const plain = perCall(20, (nth) => {
    const [from, ms] = [startOf(nth), lengthOf(nth)];
    if (plainly(hours, from, ms) !== calendar.add(from, ms))
      throw new Error(`${timeZone}: ${new Date(from).toISOString()} + ${ms} ms differs`);
  });
  const first = Array.from({ length: ROUNDS }, () =>
    perCall(1, () => workingCalendar(hours).add(BEGIN, TEN_YEARS)),
  );
  const kept = Array.from({ length: ROUNDS }, () =>
    perCall(100, (nth) => calendar.add(startOf(nth), TEN_YEARS)),
  );
  return {
    timeZone,
    deadlineUs: round(medianOf(rounds) * 1000),
    plainUs: round(plain * 1000),
    ratio: Math.round(plain / medianOf(rounds)),
    tenYearsMs: round(medianOf(kept)),
    tenYearsFirstMs: round(medianOf(first)),
    newZoneMs: round(newZone),
  };
}

const before = busyness();
const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];
const measured = zones.map(measure);
process.stdout.write(`${table(measured)}\n`);
if (values['keep-result']) saveResult('clocks', { busyBefore: before, zones: measured });
const isHeld = measured.every(
  ({ deadlineUs, tenYearsFirstMs }) =>
    deadlineUs <= MOST_US && tenYearsFirstMs <= MOST_TEN_YEARS_MS,
);
process.exitCode = isHeld ? 0 : 1;
