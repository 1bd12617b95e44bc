import type { Attributes, Fact, LogEvent } from './fact.ts';
import { inOrder } from './order.ts';
import { closePart, hold, newPart, resume, segmentOf, stateFigures, wrap } from './parts.ts';
import type { Part } from './parts.ts';
import { newReading, stopRinging, stopWaiting } from './reading.ts';
import type { Ending, Reading } from './reading.ts';
import { numberIn } from './stated.ts';

/** Shorter waits are those of a router at work, not of a queue. */
const SHORTEST_WAIT_MS = 1_000;

const isOpen = (part: Part): boolean => part.untilMs === null;

/** The part of this agent (0: of whoever) that began last; an open one before a finished one. */
function partOf(r: Reading, agent: number): Part | null {
  let found: Part | null = null;
  for (const part of r.parts) {
    if (agent !== 0 && part.agent !== agent) continue;
    if (!found || isOpen(part) || !isOpen(found)) found = part;
  }
  return found;
}

/** The same; begins one when an agent acts whose accepting stands in no line: the log began in mid-call. */
function partActing(r: Reading, event: LogEvent): Part | null {
  const found = partOf(r, event.agent);
  if (found || event.agent === 0 || event.byBot) return found;
  if (r.parts.length > 0) return null;
  const talked = numberIn(event.data.talkMs);
  const before = (talked ?? 0) + (numberIn(event.data.holdMs) ?? 0);
  const from = talked === null ? r.firstAt : Math.max(r.firstAt, event.at - before);
  stopWaiting(r, { ...event, at: from }, 0);
  return answer(r, event, from);
}

function answer(r: Reading, event: LogEvent, from: number): Part {
  const part = newPart(event.agent, event.queue || r.queue, from);
  r.parts.push(part);
  if (!r.isAnswered) {
    r.isAnswered = true;
    r.answerQueue = part.queue;
  }
  r.ending = 'none';
  return part;
}

function closeAll(r: Reading, at: number): void {
  for (const part of r.parts) if (isOpen(part)) closePart(part, at);
}

function queued(r: Reading, event: LogEvent): void {
  if (r.waitingFrom !== null) stopWaiting(r, { ...event, data: {} }, 0);
  closeAll(r, event.at);
  r.withBot = false;
  r.wasQueued = true;
  r.waitingFrom = event.at;
  r.ending = 'none';
}

function answeredByBot(r: Reading, event: LogEvent, rang: number | null): void {
  stopWaiting(r, event, 0);
  if (!r.isAnswered && !r.withBot) r.ringMs ??= rang;
  r.withBot = true;
  r.ending = 'none';
}

/** Waiting and ringing end with the first answer by a person. */
function firstAnswered(r: Reading, event: LogEvent, rang: number | null): void {
  if (rang !== null && !r.withBot) r.ringMs ??= r.rungMs;
  stopWaiting(r, event, 0);
  r.isAtOnce = !r.wasRefused && r.waitMs - (rang ?? 0) < SHORTEST_WAIT_MS;
}

function accepted(r: Reading, event: LogEvent): void {
  const rang = stopRinging(r, event);
  if (event.byBot) {
    answeredByBot(r, event, rang);
    return;
  }
  const same = partOf(r, event.agent);
  if (same && isOpen(same)) {
    stateFigures(same, event.data);
    return;
  }
  if (!r.isAnswered) firstAnswered(r, event, rang);
  const part = answer(r, event, event.at);
  part.ringMs = rang;
  stateFigures(part, event.data);
}

function refused(r: Reading, event: LogEvent): void {
  stopRinging(r, event);
  r.wasRefused = true;
  if (event.agent !== 0) (event.type === 'declined' ? r.declined : r.unanswered).push(event.agent);
}

function transferred(r: Reading, event: LogEvent): void {
  if (event.byBot) {
    r.withBot = false;
    return;
  }
  const part = partActing(r, event);
  if (part) {
    part.isTransferred = true;
    if (isOpen(part)) closePart(part, event.at);
    stateFigures(part, event.data);
  }
  if (event.agent === 0) closeAll(r, event.at);
}

