import { dayCurve, DAY, HOUR, startOfDay, weekdayOf } from './calendar.ts';
import { centreOf, hire } from './centre.ts';
import type { CentreSpec, QueueSpec, TypeSpec } from './centre.ts';
import type { Draws } from './random.ts';

/** When shifts may begin, in hours of the day. */
const starts = [6.5, 7.5, 8, 9, 10, 11, 12, 13, 13.75, 15.5, 22, 23];
const LENGTH = 8.5;
const LUNCH_AFTER = 4;
const LUNCH = 0.75;
/** Days off of one agent and the next: Mondays are busiest, so few are off then. 0: Sunday. */
const daysOff = [
  [6, 0],
  [6, 0],
  [0, 1],
  [5, 6],
  [2, 3],
  [3, 4],
  [4, 5],
] as const;
const WORKED = 5 / 7;
/** For less than so many hours a day nobody is hired. */
const LEAST_HOURS = 1.5;
/** How much more is staffed than the mean load; the root keeps small queues from being too thin. */
const SPARE = 1.13;
const SAFETY = 0.55;
const ABSENT = 0.035;

const handleSeconds = ({ talk, wrapUp, heldShare, hold }: TypeSpec): number =>
  talk + wrapUp + heldShare * hold;

/** Seconds that an agent is taken by a contact, on average over the types. */
export function meanHandleSeconds(types: readonly TypeSpec[]): number {
  const shares = types.reduce((sum, { share }) => sum + share, 0);
  return types.reduce((sum, type) => sum + type.share * handleSeconds(type), 0) / shares;
}

const isOpen = ({ open: [from, until] }: QueueSpec, hour: number): boolean =>
  hour >= from && hour < until;
export const openShare = (queue: QueueSpec, hour: number): number =>
  isOpen(queue, hour) ? queue.share : 0;

/** Agents needed at once in each hour of an ordinary day. At night the queues that are open get all there is. */
function needed(perDay: number, queue: QueueSpec, { queues, types }: CentreSpec): number[] {
  const total = dayCurve.reduce((sum, weight) => sum + weight, 0);
  const seconds = meanHandleSeconds(types);
  return dayCurve.map((weight, hour) => {
    const open = queues.reduce((sum, one) => sum + openShare(one, hour), 0);
    const load = (perDay * (weight / total) * (openShare(queue, hour) / open) * seconds) / 3600;
    return load * SPARE + SAFETY * Math.sqrt(load);
  });
}

/** Share of an hour that a shift covers. */
function covers(start: number, hourOfDay: number): number {
  const hour = hourOfDay + 24 < start + LENGTH ? hourOfDay + 24 : hourOfDay;
  if (hour + 1 <= start || hour >= start + LENGTH) return 0;
  const lunch = start + LUNCH_AFTER;
  const inside = Math.min(hour + 1, start + LENGTH) - Math.max(hour, start);
  const away = Math.max(0, Math.min(hour + 1, lunch + LUNCH) - Math.max(hour, lunch));
  return inside - away;
}

/** What a shift adds where somebody is missing, in hours a day; and how even it makes what is missing. */
function valueOf(start: number, missing: readonly number[], need: readonly number[]) {
  let [hours, evenness] = [0, 0];
  for (let hour = 0; hour < 24; hour += 1) {
    const short = Math.max(missing[hour] ?? 0, 0);
    const added = Math.min(short, covers(start, hour) * WORKED);
    hours += added;
    evenness += (short ** 2 - (short - added) ** 2) / Math.max(need[hour] ?? 0, 0.3);
  }
  return { start, hours, evenness };
}

/** When the shifts of a queue begin: as many of them as are worth it. */
function planShifts(need: readonly number[]): number[] {
  const missing = [...need];
  const shifts: number[] = [];
  for (;;) {
    const [best] = starts
      .map((start) => valueOf(start, missing, need))
      .toSorted((a, b) => b.evenness - a.evenness);
    if (!best || best.hours < LEAST_HOURS) return shifts.length > 0 ? shifts : [9];
    for (let hour = 0; hour < 24; hour += 1)
      missing[hour] = (missing[hour] ?? 0) - covers(best.start, hour) * WORKED;
    shifts.push(best.start);
  }
}

