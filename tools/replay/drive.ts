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
  /** Waits until every timer has fired that is due on the simulated clock; it may have to let some time pass. */
  settle: (pass: (ms: number) => Promise<void>) => Promise<void>;
  /** Simulated time by which an alarm may come late, or a deed. */
  grainMs: number;
  atOnce: number;
  /** Asked before an order is recorded; once it is not so, only those recorded live on. */
  isOpen?: () => boolean;
  /** Called when a deed has begun; the next one waits for it. */
  progress?: (done: number, of: number) => void | Promise<void>;
};
/** What was done with an order, and between which readings of the simulated clock. */
export type Performed = Deed & { from: number; to: number };
export type Lived = { life: Life; performed: Performed[]; order: OrderView };

type Step = { life: Life; deed: Deed; nth: number };
/** An order that somebody has in hand, and the time that it must not become before they are done. */
type InHand = { until: number; done: Promise<void> };

const inOrder = (lives: Life[]): Step[] =>
  lives
    .flatMap((life) => life.deeds.map((deed, nth) => ({ life, deed, nth })))
    .toSorted((a, b) => a.deed.at - b.deed.at || a.nth - b.nth);

/**
 * Deeds begin in the order of their times and go on side by side. Time passes meanwhile, as it does for people, but two
 * things are kept apart whose order nobody could tell afterwards: an alarm, and a deed that may prevent it.
 */
class Replay {
  readonly #how: Driving;
  readonly #standing = new Map<Life, Standing>();
  readonly #performed = new Map<Life, Performed[]>();
  /** When the next alarm of an order was to come after the last deed on it. */
  readonly #alarmAt = new Map<Life, number>();
  readonly #inHand = new Map<Life, InHand>();
  #settledAt = 0;
  #failure: { error: unknown } | null = null;

  constructor(how: Driving) {
    this.#how = how;
  }

  async #set(at: number): Promise<void> {
    for (;;) {
      const first = [...this.#inHand.values()].find(({ until }) => until <= at);
      if (!first) break;
      await first.done;
    }
    await this.#how.clock.set(at);
  }

  readonly #settle = (): Promise<void> =>
    this.#how.settle((ms) => this.#set(this.#how.clock.now() + ms));

  async #firstAlarm(until: number): Promise<number | null> {
    const { rows } = await this.#how.pool.query<{ due_at: Date | null }>(
      `select min(due_at) as due_at from timer where kind = 'order.alarm' and due_at <= $1`,
      [new Date(until).toISOString()],
    );
    return rows[0]?.due_at?.getTime() ?? null;
  }

  /** Lets the time pass until an instant; alarms on the way are given in their own grain of time. */
  async #passTo(at: number): Promise<void> {
    const { grainMs } = this.#how;
    if (at - this.#settledAt >= grainMs) {
      for (;;) {
        const next = await this.#firstAlarm(at);
        if (next === null) break;
        await this.#set(Math.min(at, Math.ceil(next / grainMs) * grainMs));
        await this.#settle();
      }
      this.#settledAt = at;
    }
    await this.#set(at);
  }

  /** The next alarm of an order as it stands; never when there is none. */
  async #nextAlarm(view: OrderView): Promise<number> {
    const { rows } = await this.#how.pool.query<{ due_at: Date }>(
      `select due_at from timer where kind = 'order.alarm' and key = $1`,
      [view.visits.at(-1)?.id ?? ''],
    );
    return rows[0]?.due_at.getTime() ?? Infinity;
  }

  /** Whatever was to come of an order by now has come. Gives when its next alarm will. */
  async #caughtUp(life: Life): Promise<number> {
    const { clock } = this.#how;
    const view = this.#standing.get(life)?.view;
    let next = this.#alarmAt.get(life) ?? Infinity;
    while (view && next <= clock.now()) {
      await this.#settle();
      next = await this.#nextAlarm(view);
    }
    return next;
  }

  async #do({ life, deed }: Step): Promise<void> {
    const { centre, clock } = this.#how;
    const from = clock.now();
    const standing = this.#standing.get(life) ?? null;
    const now = await doDeed(centre, { life, deed, standing });
    this.#standing.set(life, now);
    const all = this.#performed.get(life) ?? [];
    all.push({ ...deed, from, to: clock.now() });
    this.#performed.set(life, all);
    this.#alarmAt.set(life, await this.#nextAlarm(now.view));
  }

  /** Begins a deed as soon as a pair of hands is free for it. */
  async #begin(step: Step): Promise<void> {
    const { life, deed } = step;
    while (this.#inHand.size >= this.#how.atOnce) {
      await Promise.race([...this.#inHand.values()].map(({ done }) => done));
    }
    await this.#inHand.get(life)?.done;
    await this.#passTo(deed.at);
    const alarmAt = await this.#caughtUp(life);
    const { clock, grainMs } = this.#how;
    const until = Math.min(alarmAt, clock.now() + grainMs);
    const done = this.#do(step).finally(() => this.#inHand.delete(life));
    this.#inHand.set(life, { until, done });
    // Whoever waits next for hands, or for the end, hears of a failure.
    done.catch((error: unknown) => (this.#failure ??= { error }));
  }

  async run(lives: Life[]): Promise<Lived[]> {
    const { isOpen, progress } = this.#how;
    const steps = inOrder(lives);
    const refused = new Set<Life>();
    for (const [at, step] of steps.entries()) {
      if (step.nth === 0 && isOpen?.() === false) refused.add(step.life);
      if (!refused.has(step.life)) await this.#begin(step);
      await progress?.(at + 1, steps.length);
      if (this.#failure) break;
    }
    await Promise.allSettled([...this.#inHand.values()].map(({ done }) => done));
    if (this.#failure) throw this.#failure.error;
    return lives
      .filter((life) => !refused.has(life))
      .map((life) => {
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
