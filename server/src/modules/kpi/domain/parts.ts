import type { LogEvent, Segment } from './fact.ts';
import { numberIn } from './stated.ts';

/** A segment while events are read: beside its times what the log states of them. */
export type Part = {
  agent: number;
  queue: number;
  fromMs: number;
  untilMs: number | null;
  isTransferred: boolean;
  ringMs: number | null;
  isHeld: boolean;
  holdMs: number;
  heldFrom: number | null;
  wrapFromMs: number | null;
  wrapUntilMs: number | null;
  wrapMs: number;
  wrappingFrom: number | null;
  statedTalkMs: number | null;
  statedHoldMs: number | null;
  statedWrapMs: number | null;
};

export const newPart = (agent: number, queue: number, fromMs: number): Part => ({
  agent,
  queue,
  fromMs,
  untilMs: null,
  isTransferred: false,
  ringMs: null,
  isHeld: false,
  holdMs: 0,
  heldFrom: null,
  wrapFromMs: null,
  wrapUntilMs: null,
  wrapMs: 0,
  wrappingFrom: null,
  statedTalkMs: null,
  statedHoldMs: null,
  statedWrapMs: null,
});

export function stateFigures(part: Part, data: Record<string, unknown>): void {
  part.statedTalkMs = numberIn(data.talkMs) ?? part.statedTalkMs;
  part.statedHoldMs = numberIn(data.holdMs) ?? part.statedHoldMs;
  part.statedWrapMs = numberIn(data.wrapMs) ?? part.statedWrapMs;
}

export function hold(part: Part | null, at: number): void {
  if (!part || part.untilMs !== null) return;
  part.isHeld = true;
  part.heldFrom ??= at;
}

export function resume(part: Part | null, at: number): void {
  if (!part || part.heldFrom === null) return;
  part.holdMs += at - part.heldFrom;
  part.heldFrom = null;
}

/** The agent has let go of the contact; a hold that nobody ended ends with it. */
export function closePart(part: Part, at: number): void {
  resume(part, at);
  part.untilMs = at;
}

/** Wrap-up begins or ends; it also ends the talk, should the log not have told. */
export function wrap(part: Part | null, event: LogEvent): void {
  if (!part) return;
  stateFigures(part, event.data);
  if (event.type === 'wrap_up_started') {
    if (part.untilMs === null) closePart(part, event.at);
    part.wrapFromMs ??= event.at;
    part.wrappingFrom ??= event.at;
    part.wrapUntilMs = null;
    return;
  }
  if (part.untilMs === null) {
    closePart(part, Math.max(part.fromMs, event.at - (numberIn(event.data.wrapMs) ?? 0)));
  }
  const from = part.wrappingFrom ?? part.wrapUntilMs ?? part.untilMs ?? event.at;
  part.wrapFromMs ??= from;
  part.wrapMs += event.at - from;
  part.wrapUntilMs = event.at;
  part.wrappingFrom = null;
}

const whole = (ms: number): number => Math.max(0, Math.round(ms));

/** When the wrap-up was; one of which only the length is known follows the talk. */
function wrapTimes(part: Part, untilMs: number | null) {
  const { statedWrapMs, wrapUntilMs, wrapFromMs } = part;
  if (statedWrapMs === null || wrapUntilMs !== null || untilMs === null) {
    return { wrapFromMs, wrapUntilMs };
  }
  const from = wrapFromMs ?? untilMs;
  return { wrapFromMs: from, wrapUntilMs: from + statedWrapMs };
}

/** The segment of a part, once all events are read. */
export function segmentOf(part: Part): Segment {
  const { statedTalkMs: talk, fromMs, ringMs } = part;
  const holdMs = whole(part.statedHoldMs ?? part.holdMs);
  const untilMs = part.untilMs ?? (talk === null ? null : fromMs + talk + holdMs);
  const span = (untilMs ?? fromMs) - fromMs;
  const { wrapFromMs, wrapUntilMs } = wrapTimes(part, untilMs);
  return {
    agent: part.agent,
    queue: part.queue,
    fromMs,
    untilMs,
    talkMs: whole(talk ?? span - holdMs),
    holdMs,
    isHeld: part.isHeld || holdMs > 0,
    wrapFromMs,
    wrapUntilMs,
    wrapMs: whole(part.statedWrapMs ?? part.wrapMs),
    isTransferred: part.isTransferred,
    ringMs: ringMs === null ? null : whole(ringMs),
  };
}