/** Queues with fewer agents share them. */
const ALONE = 9;
const FEWEST = 60;

/** A centre with 20 queues, or fewer when that few contacts come, staffed for its load. */
export function staffedCentre(contactsPerDay: number): CentreSpec {
  const queues = Math.max(3, Math.ceil(contactsPerDay / FEWEST));
  const centre = centreOf(contactsPerDay, queues);
  for (const queue of centre.queues) {
    const shifts = planShifts(needed(contactsPerDay, queue, centre));
    queue.agents = shifts.map((start) => hire(centre, start));
  }
  const small = centre.queues.filter(({ agents }) => agents.length < ALONE);
  const shared = small.flatMap(({ agents }) => agents);
  for (const queue of small) queue.agents = shared;
  return centre;
}

export type SignedIn = {
  agent: number;
  state: 'ready' | 'break';
  from: number;
  until: number;
  reason: string | null;
};
export type Shift = { agent: number; from: number; until: number };

/** Who works when. Sign-in times and shifts are left in `signedIn` and `shifts` for the caller to take away. */
export class Roster {
  readonly signedIn: SignedIn[] = [];
  readonly shifts: Shift[] = [];
  /** When each agent has finished the last contact, ms. */
  readonly freeAt: Float64Array;
  readonly #starts: number[];
  readonly #day: Int32Array;
  /** Begin and end of the time before lunch and after it. */
  readonly #times: Float64Array;
  readonly #draws: Draws;

  constructor(centre: CentreSpec, { from, draws }: { from: number; draws: Draws }) {
    const { agents, starts: begins } = centre;
    this.#draws = draws;
    this.#starts = begins;
    this.freeAt = new Float64Array(agents.length);
    this.#day = new Int32Array(agents.length).fill(Math.floor((from - startOfDay(0)) / DAY) - 2);
    this.#times = new Float64Array(agents.length * 4);
  }

  /** The first instant from `at` on (ms) at which the agent is signed in and has nothing to do. */
  availableFrom(agent: number, at: number): number {
    const times = this.#times;
    const place = agent * 4;
    const free = Math.max(this.freeAt[agent] ?? 0, at);
    for (;;) {
      for (let part = place; part < place + 4; part += 2) {
        const from = times[part] ?? 0;
        if (free < from) return from;
        if (free < (times[part + 1] ?? 0)) return free;
      }
      this.#planNext(agent);
    }
  }

  /** The next day on which the agent comes to work. */
  #planNext(agent: number): void {
    const off = daysOff[agent % daysOff.length] ?? daysOff[0];
    for (;;) {
      const day = (this.#day[agent] ?? 0) + 1;
      this.#day[agent] = day;
      const weekday = weekdayOf(day);
      if (off[0] === weekday || off[1] === weekday) continue;
      const from = startOfDay(day) + (this.#starts[agent] ?? 9) * HOUR;
      this.shifts.push({ agent, from, until: from + LENGTH * HOUR });
      if (this.#draws.next() < ABSENT) continue;
      this.#work(agent, from);
      return;
    }
  }

  #late(): number {
    const { next, exponential } = this.#draws;
    return next() < 0.08 ? exponential(900_000) : exponential(70_000);
  }

  #work(agent: number, from: number): void {
    const lunch = from + LUNCH_AFTER * HOUR;
    const times = [
      from + this.#late(),
      lunch + this.#late(),
      lunch + LUNCH * HOUR + this.#late(),
      from + LENGTH * HOUR - this.#late() / 2,
    ].map((at) => Math.round(at / 1000) * 1000);
    // Who comes back very late has no time left after lunch.
    for (let at = 1; at < 4; at += 1) times[at] = Math.max(times[at] ?? 0, times[at - 1] ?? 0);
    this.#times.set(times, agent * 4);
    const [in1 = 0, out1 = 0, in2 = 0, out2 = 0] = times;
    this.signedIn.push(
      { agent, state: 'ready', from: in1, until: out1, reason: null },
      { agent, state: 'break', from: out1, until: in2, reason: '午餐' },
      { agent, state: 'ready', from: in2, until: out2, reason: null },
    );
  }
}
