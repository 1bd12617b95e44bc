import type { Channel } from '@yingda/contract';
import { repeatWindowsDays } from '@yingda/contract';
import type { Fact, Segment } from './fact.ts';
import { dayOf, stepOf } from './steps.ts';
import { agentSums, contactSums, edgeOf } from './sums.ts';
import type { AgentSum, ContactSum } from './sums.ts';

/** What a contact adds to a row; arrays may be shared between rows, so they are only read. */
export type HalfHourRow = {
  stepAt: number;
  queue: number;
  channel: Channel;
  type: number;
  sums: number[];
  /** First edge of the wait histogram that the wait does not exceed (their number: exceeds all); null: not answered. */
  answeredEdge: number | null;
  abandonedEdge: number | null;
};
export type DayRow = Omit<HalfHourRow, 'stepAt'> & { day: string; topic: number; tier: string };
export type AgentDayRow = {
  day: string;
  agent: number;
  queue: number;
  channel: Channel;
  topic: number;
  type: number;
  sums: number[];
};
export type Contributions = { halfHour: HalfHourRow; day: DayRow; agentDays: AgentDayRow[] };

export type CountingRules = {
  zone: string;
  /** Which of `recordNames` the log of the contact tells. */
  records: ReadonlySet<string>;
  /** Until the same customer's next contact on the same matter; null: none. */
  repeatGapMs: number | null;
};

const DAY_MS = 86_400_000;
const places = <N extends string>(names: readonly N[]): Record<N, number> =>
  Object.fromEntries(names.map((name, index) => [name, index])) as Record<N, number>;
const C: Record<ContactSum, number> = places(contactSums);
const A: Record<AgentSum, number> = places(agentSums);

// Copied for each contact: a third of the time it takes to make them anew.
const noContactSums: readonly number[] = contactSums.map(() => 0);
const noAgentSums: readonly number[] = agentSums.map(() => 0);

const isOver = ({ untilMs }: Segment): boolean => untilMs !== null;
const isWrapping = (segment: Segment): boolean =>
  segment.wrapFromMs !== null && segment.wrapUntilMs === null;

/** What is true of the contact as a whole, for its own row and for its agents' rows. */
type Whole = {
  isHandled: boolean;
  rung: boolean;
  fcr: { base: number; solved: number; repeats: readonly number[] };
};

const noRepeats: readonly number[] = repeatWindowsDays.map(() => 0);

function firstContactResolution(fact: Fact, isHandled: boolean, rules: CountingRules) {
  if (!isHandled || fact.customer === 0) return { base: 0, solved: 0, repeats: noRepeats };
  const isSolved = fact.isSolved || !rules.records.has('solved');
  if (!isSolved) return { base: 1, solved: 0, repeats: noRepeats };
  const gap = rules.repeatGapMs;
  const repeats =
    gap === null ? noRepeats : repeatWindowsDays.map((days) => (gap <= days * DAY_MS ? 1 : 0));
  return { base: 1, solved: 1, repeats };
}

function wholeOf(fact: Fact, rules: CountingRules): Whole {
  const isHandled =
    fact.outcome === 'answered' && fact.segments.length > 0 && fact.segments.every(isOver);
  return {
    isHandled,
    rung: fact.outcome === 'answered' && fact.ringMs !== null && rules.records.has('rings'),
    fcr: firstContactResolution(fact, isHandled, rules),
  };
}

/** Where the first contact resolution of a contact, or of its last agent, stands. */
type ResolutionPlaces = { base: number; solved: number; repeats: readonly number[] };
const resolutionPlaces = {
  contact: {
    base: C.fcrBase,
    solved: C.fcrSolved,
    repeats: repeatWindowsDays.map((days) => C[`repeat${days}`]),
  },
  agent: {
    base: A.fcrBase,
    solved: A.fcrSolved,
    repeats: repeatWindowsDays.map((days) => A[`repeat${days}`]),
  },
};

function addResolution(sums: number[], { fcr }: Whole, places: ResolutionPlaces): void {
  if (fcr.base === 0) return;
  sums[places.base] = fcr.base;
  sums[places.solved] = fcr.solved;
  if (fcr.repeats === noRepeats) return;
  for (let at = 0; at < fcr.repeats.length; at += 1) {
    sums[places.repeats[at] ?? 0] = fcr.repeats[at] ?? 0;
  }
}

/** Sums over the parts of all agents; only of contacts that are over, so that averages stay true while calls last. */
function addHandling(sums: number[], fact: Fact, records: ReadonlySet<string>): void {
  let [talk, held, wrap] = [0, 0, 0];
  let [isHeld, isTransferred, wraps] = [false, false, false];
  for (const segment of fact.segments) {
    talk += segment.talkMs;
    held += segment.holdMs;
    wrap += segment.wrapMs;
    isHeld ||= segment.isHeld;
    isTransferred ||= segment.isTransferred;
    wraps ||= isWrapping(segment);
  }
  sums[C.handled] = 1;
  sums[C.talkMs] = talk;
  sums[C.holdMs] = held;
  sums[C.wrapMs] = wrap;
  if (isHeld) sums[C.held] = 1;
  if (records.has('hold')) sums[C.holdKnown] = 1;
  if (records.has('wrap_up') && !wraps) sums[C.wrapKnown] = 1;
  if (isTransferred) sums[C.transferred] = 1;
  if (records.has('transfers')) sums[C.transferKnown] = 1;
  if (records.has('presence')) sums[C.timedHandled] = 1;
}

