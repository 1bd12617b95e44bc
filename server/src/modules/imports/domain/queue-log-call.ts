import type { Channel } from '@yingda/contract';
import { namedEvent, ownText } from './model.ts';
import type { ForeignContact, NamedEvent, Row } from './model.ts';
import { channelTime } from './queue-log-line.ts';
import type { QueueLine } from './queue-log-line.ts';

/** A call that may go on. Plain data: it is stored when a followed log is left for later. */
export type OpenCall = {
  id: string;
  line: number;
  arrivedAt: number;
  queue: string;
  caller: string;
  events: NamedEvent[];
  /** Who talks to the caller, and since when. */
  agent: string;
  answeredAt: number | null;
  heldFrom: number | null;
  heldMs: number;
  isAnswered: boolean;
  /** How it ended if it does not come back into a queue. */
  ending: NamedEvent | null;
  lastAt: number;
};

const MAX_EVENTS = 500;

export function newCall(line: QueueLine, row: Row, arrivedAt: number): OpenCall {
  const queue = ownText(line.queue);
  return {
    id: ownText(line.callId),
    line: row.line,
    arrivedAt,
    queue,
    caller: '',
    events: [namedEvent('arrived', arrivedAt, { queue })],
    agent: '',
    answeredAt: null,
    heldFrom: null,
    heldMs: 0,
    isAnswered: false,
    ending: null,
    lastAt: line.at,
  };
}

/** Adds an event, unless somebody keeps calling without end. */
export function push(call: OpenCall, event: NamedEvent): void {
  if (call.events.length < MAX_EVENTS) call.events.push(event);
}

/** An agent has the call from now on. */
export function answer(call: OpenCall, agent: string, at: number): void {
  call.agent = agent;
  call.answeredAt = at;
  call.isAnswered = true;
  call.ending = null;
  call.heldFrom = null;
  call.heldMs = 0;
}

/** What the agent's part came to; Asterisk's talk time has the holding in it. */
export function talkOf(call: OpenCall, at: number, saidMs: number | null): Record<string, number> {
  if (call.heldFrom !== null) call.heldMs += Math.max(0, at - call.heldFrom);
  const whole = saidMs ?? (call.answeredAt === null ? 0 : at - call.answeredAt);
  const data: Record<string, number> = { talkMs: Math.max(0, whole - call.heldMs) };
  if (call.heldMs > 0) data.holdMs = call.heldMs;
  return data;
}

function outcomeOf({ isAnswered, ending }: OpenCall): ForeignContact['outcome'] {
  if (isAnswered) return 'answered';
  if (!ending) return 'open';
  return ending.type === 'blocked' ? 'blocked' : 'abandoned';
}

/** The contact as far as it has come. */
export function contactOfCall(call: OpenCall, channel: Channel): ForeignContact {
  const { ending } = call;
  return {
    key: call.id,
    idAt: channelTime(call.id) ?? call.arrivedAt,
    arrivedAt: call.arrivedAt,
    channel,
    topic: '',
    type: '',
    tier: '',
    customer: call.caller,
    outcome: outcomeOf(call),
    events: ending ? [...call.events, ending] : call.events,
    line: call.line,
  };
}
