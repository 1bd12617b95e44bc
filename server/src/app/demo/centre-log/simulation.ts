import type { Channel, Outcome } from '@yingda/contract';
import { halfHours, instants, STEP } from './arrivals.ts';
import type { Span } from './arrivals.ts';
import { DAY } from './calendar.ts';
import type { CentreSpec, QueueSpec } from './centre.ts';
import { drawsOf, picker } from './random.ts';
import type { Draws } from './random.ts';
import { openShare, Roster } from './staffing.ts';
import type { Shift, SignedIn } from './staffing.ts';

/** A contact of the log. Times in whole seconds, places of queues, agents and types in the centre's lists; -1: none. */
export type LoggedContact = {
  number: number;
  /** ms */
  arrivedAt: number;
  channel: Channel;
  queue: number;
  agent: number;
  type: number;
  topic: number;
  customer: number;
  outcome: Exclude<Outcome, 'open'>;
  waitS: number;
  /** Before any answer, by a person or the voice menu, and no part of the wait. Null where nothing rings. */
  ringS: number | null;
  talkS: number;
  holdS: number;
  wrapS: number;
  isSolved: boolean;
  /** Who took it over from the agent, and for how long. */
  passedOn: { queue: number; agent: number; waitS: number; talkS: number; wrapS: number } | null;
};

export type LogPlan = Span & { centre: CentreSpec; contacts: number; seed: number };

/** Somebody who will come again with the same matter. */
type Again = { customer: number; queue: number; type: number; topic: number };
type Arrival = Again & { at: number };

/** Of those who have to wait at all; they mostly dialled wrongly. */
const BALKED = 0.04;
const REDIALS = 0.45;
const UNSOLVED_AGAIN = 0.55;
const SOLVED_AGAIN = 0.025;
/** Calls that may wait for each agent of a queue; the next one hears the busy tone. */
const PLACES_PER_AGENT = 0.4;
const LEAST_PLACES = 4;

/** Everything that changes while the days go by. */
class Simulation {
  readonly roster: Roster;
  readonly #plan: LogPlan;
  readonly #draws: Draws;
  readonly #pickQueue: ((draw: number) => number)[];
  readonly #pickType: (draw: number) => number;
  /** When those who wait in each queue will leave it, ms. */
  readonly #leaving: number[][];
  readonly #again = new Map<number, Again[]>();
  #due: Again[] = [];

