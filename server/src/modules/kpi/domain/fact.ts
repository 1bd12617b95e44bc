import type { Channel, ContactEventType, Outcome } from '@yingda/contract';

/** One event of a contact as the counting sees it: members instead of ids and names, times in epoch milliseconds. */
export type LogEvent = {
  type: ContactEventType;
  at: number;
  /** `kpi_member` of the queue and of the agent; 0: none. */
  queue: number;
  agent: number;
  byBot: boolean;
  data: Record<string, unknown>;
};

/** What is known of a contact beside its events; 0 and '' where nothing is. */
export type Attributes = {
  channel: Channel;
  topic: number;
  type: number;
  tier: string;
  /** A hash of who called; 0: unknown. */
  customer: number;
};

/** The part one agent had in a contact. Times in epoch milliseconds, null while it goes on. */
export type Segment = {
  agent: number;
  /** Queue the agent got it from. */
  queue: number;
  fromMs: number;
  untilMs: number | null;
  talkMs: number;
  holdMs: number;
  isHeld: boolean;
  wrapFromMs: number | null;
  wrapUntilMs: number | null;
  wrapMs: number;
  isTransferred: boolean;
  /** Ringing at this agent before this part; null when not known. */
  ringMs: number | null;
};

/** What a contact counts for; see the README of the module for each figure. */
export type Fact = Attributes & {
  arrivedAt: number;
  outcome: Outcome;
  /** Where it was answered or given up; else the last queue it was in. */
  queue: number;
  isQueued: boolean;
  /** In queues until the first answer by a person, or until it was given up. */
  waitMs: number;
  /** Before any answer, by a person or a machine; null when not known. */
  ringMs: number | null;
  isSolved: boolean;
  segments: Segment[];
  /** Offers that came to nothing, by agent. */
  declined: number[];
  unanswered: number[];
};
