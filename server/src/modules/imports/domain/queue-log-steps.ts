import { namedEvent, ownText } from './model.ts';
import type { Row } from './model.ts';
import { answer, newCall, push, talkOf } from './queue-log-call.ts';
import type { OpenCall } from './queue-log-call.ts';
import { millisAt, secondsAt } from './queue-log-line.ts';
import type { QueueLine } from './queue-log-line.ts';
import type { Tally } from './tally.ts';

/** The calls that are open, by their ids, in the order of their first lines. */
export type CallBook = { calls: Map<string, OpenCall>; tally: Tally };
type Step = (book: CallBook, line: QueueLine, row: Row) => void;

/** The call of a line; one whose beginning is not in the log is begun so much earlier. */
function callOf(
  { calls, tally }: CallBook,
  line: QueueLine,
  begun: { row: Row; beforeMs: number },
) {
  const known = calls.get(line.callId);
  if (known) return known;
  const { row, beforeMs } = begun;
  tally.trap('began_before_log', row);
  const arrivedAt = line.at - beforeMs;
  const call = newCall(line, row, arrivedAt);
  call.events.push(namedEvent('queued', arrivedAt, { queue: call.queue }));
  calls.set(call.id, call);
  return call;
}

const enter: Step = ({ calls, tally }, line, row) => {
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

const connect: Step = (book, line, row) => {
  const [waitMs, ringMs] = [secondsAt(line, 0), secondsAt(line, 2)];
  const call = callOf(book, line, { row, beforeMs: waitMs ?? 0 });
  const agent = ownText(line.agent);
  const { queue } = call;
  const data: Record<string, number> = {};
  if (ringMs !== null) {
    push(call, namedEvent('offered', line.at - ringMs, { queue, agent }));
    data.ringMs = ringMs;
  }
  if (waitMs !== null) data.waitMs = waitMs;
  push(call, namedEvent('accepted', line.at, { queue, agent, data }));
  answer(call, agent, line.at);
};

/** The call whose talk ends with a line that states wait and talk, answered earlier where no line says so. */
function talkedCall(
  book: CallBook,
  line: QueueLine,
  stated: { row: Row; wait: number; talk: number },
) {
  const [waitMs, talkMs] = [secondsAt(line, stated.wait), secondsAt(line, stated.talk)];
  const isKnown = book.calls.has(line.callId);
  const call = callOf(book, line, { row: stated.row, beforeMs: (waitMs ?? 0) + (talkMs ?? 0) });
  const agent = ownText(line.agent);
  if (!isKnown) {
    const at = line.at - (talkMs ?? 0);
    const data = waitMs === null ? {} : { waitMs };
    push(call, namedEvent('accepted', at, { queue: call.queue, agent, data }));
    answer(call, agent, at);
  }
  return { call, agent, figures: talkOf(call, line.at, talkMs) };
}

const complete: Step = (book, line, row) => {
  const { call, agent, figures } = talkedCall(book, line, { row, wait: 0, talk: 1 });
  const data = { ...figures, assumed: true };
  call.ending = namedEvent('solved', line.at, { queue: call.queue, agent, data });
  call.answeredAt = null;
};

const transfer: Step = (book, line, row) => {
  const { call, agent, figures } = talkedCall(book, line, { row, wait: 2, talk: 3 });
  const data = { ...figures, to: ownText((line.data[0] ?? '').slice(0, 80)) };
  push(call, namedEvent('transferred', line.at, { queue: call.queue, agent, data }));
  call.ending = namedEvent('ended', line.at, { queue: call.queue });
  call.answeredAt = null;
};

/** The caller leaves the queue without an answer; `place` of the wait among the data. */
const leave =
  (place: number, reason: string): Step =>
  (book, line, row) => {
    const waitMs = secondsAt(line, place);
    const call = callOf(book, line, { row, beforeMs: waitMs ?? 0 });
    const data: Record<string, number | string> = { reason };
    // Waits of the queues before stand in the times; the last one's is stated.
    if (waitMs !== null) data.waitMs = waitMs;
    if (reason !== 'hung_up') book.tally.trap(`left_${reason}`, row);
    call.ending = namedEvent('abandoned', line.at, { queue: call.queue, data });
  };

const refuse =
  (reason: string): Step =>
  ({ calls }, line, row) => {
    let call = calls.get(line.callId);
    if (!call) {
      call = newCall(line, row, line.at);
      calls.set(call.id, call);
    }
    call.queue = ownText(line.queue);
    call.ending = namedEvent('blocked', line.at, { queue: call.queue, data: { reason } });
  };

/** A line about a call that does not change how it ends. */
const aside =
  (change: (call: OpenCall, line: QueueLine) => void): Step =>
  ({ calls, tally }, line, row) => {
    const call = calls.get(line.callId);
    if (call) change(call, line);
    else tally.trap('line_of_unknown_call', row);
  };

const notAnswered = aside((call, line) => {
  const agent = ownText(line.agent);
  const { queue } = call;
  const ringMs = line.verb === 'RINGNOANSWER' ? (millisAt(line, 0) ?? 0) : 0;
  push(call, namedEvent('offered', line.at - ringMs, { queue, agent }));
  push(call, namedEvent('no_answer', line.at, { queue, agent, data: { ringMs } }));
});
const hold = aside((call, { at }) => {
  call.heldFrom ??= at;
  push(call, namedEvent('held', at, { queue: call.queue, agent: call.agent }));
});
const resume = aside((call, { at }) => {
  if (call.heldFrom !== null) call.heldMs += at - call.heldFrom;
  call.heldFrom = null;
  push(call, namedEvent('resumed', at, { queue: call.queue, agent: call.agent }));
});

/** What the lines of each kind change. */
export const steps: ReadonlyMap<string, Step> = new Map([
  ['ENTERQUEUE', enter],
  ['CONNECT', connect],
  ['COMPLETEAGENT', complete],
  ['COMPLETECALLER', complete],
  ['TRANSFER', transfer],
  ['BLINDTRANSFER', transfer],
  ['ATTENDEDTRANSFER', transfer],
  ['ABANDON', leave(2, 'hung_up')],
  ['EXITWITHTIMEOUT', leave(2, 'timeout')],
  ['EXITEMPTY', leave(2, 'queue_emptied')],
  ['EXITWITHKEY', leave(3, 'key')],
  ['SYSCOMPAT', leave(9, 'incompatible')],
  ['JOINEMPTY', refuse('nobody_there')],
  ['FULL', refuse('queue_full')],
  ['RINGNOANSWER', notAnswered],
  ['AGENTDUMP', notAnswered],
  ['HOLD', hold],
  ['UNHOLD', resume],
]);

/** Kinds of lines that are known and tell nothing of contacts. */
export const silentVerbs: ReadonlySet<string> = new Set(
  'DID INFO CUSTOM CONFIGRELOAD PENALTY RINGCANCELED QUEUESTART CALLSTATUS CALLOUTBOUND ADDMEMBERFAILED REMOVEMEMBERFAILED REALTIME'.split(
    ' ',
  ),
);

/** Ends a call that the restart of the exchange has cut. */
export function cutByRestart(call: OpenCall, at: number): void {
  const type = call.isAnswered ? 'ended' : 'abandoned';
  call.ending = namedEvent(type, at, { queue: call.queue, data: { reason: 'restart' } });
}
