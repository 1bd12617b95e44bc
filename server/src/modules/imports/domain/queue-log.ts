import type { Channel } from '@yingda/contract';
import { namedEvent, ownText } from './model.ts';
import type { Assembler, ForeignContact, ForeignPresence, NamedEvent, Row, Sink } from './model.ts';
import { channelTime, millisAt, readQueueLine, secondsAt } from './queue-log-line.ts';
import type { QueueLine } from './queue-log-line.ts';
import { presenceKeeper, presenceVerbs } from './queue-log-presence.ts';
import type { KeptAgent } from './queue-log-presence.ts';
import { queueTotals } from './queue-log-totals.ts';
import type { Tally } from './tally.ts';
import type { ToUtc } from './zone.ts';

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

/** A call that came to its end may come back into a queue (transferred, or sent on by the dial plan) within this time. */
const LINGER_MS = 300_000;
/** A call without a line for so long has lost its end. */
const STALE_MS = 24 * 3_600_000;
const MAX_OPEN = 50_000;
const MAX_EVENTS = 500;
const SWEEP_LINES = 500;

const ignored = new Set(
  'DID INFO CUSTOM CONFIGRELOAD PENALTY RINGCANCELED QUEUESTART CALLSTATUS CALLOUTBOUND ADDMEMBERFAILED REMOVEMEMBERFAILED REALTIME'.split(
    ' ',
  ),
);
const leaving: Record<string, { place: number; reason: string }> = {
  ABANDON: { place: 2, reason: 'hung_up' },
  EXITWITHTIMEOUT: { place: 2, reason: 'timeout' },
  EXITEMPTY: { place: 2, reason: 'queue_emptied' },
  EXITWITHKEY: { place: 3, reason: 'key' },
};
const transfers: Record<string, { talk: number }> = {
  TRANSFER: { talk: 3 },
  BLINDTRANSFER: { talk: 3 },
  ATTENDEDTRANSFER: { talk: 3 },
};

function newCall(line: QueueLine, row: Row, arrivedAt: number): OpenCall {
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

function outcomeOf(call: OpenCall, ending: NamedEvent | null): ForeignContact['outcome'] {
  if (call.isAnswered) return 'answered';
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
    outcome: outcomeOf(call, ending),
    events: ending ? [...call.events, ending] : call.events,
    line: call.line,
  };
}

export type QueueLogOptions = {
  toUtc: ToUtc;
  channel: Channel;
  withPresence: boolean;
  /** There are several files, which may overlap. */
  hasMoreFiles?: boolean;
  /** What was known when reading stopped, for a followed log. */
  kept?: { calls: OpenCall[]; agents: KeptAgent[] };
  /** Hears of each call that a line changed. */
  touched?: (call: OpenCall) => void;
};

export type QueueLogAssembler = Assembler & {
  totals: ReturnType<typeof queueTotals>;
  /** Lines held back until the next one are read now. */
  flush(): void;
  /** Calls that ended long ago are given away now. */
  sweepNow(): void;
  /** Who is signed in and goes on to be. */
  openPresence(): ForeignPresence[];
  openCalls(): OpenCall[];
  agents(): KeptAgent[];
};

