import type { LogEvent } from './fact.ts';
import type { Part } from './parts.ts';
import { numberIn } from './stated.ts';

export type Ending = 'none' | 'ended' | 'solved' | 'abandoned' | 'blocked';

/** What is known of a contact while its events are read one after the other. */
export type Reading = {
  firstAt: number;
  arrivedAt: number;
  queue: number;
  answerQueue: number;
  /** In a queue since; null when in none. */
  waitingFrom: number | null;
  /** Placed in a queue, or the log states a wait. */
  wasQueued: boolean;
  waitMs: number;
  /** Answered by the first who was asked, with no wait before it rang. */
  isAtOnce: boolean;
  isAnswered: boolean;
  withBot: boolean;
  ringMs: number | null;
  /** Ringing so far, and the last stretch of it: several agents may ring at once. */
  rungMs: number;
  ringFrom: number;
  ringUntil: number;
  wasRefused: boolean;
  offers: { agent: number; at: number }[];
  parts: Part[];
  declined: number[];
  unanswered: number[];
  ending: Ending;
  isSolved: boolean;
};

export function newReading(firstAt: number): Reading {
  return {
    firstAt,
    arrivedAt: -1,
    queue: 0,
    answerQueue: 0,
    waitingFrom: null,
    wasQueued: false,
    waitMs: 0,
    isAtOnce: false,
    isAnswered: false,
    withBot: false,
    ringMs: null,
    rungMs: 0,
    ringFrom: -1,
    ringUntil: -1,
    wasRefused: false,
    offers: [],
    parts: [],
    declined: [],
    unanswered: [],
    ending: 'none',
    isSolved: false,
  };
}

/** Ends a stay in a queue: what the log states of it before what the times say. */
export function stopWaiting(r: Reading, event: LogEvent, ifNeverQueued: number): void {
  if (r.isAnswered) return;
  const derived = r.waitingFrom === null ? ifNeverQueued : event.at - r.waitingFrom;
  const stated = numberIn(event.data.waitMs);
  r.waitMs += stated ?? derived;
  if (stated !== null && stated > 0) r.wasQueued = true;
  r.waitingFrom = null;
}

/** The offer to this agent is over; how long it rang there, null when the log does not tell. */
export function stopRinging(r: Reading, event: LogEvent): number | null {
  let offeredAt: number | null = null;
  for (let i = r.offers.length - 1; i >= 0; i -= 1) {
    if (r.offers[i]?.agent === event.agent) {
      offeredAt ??= r.offers[i]?.at ?? null;
      r.offers.splice(i, 1);
    }
  }
  const rang = numberIn(event.data.ringMs) ?? (offeredAt === null ? null : event.at - offeredAt);
  if (rang !== null && !r.isAnswered && !r.withBot) addRinging(r, event.at - rang, event.at);
  return rang;
}

function addRinging(r: Reading, from: number, until: number): void {
  if (r.ringUntil < 0 || from > r.ringUntil) {
    r.rungMs += until - from;
    r.ringFrom = from;
  } else {
    r.rungMs += until - r.ringUntil + Math.max(0, r.ringFrom - from);
    r.ringFrom = Math.min(r.ringFrom, from);
  }
  r.ringUntil = until;
}