const outcomePlace: Record<Fact['outcome'], number> = {
  answered: C.answered,
  abandoned: C.abandoned,
  blocked: C.blocked,
  self_served: C.selfServed,
  open: C.open,
};

function contactRow(fact: Fact, whole: Whole, records: ReadonlySet<string>): number[] {
  const sums = noContactSums.slice();
  const { outcome, waitMs } = fact;
  sums[outcomePlace[outcome]] = 1;
  if (outcome !== 'open' && records.has('blocked')) sums[C.attempts] = 1;
  if (outcome === 'answered' || outcome === 'abandoned') {
    sums[outcome === 'answered' ? C.answerWaitMs : C.abandonWaitMs] = waitMs;
    if (fact.isQueued) {
      sums[C.queued] = 1;
      sums[C.queueWaitMs] = waitMs;
    }
  }
  if (whole.rung) {
    sums[C.rung] = 1;
    sums[C.ringMs] = fact.ringMs ?? 0;
  }
  if (whole.isHandled) addHandling(sums, fact, records);
  addResolution(sums, whole, resolutionPlaces.contact);
  return sums;
}

/** The rows of a contact's agents while they are made. */
type AgentRows = { fact: Fact; day: string; rows: AgentDayRow[] };

function agentSumsFor({ fact, day, rows }: AgentRows, agent: number, queue: number): number[] {
  for (const row of rows) if (row.agent === agent && row.queue === queue) return row.sums;
  const { channel, topic, type } = fact;
  const sums = noAgentSums.slice();
  rows.push({ day, agent, queue, channel, topic, type, sums });
  return sums;
}

const once = (sums: number[], place: number): void => {
  sums[place] = 1;
};
const add = (sums: number[], place: number, value: number): void => {
  sums[place] = (sums[place] ?? 0) + value;
};

function addSegment(sums: number[], segment: Segment, records: ReadonlySet<string>): void {
  add(sums, A.talkMs, segment.talkMs);
  add(sums, A.holdMs, segment.holdMs);
  add(sums, A.wrapMs, segment.wrapMs);
  if (segment.isHeld) once(sums, A.held);
  if (segment.isTransferred) once(sums, A.transferred);
  if (segment.ringMs !== null && records.has('rings')) {
    add(sums, A.rung, 1);
    add(sums, A.ringMs, segment.ringMs);
  }
}

/** What counts once for each agent of a contact, however many parts they had. */
function addOnce(
  sums: number[],
  agent: number,
  { fact, records }: { fact: Fact; records: ReadonlySet<string> },
): void {
  once(sums, A.handled);
  if (records.has('hold')) once(sums, A.holdKnown);
  if (records.has('transfers')) once(sums, A.transferKnown);
  if (records.has('presence')) once(sums, A.timedHandled);
  const wraps = fact.segments.some((one) => one.agent === agent && isWrapping(one));
  if (records.has('wrap_up') && !wraps) once(sums, A.wrapKnown);
}

/** Rows of one contact by agent and queue; what counts once for an agent stands in the row of the first part. */
function agentRows(
  fact: Fact,
  day: string,
  { whole, records }: { whole: Whole; records: ReadonlySet<string> },
): AgentDayRow[] {
  const made: AgentRows = { fact, day, rows: [] };
  const { segments } = fact;
  for (let index = 0; index < segments.length; index += 1) {
    const segment = segments[index];
    if (!segment) continue;
    const sums = agentSumsFor(made, segment.agent, segment.queue);
    if (index === 0) {
      once(sums, A.answered);
      add(sums, A.answerWaitMs, fact.waitMs);
    }
    if (!whole.isHandled) continue;
    addSegment(sums, segment, records);
    if (index === segments.length - 1) addResolution(sums, whole, resolutionPlaces.agent);
    const isFirst = segments.findIndex(({ agent }) => agent === segment.agent) === index;
    if (isFirst) addOnce(sums, segment.agent, { fact, records });
  }
  for (const agent of fact.declined) add(agentSumsFor(made, agent, fact.queue), A.declined, 1);
  for (const agent of fact.unanswered) add(agentSumsFor(made, agent, fact.queue), A.unanswered, 1);
  return made.rows;
}

/** The rows of the sums that a contact adds to, with what it adds. */
export function contributionsOf(fact: Fact, rules: CountingRules): Contributions {
  const { zone, records } = rules;
  const { queue, channel, type, topic, tier, arrivedAt, outcome } = fact;
  const whole = wholeOf(fact, rules);
  const sums = contactRow(fact, whole, records);
  const day = dayOf(zone, arrivedAt);
  const answeredEdge = outcome === 'answered' ? edgeOf(fact.waitMs) : null;
  const abandonedEdge = outcome === 'abandoned' ? edgeOf(fact.waitMs) : null;
  const waits = { sums, answeredEdge, abandonedEdge };
  return {
    halfHour: { stepAt: stepOf(zone, arrivedAt), queue, channel, type, ...waits },
    day: { day, queue, channel, topic, type, tier, ...waits },
    agentDays: agentRows(fact, day, { whole, records }),
  };
}
