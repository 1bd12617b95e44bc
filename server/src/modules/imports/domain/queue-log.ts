import type { Channel } from '@yingda/contract';
import { ownText } from './model.ts';
import type { Assembler, ForeignPresence, Row, Sink } from './model.ts';
import { contactOfCall } from './queue-log-call.ts';
import type { OpenCall } from './queue-log-call.ts';
import { readQueueLine } from './queue-log-line.ts';
import type { QueueLine } from './queue-log-line.ts';
import { presenceKeeper, presenceVerbs } from './queue-log-presence.ts';
import type { KeptAgent } from './queue-log-presence.ts';
import { cutByRestart, silentVerbs, steps } from './queue-log-steps.ts';
import { queueTotals } from './queue-log-totals.ts';
import { repeatedLines } from './repeated-lines.ts';
import type { Tally } from './tally.ts';
import type { ToUtc } from './zone.ts';

/** A call that came to its end may come back into a queue (transferred, or sent on by the dial plan) within this time. */
const LINGER_MS = 300_000;
/** A call without a line for so long has lost its end. */
const STALE_MS = 24 * 3_600_000;
const MAX_OPEN = 50_000;
const SWEEP_LINES = 500;

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

type Give = (call: OpenCall) => void;

/** Gives away what ended long ago, and what there is no room for. */
function sweep(
  book: { calls: Map<string, OpenCall>; tally: Tally },
  now: number,
  give: Give,
): void {
  const { calls, tally } = book;
  for (const call of calls.values()) {
    const quietMs = now - call.lastAt;
    if (call.ending && quietMs > LINGER_MS) give(call);
    else if (quietMs > STALE_MS) {
      tally.trap('call_never_ended', null);
      give(call);
    } else if (calls.size > MAX_OPEN) {
      tally.trap('too_many_open_calls', null);
      give(call);
    }
  }
}

/** Totals by queue as Asterisk keeps them: it forgets calls of agents who are no members any more at their end. */
function asteriskTotals(tally: Tally) {
  const totals = queueTotals();
  const removed = new Set<string>();
  const memberOf = ({ queue, agent }: QueueLine): string => `${queue}\u0000${agent}`;
  return {
    totals,
    add(line: QueueLine, row: Row): void {
      const { verb, queue } = line;
      totals.add(queue, verb);
      if (verb === 'REMOVEMEMBER' && removed.size < MAX_OPEN) removed.add(ownText(memberOf(line)));
      else if (verb === 'ADDMEMBER') removed.delete(memberOf(line));
      else if (/^COMPLETE|TRANSFER$/.test(verb) && removed.has(memberOf(line))) {
        tally.trap('completed_after_removal', row, { queue });
        totals.uncounted(queue);
      }
    },
  };
}

/** Holds each line back until the next one: one that was cut at rotation ends in the next file. */
function joiner(process: (row: Row) => void, { toUtc, tally }: { toUtc: ToUtc; tally: Tally }) {
  let held: Row | null = null;
  const isLine = (row: Row): boolean => readQueueLine(row.fields[0] ?? '', toUtc) !== null;
  const flush = (): void => {
    const last = held;
    held = null;
    if (last) process(last);
  };
  return {
    flush,
    add(row: Row): void {
      if (held && held.file !== row.file && !isLine(row)) {
        const joined = { ...row, fields: [`${held.fields[0]}${row.fields[0]}`] };
        if (isLine(joined)) {
          tally.trap('cut_line_joined', row);
          held = joined;
          return;
        }
      }
      flush();
      held = row;
    },
  };
}

/** Reads contacts, sign-in times and totals from the lines of Asterisk's queue_log, one call a contact. */
export function queueLogAssembler(
  options: QueueLogOptions,
  sink: Sink,
  tally: Tally,
): QueueLogAssembler {
  const { toUtc, channel, kept, withPresence, touched } = options;
  const calls = new Map((kept?.calls ?? []).map((call) => [call.id, call]));
  const book = { calls, tally };
  const asterisk = asteriskTotals(tally);
  const presence = presenceKeeper((span) => sink.presence(span), kept?.agents);
  const repeated = options.hasMoreFiles ? repeatedLines() : null;
  let now = 0;
  let sinceSweep = 0;

  const give: Give = (call) => {
    calls.delete(call.id);
    sink.contact(contactOfCall(call, channel));
  };
  const restart = (line: QueueLine, row: Row): void => {
    for (const call of calls.values()) {
      if (!call.ending) {
        tally.trap('cut_by_restart', row);
        cutByRestart(call, line.at);
      }
      touched?.(call);
      give(call);
    }
  };
  const handle = (line: QueueLine, row: Row): void => {
    const { verb, at } = line;
    now = Math.max(now, at);
    asterisk.add(line, row);
    if (presenceVerbs.has(verb)) {
      if (withPresence) presence.add(line);
      return;
    }
    const step = steps.get(verb);
    if (step) step(book, line, row);
    else if (verb === 'QUEUESTART') restart(line, row);
    else if (!silentVerbs.has(verb)) tally.trap('verb_unknown', row, { verb });
    const call = calls.get(line.callId);
    if (!call) return;
    call.lastAt = at;
    touched?.(call);
  };
  const process = (row: Row): void => {
    const text = row.fields[0] ?? '';
    const line = readQueueLine(text, toUtc);
    if (!line) {
      if (text.trim() !== '') tally.error('line_unreadable', row);
      return;
    }
    if (text.includes('\ufffd')) tally.trap('not_decodable_in_line', row);
    if (repeated?.isRepeated(text, line.at, row.file)) {
      tally.leftOut('line_repeated', row);
      return;
    }
    handle(line, row);
    sinceSweep += 1;
    if (sinceSweep % SWEEP_LINES === 0) sweep(book, now, give);
  };
  const lines = joiner(process, { toUtc, tally });

  return {
    totals: asterisk.totals,
    flush: lines.flush,
    add: lines.add,
    end() {
      lines.flush();
      for (const call of calls.values()) {
        if (!call.ending) tally.trap('open_at_end', null);
        give(call);
      }
      if (withPresence) for (const span of presence.open(now)) sink.presence(span);
    },
    sweepNow: () => sweep(book, now, give),
    openPresence: () => presence.open(null),
    openCalls: () => [...calls.values()],
    agents: presence.kept,
  };
}
