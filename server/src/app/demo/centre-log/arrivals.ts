import { DAY, dayCurve, dayFactor, dayNumberOf, HOUR, ZONE } from './calendar.ts';
import { mix } from './random.ts';
import type { Draws } from './random.ts';

export const STEP = HOUR / 2;

export type Span = { from: number; until: number };
/** When contacts come: never in hours of the day at which nobody is there for them. */
export type Calls = Span & { contacts: number; isOpen: (hour: number) => boolean };

/** Days differ by some per cent beyond what calendars tell. */
const noiseOf = (seed: number, day: number): number =>
  1 + 0.14 * (mix(seed, day) / 4_294_967_296 - 0.5);

/** How busy half an hour of the day is: between the hours the curve is straight. */
function halfHourWeight(half: number): number {
  const hour = half >> 1;
  const beside = half % 2 === 0 ? (hour + 23) % 24 : (hour + 1) % 24;
  return 0.75 * (dayCurve[hour] ?? 1) + 0.25 * (dayCurve[beside] ?? 1);
}

/** A fifth more at the end than at the beginning. */
const GROWTH = 0.2;

const hourOf = (at: number): number => Math.floor(((((at + ZONE) % DAY) + DAY) % DAY) / HOUR);

function weights({ from, until, isOpen }: Calls, seed: number): Float64Array {
  const steps = new Float64Array(Math.ceil((until - from) / STEP));
  const factors = new Map<number, number>();
  for (let step = 0; step < steps.length; step += 1) {
    const at = from + step * STEP;
    const day = dayNumberOf(at);
    const factor = factors.get(day) ?? dayFactor(day) * noiseOf(seed, day);
    factors.set(day, factor);
    if (!isOpen(hourOf(at))) continue;
    const half = Math.floor(((((at + ZONE) % DAY) + DAY) % DAY) / STEP);
    const length = Math.min(STEP, until - at) / STEP;
    steps[step] = factor * halfHourWeight(half) * length * (1 + (GROWTH * step) / steps.length);
  }
  return steps;
}

/** The half hours of a span and how many of its contacts arrive in each. */
export function* halfHours(
  calls: Calls,
  seed: number,
): Generator<{ at: number; length: number; count: number; hour: number }> {
  const { from, until, contacts } = calls;
  const steps = weights(calls, seed);
  const total = steps.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  let made = 0;
  for (let step = 0; step < steps.length; step += 1) {
    passed += steps[step] ?? 0;
    // The last sum may fall short of the whole by what floating point loses.
    const due = passed >= total * (1 - 1e-12) ? contacts : Math.floor((contacts * passed) / total);
    const at = from + step * STEP;
    const length = Math.min(STEP, until - at);
    yield { at, length, count: due - made, hour: hourOf(at) };
    made = due;
  }
}

/** `count` instants in order within a half hour, as independent callers make them; whole seconds, in ms. */
export function instants(
  { at, length, count }: { at: number; length: number; count: number },
  draws: Draws,
): number[] {
  const gaps: number[] = [];
  let sum = 0;
  for (let nth = 0; nth <= count; nth += 1) gaps.push((sum += draws.exponential(1)));
  return gaps.slice(0, count).map((gap) => at + Math.floor((gap / sum) * (length / 1000)) * 1000);
}