/** Over with nobody having answered: whoever still waits in a queue has waited until now. */
function unanswered(r: Reading, event: LogEvent): void {
  const begin = r.arrivedAt < 0 ? r.firstAt : r.arrivedAt;
  const isWaiting = !r.withBot && !r.wasQueued && event.type !== 'blocked';
  // Of a contact that ends twice, the wait until the first end is counted already.
  stopWaiting(r, event, isWaiting ? Math.max(0, event.at - begin - r.waitMs) : 0);
}

const endings: Partial<Record<LogEvent['type'], Ending>> = {
  ended: 'ended',
  solved: 'solved',
  abandoned: 'abandoned',
  blocked: 'blocked',
};

function finished(r: Reading, event: LogEvent): void {
  if (event.byBot) r.withBot = true;
  const isUnanswered = event.type === 'abandoned' || event.type === 'blocked';
  const part = isUnanswered ? null : partActing(r, event);
  if (part) stateFigures(part, event.data);
  closeAll(r, event.at);
  if (event.type === 'solved') r.isSolved = true;
  if (r.ending === 'none' && !r.isAnswered) unanswered(r, event);
  // Solved says more than ended, given up more than either.
  if (r.ending === 'none' || r.ending === 'ended') r.ending = endings[event.type] ?? r.ending;
}

const steps: Record<LogEvent['type'], (r: Reading, event: LogEvent) => void> = {
  arrived: (r, event) => {
    if (r.arrivedAt < 0) r.arrivedAt = event.at;
  },
  queued,
  offered: (r, { agent, at }) => {
    r.offers.push({ agent, at });
  },
  declined: refused,
  no_answer: refused,
  accepted,
  transferred,
  held: (r, event) => hold(partActing(r, event), event.at),
  resumed: (r, event) => resume(partActing(r, event), event.at),
  wrap_up_started: (r, event) => wrap(partActing(r, event), event),
  wrap_up_ended: (r, event) => wrap(partActing(r, event), event),
  ended: finished,
  solved: finished,
  abandoned: finished,
  blocked: finished,
  reopened: (r) => {
    r.ending = 'none';
    r.isSolved = false;
  },
};

function outcomeOf(r: Reading): Fact['outcome'] {
  if (r.isAnswered) return 'answered';
  if (r.ending === 'abandoned' || r.ending === 'blocked') return r.ending;
  if (r.ending === 'none') return 'open';
  if (r.withBot) return 'self_served';
  // Somebody solved it without taking it; ended with nobody there, the customer got no answer.
  return r.ending === 'solved' ? 'answered' : 'abandoned';
}

const isQueued = (r: Reading): boolean =>
  !r.isAtOnce && r.waitMs >= SHORTEST_WAIT_MS && (r.wasQueued || r.queue !== 0);

/**
 * What a contact counts for, from its events in any order and its attributes. Whatever the log states (`waitMs`,
 * `ringMs`, `talkMs`, `holdMs`, `wrapMs` in an event's data) goes before what the times say.
 */
export function factOf(events: readonly LogEvent[], attributes: Attributes): Fact {
  const ordered = inOrder(events);
  const r = newReading(ordered[0]?.at ?? 0);
  for (const event of ordered) {
    if (event.queue !== 0) r.queue = event.queue;
    steps[event.type](r, event);
  }
  const { channel, topic, type, tier, customer } = attributes;
  return {
    channel,
    topic,
    type,
    tier,
    customer,
    arrivedAt: r.arrivedAt < 0 ? r.firstAt : r.arrivedAt,
    outcome: outcomeOf(r),
    queue: r.isAnswered ? r.answerQueue : r.queue,
    isQueued: isQueued(r),
    waitMs: Math.max(0, Math.round(r.waitMs)),
    ringMs: r.ringMs === null ? null : Math.max(0, Math.round(r.ringMs)),
    isSolved: r.isSolved,
    segments: r.parts.map(segmentOf),
    declined: r.declined,
    unanswered: r.unanswered,
  };
}
