import type { ContactEventType } from '@yingda/contract';
import type { LogEvent } from '../../modules/kpi/index.ts';
import type { LoggedContact } from './centre-log/index.ts';

/** Members of the reports, by the places in the centre's lists. */
export type Places = { queues: number[]; agents: number[] };

type Doing = { at: number; queue: number; agent: number };

function event(type: ContactEventType, { at, queue, agent }: Doing, data = {}): LogEvent {
  return { type, at, queue, agent, byBot: false, data };
}

/** Half of the holding lies in the middle of the talk; gives what the agent did until the talk was over. */
function talk(from: Doing, { talkS, holdS }: { talkS: number; holdS: number }): LogEvent[] {
  if (holdS === 0) return [];
  const at = from.at + Math.round(talkS / 2) * 1000;
  return [event('held', { ...from, at }), event('resumed', { ...from, at: at + holdS * 1000 })];
}

function wrapUp(over: Doing, wrapS: number): LogEvent[] {
  if (wrapS === 0) return [];
  const until = { ...over, at: over.at + wrapS * 1000 };
  return [event('wrap_up_started', over), event('wrap_up_ended', until)];
}

function passedOn(contact: LoggedContact, over: Doing, places: Places): LogEvent[] {
  const to = contact.passedOn;
  if (!to) return [];
  const queue = places.queues[to.queue] ?? 0;
  const next = { at: over.at + to.waitS * 1000, queue, agent: places.agents[to.agent] ?? 0 };
  const end = { ...next, at: next.at + to.talkS * 1000 };
  return [
    event('transferred', over),
    event('queued', { at: over.at, queue, agent: 0 }),
    event('accepted', next),
    event(contact.isSolved ? 'solved' : 'ended', end),
    ...wrapUp(end, to.wrapS),
  ];
}

function served(contact: LoggedContact, places: Places): LogEvent[] {
  const { arrivedAt, waitS, ringS, talkS, holdS, wrapS } = contact;
  const queue = places.queues[contact.queue] ?? 0;
  const from = {
    at: arrivedAt + waitS * 1000,
    queue,
    agent: places.agents[contact.agent] ?? 0,
  };
  const over = { ...from, at: from.at + (talkS + holdS) * 1000 };
  const rang = ringS === null ? {} : { ringMs: ringS * 1000 };
  return [
    event('queued', { at: arrivedAt, queue, agent: 0 }),
    event('accepted', from, { waitMs: waitS * 1000, ...rang }),
    ...talk(from, contact),
    ...(contact.passedOn
      ? passedOn(contact, over, places)
      : [event(contact.isSolved ? 'solved' : 'ended', over)]),
    ...wrapUp(over, wrapS),
  ];
}

/** Instant of the last event of a contact, ms. */
export function endOf(events: readonly LogEvent[]): number {
  return Math.max(...events.map(({ at }) => at));
}

/** What happened to a contact, as the log of a centre tells it. */
export function eventsOf(contact: LoggedContact, places: Places): LogEvent[] {
  const { arrivedAt, outcome, waitS } = contact;
  const queue = places.queues[contact.queue] ?? 0;
  const arrived = event('arrived', { at: arrivedAt, queue: 0, agent: 0 });
  if (outcome === 'answered') return [arrived, ...served(contact, places)];
  if (outcome === 'self_served') {
    const bot = { at: arrivedAt, queue: 0, agent: 0 };
    const end = { ...bot, at: arrivedAt + 45_000 };
    return [
      arrived,
      { ...event('accepted', bot), byBot: true },
      { ...event('solved', end), byBot: true },
    ];
  }
  if (outcome === 'blocked') return [arrived, event('blocked', { at: arrivedAt, queue, agent: 0 })];
  return [
    arrived,
    event('queued', { at: arrivedAt, queue, agent: 0 }),
    event('abandoned', { at: arrivedAt + waitS * 1000, queue, agent: 0 }),
  ];
}