export function queueLogAssembler(
  options: QueueLogOptions,
  sink: Sink,
  tally: Tally,
): QueueLogAssembler {
  const { toUtc, channel, kept } = options;
  const calls = new Map((kept?.calls ?? []).map((call) => [call.id, call]));
  const totals = queueTotals();
  const presence = presenceKeeper((span) => sink.presence(span), kept?.agents);
  let held: Row | null = null;
  let now = 0;
  let untilSweep = SWEEP_LINES;
  const repeated = repeatedLines();
  /** Agents taken out of a queue by command. */
  const removed = new Set<string>();
  const memberOf = ({ queue, agent }: QueueLine): string => `${queue}\u0000${agent}`;

  const give = (call: OpenCall): void => {
    calls.delete(call.id);
    sink.contact(contactOfCall(call, channel));
  };

  /** Gives away what ended long ago; calls stand in the order of their first line. */
  const sweep = (row: Row | null): void => {
    for (const call of calls.values()) {
      if (call.ending && now - call.lastAt > LINGER_MS) give(call);
      else if (now - call.lastAt > STALE_MS) {
        tally.trap('call_never_ended', row);
        give(call);
      } else if (calls.size > MAX_OPEN) {
        tally.trap('too_many_open_calls', row);
        give(call);
      }
    }
  };

  const push = (call: OpenCall, event: NamedEvent): void => {
    if (call.events.length < MAX_EVENTS) call.events.push(event);
  };

  /** The call of a line; one whose beginning is not in the log is begun so much earlier. */
  const callOf = (line: QueueLine, row: Row, beforeMs: number): OpenCall => {
    const known = calls.get(line.callId);
    if (known) return known;
    tally.trap('began_before_log', row);
    const arrivedAt = line.at - beforeMs;
    const call = newCall(line, row, arrivedAt);
    call.events.push(namedEvent('queued', arrivedAt, { queue: call.queue }));
    calls.set(call.id, call);
    return call;
  };

  const connect = (line: QueueLine, row: Row): void => {
    const waitMs = secondsAt(line, 0);
    const ringMs = secondsAt(line, 2);
    const call = callOf(line, row, waitMs ?? 0);
    const agent = ownText(line.agent);
    const { queue } = call;
    if (ringMs !== null) push(call, namedEvent('offered', line.at - ringMs, { queue, agent }));
    const data: Record<string, number> = {};
    if (ringMs !== null) data.ringMs = ringMs;
    if (waitMs !== null) data.waitMs = waitMs;
    push(call, namedEvent('accepted', line.at, { queue, agent, data }));
    Object.assign(call, { agent, answeredAt: line.at, isAnswered: true, ending: null });
    Object.assign(call, { heldFrom: null, heldMs: 0 });
  };

  /** What the agent's part came to; Asterisk's talk time has the holding in it. */
  const figures = (call: OpenCall, at: number, saidMs: number | null): Record<string, number> => {
    if (call.heldFrom !== null) call.heldMs += Math.max(0, at - call.heldFrom);
    const whole = saidMs ?? (call.answeredAt === null ? 0 : at - call.answeredAt);
    const data: Record<string, number> = { talkMs: Math.max(0, whole - call.heldMs) };
    if (call.heldMs > 0) data.holdMs = call.heldMs;
    return data;
  };

  const complete = (line: QueueLine, row: Row): void => {
    const [waitMs, talkMs] = [secondsAt(line, 0), secondsAt(line, 1)];
    const isKnown = calls.has(line.callId);
    const call = callOf(line, row, (waitMs ?? 0) + (talkMs ?? 0));
    if (!isKnown) connectEarlier(call, line, talkMs ?? 0, waitMs);
    const agent = ownText(line.agent);
    const data = { ...figures(call, line.at, talkMs), assumed: true };
    call.ending = namedEvent('solved', line.at, { queue: call.queue, agent, data });
    call.answeredAt = null;
  };

  const connectEarlier = (
    call: OpenCall,
    line: QueueLine,
    talkMs: number,
    waitMs: number | null,
  ) => {
    const data = waitMs === null ? {} : { waitMs };
    const at = line.at - talkMs;
    push(call, namedEvent('accepted', at, { queue: call.queue, agent: ownText(line.agent), data }));
    Object.assign(call, { agent: ownText(line.agent), answeredAt: at, isAnswered: true });
  };

  const transfer = (line: QueueLine, row: Row, place: number): void => {
    const [waitMs, talkMs] = [secondsAt(line, place - 1), secondsAt(line, place)];
    const isKnown = calls.has(line.callId);
    const call = callOf(line, row, (waitMs ?? 0) + (talkMs ?? 0));
    if (!isKnown) connectEarlier(call, line, talkMs ?? 0, waitMs);
    const agent = ownText(line.agent);
    const data = {
      ...figures(call, line.at, talkMs),
      to: ownText((line.data[0] ?? '').slice(0, 80)),
    };
    push(call, namedEvent('transferred', line.at, { queue: call.queue, agent, data }));
    call.ending = namedEvent('ended', line.at, { queue: call.queue });
    call.answeredAt = null;
  };

  const leave = (
    line: QueueLine,
    row: Row,
    { place, reason }: { place: number; reason: string },
  ): void => {
    const waitMs = secondsAt(line, place);
    const call = callOf(line, row, waitMs ?? 0);
    const data: Record<string, number | string> = { reason };
    // Waits of the queues before stand in the times; the last one's is stated.
    if (waitMs !== null) data.waitMs = waitMs;
    if (reason !== 'hung_up') tally.trap(`left_${reason}`, row);
    call.ending = namedEvent('abandoned', line.at, { queue: call.queue, data });
  };

  const enter = (line: QueueLine, row: Row): void => {
    let call = calls.get(line.callId);
    if (call?.ending) {
      tally.trap('came_back_into_queue', row);
      if (call.ending.type === 'solved') push(call, { ...call.ending, type: 'ended' });
      call.ending = null;
    }
    if (!call) {
      call = newCall(line, row, line.at);
      calls.set(call.id, call);
    }
    call.queue = ownText(line.queue);
    call.caller ||= ownText((line.data[1] ?? '').slice(0, 120));
    push(call, namedEvent('queued', line.at, { queue: call.queue }));
  };

  const refuse = (line: QueueLine, row: Row): void => {
    let call = calls.get(line.callId);
    if (!call) {
      call = newCall(line, row, line.at);
      calls.set(call.id, call);
    }
    call.queue = ownText(line.queue);
    const data = { reason: line.verb === 'FULL' ? 'queue_full' : 'nobody_there' };
    call.ending = namedEvent('blocked', line.at, { queue: call.queue, data });
  };

  /** Lines about a call that change nothing of how it ends. */
  const aside = (line: QueueLine, row: Row): void => {
    const call = calls.get(line.callId);
    if (!call) {
      tally.trap('line_of_unknown_call', row);
      return;
    }
    const agent = ownText(line.agent);
    const { queue } = call;
    if (line.verb === 'RINGNOANSWER' || line.verb === 'AGENTDUMP') {
      const ringMs = line.verb === 'RINGNOANSWER' ? (millisAt(line, 0) ?? 0) : 0;
      push(call, namedEvent('offered', line.at - ringMs, { queue, agent }));
      push(call, namedEvent('no_answer', line.at, { queue, agent, data: { ringMs } }));
    } else if (line.verb === 'HOLD') {
      call.heldFrom ??= line.at;
      push(call, namedEvent('held', line.at, { queue, agent: call.agent }));
    } else {
      if (call.heldFrom !== null) call.heldMs += line.at - call.heldFrom;
      call.heldFrom = null;
      push(call, namedEvent('resumed', line.at, { queue, agent: call.agent }));
    }
  };

  const restart = (line: QueueLine, row: Row): void => {
    for (const call of calls.values()) {
      if (!call.ending) {
        tally.trap('cut_by_restart', row);
        const type = call.isAnswered ? 'ended' : 'abandoned';
        call.ending = namedEvent(type, line.at, { queue: call.queue, data: { reason: 'restart' } });
      }
      options.touched?.(call);
      give(call);
    }
  };

  const handlers: Record<string, (line: QueueLine, row: Row) => void> = {
    ENTERQUEUE: enter,
    CONNECT: connect,
    COMPLETEAGENT: complete,
    COMPLETECALLER: complete,
    JOINEMPTY: refuse,
    FULL: refuse,
    RINGNOANSWER: aside,
    AGENTDUMP: aside,
    HOLD: aside,
    UNHOLD: aside,
    SYSCOMPAT: (line, row) => leave(line, row, { place: 9, reason: 'incompatible' }),
    QUEUESTART: restart,
  };

  const handle = (line: QueueLine, row: Row): void => {
    now = Math.max(now, line.at);
    totals.add(line.queue, line.verb);
    if (line.verb === 'REMOVEMEMBER' && removed.size < MAX_OPEN)
      removed.add(ownText(memberOf(line)));
    if (line.verb === 'ADDMEMBER') removed.delete(memberOf(line));
    if ((line.verb.startsWith('COMPLETE') || transfers[line.verb]) && removed.has(memberOf(line))) {
      tally.trap('completed_after_removal', row, { queue: line.queue });
      totals.uncounted(line.queue);
    }
    if (presenceVerbs.has(line.verb)) {
      if (options.withPresence)
        presence.add({ ...line, agent: ownText(line.agent), queue: ownText(line.queue) });
      return;
    }
    const exit = leaving[line.verb];
    const passed = transfers[line.verb];
    const handler = handlers[line.verb];
    if (exit) leave(line, row, exit);
    else if (passed) transfer(line, row, passed.talk);
    else if (handler) handler(line, row);
    else if (!ignored.has(line.verb)) tally.trap('verb_unknown', row, { verb: line.verb });
    const call = calls.get(line.callId);
    if (!call) return;
    call.lastAt = line.at;
    options.touched?.(call);
  };

  const process = (row: Row): void => {
    const text = row.fields[0] ?? '';
    const line = readQueueLine(text, toUtc);
    if (!line) {
      if (text.trim() !== '') tally.error('line_unreadable', row);
      return;
    }
    if (text.includes('\ufffd')) tally.trap('not_decodable_in_line', row);
    if (options.hasMoreFiles && repeated.isRepeated(text, line.at, row.file)) {
      tally.leftOut('line_repeated', row);
      return;
    }
    handle(line, row);
    untilSweep -= 1;
    if (untilSweep > 0) return;
    untilSweep = SWEEP_LINES;
    sweep(row);
  };

  const flush = (): void => {
    const last = held;
    held = null;
    if (last) process(last);
  };

  return {
    totals,
    flush,
    add(row) {
      // A line cut at rotation ends in the next file: joined they are one.
      if (held && held.file !== row.file && !readQueueLine(row.fields[0] ?? '', toUtc)) {
        const joined = { ...row, fields: [`${held.fields[0]}${row.fields[0]}`] };
        if (readQueueLine(joined.fields[0] ?? '', toUtc)) {
          tally.trap('cut_line_joined', row);
          held = joined;
          return;
        }
      }
      flush();
      held = row;
    },
    end() {
      flush();
      for (const call of calls.values()) {
        if (!call.ending) tally.trap('open_at_end', null);
        give(call);
      }
      if (options.withPresence) for (const span of presence.open(now)) sink.presence(span);
    },
    sweepNow: () => sweep(null),
    openPresence: () => presence.open(null),
    openCalls: () => [...calls.values()],
    agents: presence.kept,
  };
}

const REMEMBERED = 200_000;

/** Lines that a file shares with the one before it: rotated copies often overlap. */
function repeatedLines() {
  let lines = new Set<string>();
  let before = new Set<string>();
  let file = '';
  let [lastAt, fileLastAt] = [0, 0];
  return {
    isRepeated(text: string, at: number, inFile: string): boolean {
      if (inFile !== file) {
        file = inFile;
        before = lines;
        lines = new Set();
        lastAt = fileLastAt;
      }
      fileLastAt = Math.max(fileLastAt, at);
      if (at <= lastAt && before.has(text)) return true;
      if (lines.size >= REMEMBERED) {
        for (const old of lines) {
          lines.delete(old);
          if (lines.size <= REMEMBERED * 0.9) break;
        }
      }
      lines.add(ownText(text));
      return false;
    },
  };
}