  constructor(plan: LogPlan) {
    const { centre, seed, from } = plan;
    const draws = drawsOf(seed);
    this.#plan = plan;
    this.#draws = draws;
    this.roster = new Roster(centre, { from, draws });
    this.#pickQueue = Array.from({ length: 24 }, (_, hour) =>
      picker(centre.queues.map((queue) => openShare(queue, hour))),
    );
    this.#pickType = picker(centre.types.map(({ share }) => share));
    this.#leaving = centre.queues.map(() => []);
  }

  *run(): Generator<LoggedContact> {
    let number = 0;
    const { centre, contacts, from, until, seed } = this.#plan;
    const isOpen = (hour: number): boolean =>
      centre.queues.some((queue) => openShare(queue, hour) > 0);
    for (const half of halfHours({ contacts, from, until, isOpen }, seed)) {
      this.#begin(half.at, half.hour);
      for (const at of instants(half, this.#draws))
        yield this.#contact((number += 1), this.#arrival(at, half.hour));
    }
  }

  #begin(at: number, hour: number): void {
    const step = Math.floor(at / STEP);
    const due = [...this.#due, ...(this.#again.get(step) ?? [])];
    this.#again.delete(step);
    this.#due = [];
    for (const one of due) {
      const queue = this.#plan.centre.queues[one.queue];
      if (queue && openShare(queue, hour) > 0) this.#due.push(one);
      else this.#later(one, at + STEP);
    }
  }

  #later(one: Again, at: number): void {
    const step = Math.floor(at / STEP);
    const there = this.#again.get(step);
    if (there) there.push(one);
    else this.#again.set(step, [one]);
  }

  #arrival(at: number, hour: number): Arrival {
    const { next } = this.#draws;
    const again = this.#due.length > 0 && next() < 0.5 ? this.#due.pop() : undefined;
    if (again) return { ...again, at };
    const { centre } = this.#plan;
    const type = this.#pickType(next());
    const topics = centre.types[type]?.topics.length ?? 1;
    return {
      at,
      // Few call often, many rarely.
      customer: Math.floor(centre.customers * next() ** 1.7),
      queue: this.#pickQueue[hour]?.(next()) ?? 0,
      type,
      topic: Math.floor(topics * next() * next() ** 0.3),
    };
  }

  #contact(number: number, arrival: Arrival): LoggedContact {
    const { centre } = this.#plan;
    const { next, exponential } = this.#draws;
    const { at, queue, type, topic, customer } = arrival;
    const channel = this.#channelOf(queue);
    const isVoice = channel === 'voice';
    const contact: LoggedContact = {
      number,
      arrivedAt: at,
      channel,
      queue,
      agent: -1,
      type,
      topic,
      customer,
      outcome: 'self_served',
      waitS: 0,
      ringS: isVoice ? 2 + Math.min(40, Math.floor(exponential(8))) : null,
      talkS: 0,
      holdS: 0,
      wrapS: 0,
      isSolved: false,
      passedOn: null,
    };
    if (isVoice && next() < centre.selfServed) contact.queue = -1;
    else this.#enterQueue(contact);
    this.#comeAgain(contact, arrival);
    return contact;
  }

  #channelOf(queue: number): Channel {
    const channels = this.#plan.centre.queues[queue]?.channels ?? [];
    const only = channels.length < 2 ? channels[0] : undefined;
    if (only) return only[0];
    const pick = picker(channels.map(([, share]) => share));
    return channels[pick(this.#draws.next())]?.[0] ?? 'voice';
  }

  /** The agent of a queue who is free first; of several the one idle longest. */
  #firstFree(queue: QueueSpec | undefined, at: number): { agent: number; from: number } {
    let [agent, from, idleSince] = [-1, Infinity, Infinity];
    for (const one of queue?.agents ?? []) {
      const free = this.roster.availableFrom(one, at);
      const since = this.roster.freeAt[one] ?? 0;
      if (free > from || (free === from && since >= idleSince)) continue;
      [agent, from, idleSince] = [one, free, since];
    }
    return { agent, from };
  }

  #enterQueue(contact: LoggedContact): void {
    const { arrivedAt: at } = contact;
    const queue = this.#plan.centre.queues[contact.queue];
    const { agent, from } = this.#firstFree(queue, at);
    const waitS = Math.ceil((from - at) / 1000);
    if (waitS > 0 && this.#isFull(contact.queue, at)) {
      contact.outcome = 'blocked';
      contact.ringS = null;
      return;
    }
    const patience = waitS > 0 ? this.#patience(contact.channel) : Infinity;
    contact.waitS = Math.min(waitS, patience);
    if (waitS > 0) this.#leaving[contact.queue]?.push(at + contact.waitS * 1000);
    if (patience < waitS) contact.outcome = 'abandoned';
    else this.#serve(contact, agent);
  }

  #patience(channel: Channel): number {
    const { next, weibull } = this.#draws;
    if (next() < BALKED) return 1 + Math.floor(5 * next());
    return Math.ceil(weibull(channel === 'voice' ? 210 : 330, 0.9));
  }

  #isFull(queue: number, at: number): boolean {
    const places = (this.#plan.centre.queues[queue]?.agents.length ?? 0) * PLACES_PER_AGENT;
    const most = Math.max(LEAST_PLACES, Math.ceil(places));
    const leaving = this.#leaving[queue] ?? [];
    if (leaving.length < most) return false;
    const waiting = leaving.filter((until) => until > at);
    this.#leaving[queue] = waiting;
    return waiting.length >= most;
  }

  #serve(contact: LoggedContact, agent: number): void {
    const { next, lognormal } = this.#draws;
    const type = this.#plan.centre.types[contact.type];
    if (!type) return;
    contact.outcome = 'answered';
    contact.agent = agent;
    const isPassedOn = next() < type.transferShare;
    const talk = lognormal(type.talk * (isPassedOn ? 0.6 : 1), 0.72);
    contact.talkS = Math.max(4, Math.round(talk));
    if (next() < type.heldShare) contact.holdS = 2 + Math.round(lognormal(type.hold, 0.8));
    contact.wrapS = Math.round(lognormal(type.wrapUp, 0.6));
    const until = contact.arrivedAt + (contact.waitS + contact.talkS + contact.holdS) * 1000;
    this.roster.freeAt[agent] = until + contact.wrapS * 1000;
    contact.isSolved = next() < type.solvedShare;
    if (isPassedOn) this.#passOn(contact, until);
  }

  #passOn(contact: LoggedContact, at: number): void {
    const { next, lognormal } = this.#draws;
    const { queues, types } = this.#plan.centre;
    const queue = Math.floor(next() * queues.length);
    const { agent, from } = this.#firstFree(queues[queue], at);
    const waitS = Math.ceil((from - at) / 1000);
    // Nobody there soon enough: the agent keeps it.
    if (agent < 0 || agent === contact.agent || waitS > 120) return;
    const type = types[contact.type];
    const talkS = Math.max(4, Math.round(lognormal((type?.talk ?? 200) * 0.8, 0.7)));
    const wrapS = Math.round(lognormal(type?.wrapUp ?? 30, 0.6));
    contact.passedOn = { queue, agent, waitS, talkS, wrapS };
    this.roster.freeAt[agent] = from + (talkS + wrapS) * 1000;
  }

  #comeAgain({ outcome, isSolved }: LoggedContact, arrival: Arrival): void {
    const { next, exponential } = this.#draws;
    const { at, ...again } = arrival;
    if (outcome === 'abandoned' || outcome === 'blocked') {
      if (next() < REDIALS) this.#later(again, at + STEP + exponential(20 * 60_000));
    } else if (next() < (isSolved ? SOLVED_AGAIN : UNSOLVED_AGAIN)) {
      this.#later(again, at + HALF_DAY + exponential(2.2 * DAY));
    }
  }
}

const HALF_DAY = DAY / 2;

export type CentreLog = {
  contacts: Generator<LoggedContact>;
  /** Sign-in times and shifts since the last time they were taken; ahead of the contacts by a shift. */
  takeTimes(): { signedIn: SignedIn[]; shifts: Shift[] };
};

/**
 * The log of a centre: contacts in order of arrival whose waits follow from who is there and what they have to do. The
 * same for the same plan; memory does not grow with it.
 */
export function simulateCentre(plan: LogPlan): CentreLog {
  const simulation = new Simulation(plan);
  const { roster } = simulation;
  return {
    contacts: simulation.run(),
    takeTimes: () => ({ signedIn: roster.signedIn.splice(0), shifts: roster.shifts.splice(0) }),
  };
}
