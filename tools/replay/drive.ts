import type { Pool } from 'pg';
import type { OrderView } from '../../contract/src/index.ts';
import type { Centre } from './centre.ts';
import type { SimulatedClock } from './clock.ts';
import { doDeed } from './deeds.ts';
import type { Standing } from './deeds.ts';
import type { Deed, Life } from './plan.ts';

export type Driving = {
  centre: Centre;
  clock: SimulatedClock;
  pool: Pool;
  /** Waits until every timer has fired that is due on the simulated clock. */
  settle: () => Promise<void>;
  /** Simulated time that passes at once: timers within it fire at its end. */
  grainMs: number;
  atOnce: number;
  progress?: (done: number, of: number) => void;
};
/** What was done with an order, and between which readings of the simulated clock. */
export type Performed = Deed & { from: number; to: number };
export type Lived = { life: Life; performed: Performed[]; order: OrderView };

type Step = { life: Life; deed: Deed; nth: number };

const inOrder = (lives: Life[]): Step[] =>
  lives
    .flatMap((life) => life.deeds.map((deed, nth) => ({ life, deed, nth })))
    .toSorted((a, b) => a.deed.at - b.deed.at || a.nth - b.nth);

class Replay {
  readonly #how: Driving;
  readonly #standing = new Map<Life, Standing>();
  readonly #performed = new Map<Life, Performed[]>();
  readonly #byOrder = new Map<string, Life>();

  constructor(how: Driving) {
    this.#how = how;
  }

  /** Lets the time pass until an instant; alarms on the way are given in their own grain of time. */
  async passTo(at: number): Promise<void> {
    const { clock, settle, grainMs } = this.#how;
    for (;;) {
      const next = (await this.#alarms(at, 1))[0]?.at;
      if (next === undefined) break;
      await clock.set(Math.min(at, Math.ceil(next / grainMs) * grainMs));
      await settle();
    }
    await clock.set(at);
  }

  /** Alarms to come, the first ones first. */
  async #alarms(until: number, limit: number): Promise<{ at: number; orderId: string }[]> {
    const { rows } = await this.#how.pool.query<{ due_at: Date; order_id: string }>(
      `select due_at, payload ->> 'orderId' as order_id from timer
       where kind = 'order.alarm' and due_at <= $1 order by due_at limit $2`,
      [new Date(until).toISOString(), limit],
    );
    return rows.map(({ due_at: due, order_id: orderId }) => ({ at: due.getTime(), orderId }));
  }

  /**
   * How many of the next steps may be done side by side: within the grain, one of each order, and before an alarm of
   * any of these orders is due. Each then finds the world as it must be, whenever within the grain it is done.
   */
  async #together(steps: Step[], from: number): Promise<number> {
    const end = (steps[from]?.deed.at ?? 0) + this.#how.grainMs;
    const alarmOf = new Map<string, number>();
    for (const { at, orderId } of await this.#alarms(end, 10_000)) alarmOf.set(orderId, at);
    const lives = new Set<Life>();
    let firstAlarm = Infinity;
    // The clock that all of them read may be as far as the last of them.
    const isFree = ({ deed, life }: Step): boolean => {
      if (deed.at > end || lives.has(life)) return false;
      const id = this.#standing.get(life)?.id ?? '';
      firstAlarm = Math.min(firstAlarm, alarmOf.get(id) ?? Infinity);
      return deed.at < firstAlarm;
    };
    let count = 0;
    for (let step = steps[from]; step && isFree(step); step = steps[from + count]) {
      lives.add(step.life);
      count += 1;
    }
    return Math.max(count, 1);
  }

  async #do({ life, deed }: Step): Promise<void> {
    const { centre, clock } = this.#how;
    await clock.set(deed.at);
    const from = clock.now();
    const url = centre.urls[Math.floor(Math.random() * centre.urls.length)] ?? '';
    const standing = this.#standing.get(life) ?? null;
    const now = await doDeed(centre, { life, deed, standing }, url);
    this.#standing.set(life, now);
    this.#byOrder.set(now.id, life);
    const all = this.#performed.get(life) ?? [];
    this.#performed.set(life, [...all, { ...deed, from, to: clock.now() }]);
  }

  async #doAll(steps: Step[]): Promise<void> {
    const waiting = [...steps];
    const caller = async (): Promise<void> => {
      for (let step = waiting.shift(); step; step = waiting.shift()) await this.#do(step);
    };
    await Promise.all(Array.from({ length: this.#how.atOnce }, caller));
  }

  async run(lives: Life[]): Promise<Lived[]> {
    const steps = inOrder(lives);
    const { progress, settle } = this.#how;
    for (let at = 0; at < steps.length;) {
      await this.passTo(steps[at]?.deed.at ?? 0);
      await settle();
      const count = await this.#together(steps, at);
      await this.#doAll(steps.slice(at, at + count));
      at += count;
      progress?.(at, steps.length);
    }
    return lives.map((life) => {
      const standing = this.#standing.get(life);
      if (!standing) throw new Error(`request ${life.request.key} was never recorded`);
      return { life, performed: this.#performed.get(life) ?? [], order: standing.view };
    });
  }
}

/** Lives all these lives on the simulated clock; gives what was done and each order as its last answer showed it. */
export function replay(how: Driving, lives: Life[]): Promise<Lived[]> {
  return new Replay(how).run(lives);
}
