import type { Channel } from '@yingda/contract';
import { deviceOf, fieldReader, instantOf, lingering } from './epochs.ts';
import { namedEvent, ownText } from './model.ts';
import type { Assembler, ForeignContact, NamedEvent, Row, Sink } from './model.ts';
import { channelTime } from './queue-log-line.ts';
import type { Tally } from './tally.ts';
import type { ToUtc } from './zone.ts';

/** The order in which Asterisk's `Master.csv` writes its fields. */
const places =
  'accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration billsec disposition amaflags uniqueid userfield peeraccount linkedid sequence'.split(
    ' ',
  );

type Leg = { start: number; answer: number | null; end: number };
type CdrRow = Leg & { app: string; queue: string; to: string; disposition: string; caller: string };
type Call = { rows: CdrRow[]; line: number };

const LINGER_MS = 4 * 3_600_000;
const MAX_OPEN = 20_000;
const MAX_LEGS = 20_000;
const MAX_ROWS = 200;

export type CdrOptions = {
  toUtc: ToUtc;
  channel: Channel;
  /** Names of the columns where the file tells them (dumps of a database). */
  header: string[] | null;
  /** The file tells of queues: what never was in one is no contact of the centre. */
  hasQueues: boolean;
};

/** The part of one agent in a call, as well as the rows tell it. */
function answered(
  row: CdrRow,
  legs: Map<string, Leg>,
): { from: number; until: number; ringFrom: number | null } {
  // Asterisk answers for the queue before an agent does; the agent's own leg, where there is one, knows better.
  const leg = legs.get(row.to.replace(/;\d$/, ''));
  const from = leg?.answer ?? row.answer ?? row.start;
  return { from, until: Math.max(from, row.end), ringFrom: leg?.answer ? leg.start : null };
}

function eventsOf(rows: CdrRow[], legs: Map<string, Leg>, tally: Tally): NamedEvent[] {
  const [first] = rows;
  if (!first) return [];
  const queueRow = rows.find(({ app }) => app === 'Queue');
  const queue = queueRow?.queue ?? '';
  const events = [namedEvent('arrived', first.start, { queue })];
  if (queueRow) events.push(namedEvent('queued', queueRow.start, { queue }));
  let talking = '';
  let lastEnd = first.end;
  for (const row of rows) {
    lastEnd = Math.max(lastEnd, row.end);
    if (row.to === '') continue;
    const agent = deviceOf(row.to);
    if (row.disposition !== 'ANSWERED') {
      events.push(namedEvent('no_answer', row.end, { queue, agent }));
      continue;
    }
    const { from, until, ringFrom } = answered(row, legs);
    if (talking !== '' && talking !== agent) {
      events.push(namedEvent('transferred', from, { queue, agent: talking }));
    }
    if (ringFrom !== null) events.push(namedEvent('offered', ringFrom, { queue, agent }));
    else tally.trap('cdr_wait_within_talk', null);
    events.push(namedEvent('accepted', from, { queue: row.queue || queue, agent }));
    talking = agent;
    lastEnd = Math.max(lastEnd, until);
  }
  const data = talking === '' ? {} : { assumed: true };
  events.push(
    namedEvent(talking === '' ? 'abandoned' : 'solved', lastEnd, { queue, agent: talking, data }),
  );
  return events;
}

function blockedBy(rows: CdrRow[]): boolean {
  return rows.every(({ disposition }) => disposition === 'BUSY' || disposition === 'CONGESTION');
}

/** Reads contacts from Asterisk's call detail records: one call is all rows of its `linkedid` (or `uniqueid`). */
export function cdrAssembler(options: CdrOptions, sink: Sink, tally: Tally): Assembler {
  const { toUtc, channel, hasQueues, header } = options;
  const field = fieldReader(header, places);
  const legs = new Map<string, Leg>();
  const give = (key: string, call: Call): void => {
    const rows = call.rows.toSorted((a, b) => a.start - b.start);
    const [first] = rows;
    if (!first) return;
    const isBlocked = blockedBy(rows);
    const events = isBlocked
      ? [namedEvent('arrived', first.start), namedEvent('blocked', first.end)]
      : eventsOf(rows, legs, tally);
    const isAnswered = events.some(({ type }) => type === 'accepted');
    const outcome: ForeignContact['outcome'] = isBlocked
      ? 'blocked'
      : isAnswered
        ? 'answered'
        : 'abandoned';
    const idAt = channelTime(key) ?? first.start;
    sink.contact({
      key,
      idAt,
      arrivedAt: first.start,
      channel,
      topic: '',
      type: '',
      tier: '',
      customer: first.caller,
      outcome,
      events,
      line: call.line,
    });
  };
  const calls = lingering<Call>({ lingerMs: LINGER_MS, most: MAX_OPEN, give });
  const keepLeg = (name: string, leg: Leg): void => {
    if (legs.size >= MAX_LEGS) {
      for (const old of legs.keys()) {
        legs.delete(old);
        if (legs.size < MAX_LEGS * 0.9) break;
      }
    }
    legs.set(ownText(name.replace(/;\d$/, '')), leg);
  };
  return {
    add(row: Row) {
      const { fields } = row;
      if (header && fields.join() === header.join()) return;
      const start = instantOf(field(fields, 'start', 'calldate'), toUtc);
      const key = field(fields, 'linkedid') || field(fields, 'uniqueid');
      const app = field(fields, 'lastapp');
      const duration = Number(field(fields, 'duration'));
      if (start === null || key === '') {
        tally.error('cdr_row_unreadable', row);
        return;
      }
      const end = instantOf(field(fields, 'end'), toUtc) ?? start + (duration || 0) * 1000;
      const billsec = Number(field(fields, 'billsec')) || 0;
      const answer =
        instantOf(field(fields, 'answer'), toUtc) ?? (billsec > 0 ? end - billsec * 1000 : null);
      const inQueue = app === 'Queue';
      if (hasQueues && !inQueue) {
        keepLeg(field(fields, 'channel'), { start, answer, end });
        tally.leftOut('cdr_not_in_queue', row);
        return;
      }
      const call = calls.at(ownText(key), end, () => ({ rows: [], line: row.line }));
      if (call.rows.length >= MAX_ROWS) return;
      call.rows.push({
        start,
        answer,
        end,
        app,
        queue: inQueue ? ownText(field(fields, 'lastdata').split(',')[0] ?? '') : '',
        to: ownText(field(fields, 'dstchannel')),
        disposition: ownText(field(fields, 'disposition')),
        caller: ownText(field(fields, 'src')),
      });
    },
    end: () => calls.endAll(),
  };
}
