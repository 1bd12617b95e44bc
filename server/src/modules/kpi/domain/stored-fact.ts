import type { Channel, Outcome } from '@yingda/contract';
import type { Fact, Segment } from './fact.ts';

/** A fact as `kpi_contact` keeps it; times in epoch milliseconds. */
export type StoredFact = {
  contactId: string;
  arrivedAt: number;
  channel: Channel;
  queue: number;
  topic: number;
  type: number;
  tier: string;
  /** Who answered first; 0: nobody. */
  agent: number;
  customer: number;
  outcome: Outcome;
  waitMs: number;
  talkMs: number;
  holdMs: number;
  wrapMs: number;
  ringMs: number | null;
  flags: number;
  parts: StoredParts | null;
};

/** What one row cannot tell: every part of the contact and the offers that came to nothing. */
export type StoredParts = {
  declined: number[];
  segments: StoredSegment[];
  unanswered: number[];
};
/** agent, queue, from, until, talk, hold, is held, wrap from, wrap until, wrap, is transferred, ring. */
export type StoredSegment = [
  agent: number,
  queue: number,
  fromMs: number,
  untilMs: number | null,
  talkMs: number,
  holdMs: number,
  isHeld: 0 | 1,
  wrapFromMs: number | null,
  wrapUntilMs: number | null,
  wrapMs: number,
  isTransferred: 0 | 1,
  ringMs: number | null,
];

/** Places of `kpi_contact.flags`. handled: answered by people who are all done with it. */
export const factFlags = { queued: 1, held: 2, transferred: 4, handled: 8, solved: 16 } as const;

/** The longest time a column holds, 24.8 days: a contact left open for months counts no more than that. */
const LONGEST_MS = 2_147_483_647;
const cut = (ms: number): number => Math.min(LONGEST_MS, Math.max(0, Math.round(ms)));
const cutOrNull = (ms: number | null): number | null => (ms === null ? null : cut(ms));

/** The fact with its times as whole milliseconds that the tables can hold: what is counted is what is kept. */
export function keptFact(fact: Fact): Fact {
  fact.waitMs = cut(fact.waitMs);
  fact.ringMs = cutOrNull(fact.ringMs);
  let left = LONGEST_MS;
  for (const segment of fact.segments) {
    segment.talkMs = Math.min(left, cut(segment.talkMs));
    left -= segment.talkMs;
    segment.holdMs = Math.min(left, cut(segment.holdMs));
    left -= segment.holdMs;
    segment.wrapMs = Math.min(left, cut(segment.wrapMs));
    left -= segment.wrapMs;
    segment.ringMs = cutOrNull(segment.ringMs);
  }
  return fact;
}

const storedSegment = (segment: Segment): StoredSegment => [
  segment.agent,
  segment.queue,
  segment.fromMs,
  segment.untilMs,
  segment.talkMs,
  segment.holdMs,
  segment.isHeld ? 1 : 0,
  segment.wrapFromMs,
  segment.wrapUntilMs,
  segment.wrapMs,
  segment.isTransferred ? 1 : 0,
  segment.ringMs,
];

/** One part by one agent, over, and nothing declined: the row itself tells it. */
function isPlain({ outcome, segments, declined, unanswered, queue, ringMs }: Fact): boolean {
  if (declined.length > 0 || unanswered.length > 0) return false;
  const [only] = segments;
  if (!only) return true;
  return (
    segments.length === 1 &&
    outcome === 'answered' &&
    only.queue === queue &&
    only.ringMs === ringMs &&
    only.untilMs !== null &&
    (only.wrapFromMs === null) === (only.wrapUntilMs === null)
  );
}

/** What the table keeps of a kept fact. */
export function storedFact(contactId: string, fact: Fact): StoredFact {
  const { segments } = fact;
  let [talkMs, holdMs, wrapMs, flags] = [0, 0, 0, 0];
  if (fact.isQueued) flags |= factFlags.queued;
  if (fact.isSolved) flags |= factFlags.solved;
  let isOver = fact.outcome === 'answered' && segments.length > 0;
  for (const segment of segments) {
    talkMs += segment.talkMs;
    holdMs += segment.holdMs;
    wrapMs += segment.wrapMs;
    if (segment.untilMs === null) isOver = false;
    if (segment.isHeld) flags |= factFlags.held;
    if (segment.isTransferred) flags |= factFlags.transferred;
  }
  if (isOver) flags |= factFlags.handled;
  return {
    contactId,
    arrivedAt: fact.arrivedAt,
    channel: fact.channel,
    queue: fact.queue,
    topic: fact.topic,
    type: fact.type,
    tier: fact.tier,
    agent: segments[0]?.agent ?? 0,
    customer: fact.customer,
    outcome: fact.outcome,
    waitMs: fact.waitMs,
    talkMs,
    holdMs,
    wrapMs,
    ringMs: fact.ringMs,
    flags,
    parts: isPlain(fact)
      ? null
      : {
          declined: fact.declined,
          segments: segments.map(storedSegment),
          unanswered: fact.unanswered,
        },
  };
}

const segmentOf = (stored: StoredSegment): Segment => ({
  agent: stored[0],
  queue: stored[1],
  fromMs: stored[2],
  untilMs: stored[3],
  talkMs: stored[4],
  holdMs: stored[5],
  isHeld: stored[6] === 1,
  wrapFromMs: stored[7],
  wrapUntilMs: stored[8],
  wrapMs: stored[9],
  isTransferred: stored[10] === 1,
  ringMs: stored[11],
});

/** The one part of a plain contact; its instants are near, its lengths exact. */
function onlySegment(row: StoredFact): Segment {
  const fromMs = row.arrivedAt + row.waitMs;
  const untilMs = fromMs + row.talkMs + row.holdMs;
  return {
    agent: row.agent,
    queue: row.queue,
    fromMs,
    untilMs,
    talkMs: row.talkMs,
    holdMs: row.holdMs,
    isHeld: (row.flags & factFlags.held) !== 0,
    wrapFromMs: row.wrapMs > 0 ? untilMs : null,
    wrapUntilMs: row.wrapMs > 0 ? untilMs + row.wrapMs : null,
    wrapMs: row.wrapMs,
    isTransferred: (row.flags & factFlags.transferred) !== 0,
    ringMs: row.ringMs,
  };
}

/** The fact that a row keeps; it has the same contributions as the one that was stored. */
export function factOfStored(row: StoredFact): Fact {
  const { parts } = row;
  const isHandled = (row.flags & factFlags.handled) !== 0;
  return {
    channel: row.channel,
    topic: row.topic,
    type: row.type,
    tier: row.tier,
    customer: row.customer,
    arrivedAt: row.arrivedAt,
    outcome: row.outcome,
    queue: row.queue,
    isQueued: (row.flags & factFlags.queued) !== 0,
    waitMs: row.waitMs,
    ringMs: row.ringMs,
    isSolved: (row.flags & factFlags.solved) !== 0,
    segments: parts ? parts.segments.map(segmentOf) : isHandled ? [onlySegment(row)] : [],
    declined: parts?.declined ?? [],
    unanswered: parts?.unanswered ?? [],
  };
}
