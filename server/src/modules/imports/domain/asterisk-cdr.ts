import type { Channel } from '@yingda/contract';
import { deviceOf, fieldReader, instantOf, lingering } from './epochs.ts';
import { isHeaderRow } from './fields.ts';
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

/** What the rows of a call tell, one after the other. */
type Telling = { events: NamedEvent[]; queue: string; talking: string; lastEnd: number };
type Known = { legs: Map<string, Leg>; tally: Tally };

function tellRow(telling: Telling, row: CdrRow, { legs, tally }: Known): void {
  const { events, queue, talking } = telling;
  telling.lastEnd = Math.max(telling.lastEnd, row.end);
  if (row.to === '') return;
  const agent = deviceOf(row.to);
  if (row.disposition !== 'ANSWERED') {
    events.push(namedEvent('no_answer', row.end, { queue, agent }));
    return;
  }
  const { from, until, ringFrom } = answered(row, legs);
  if (talking !== '' && talking !== agent) {
    events.push(namedEvent('transferred', from, { queue, agent: talking }));
  }
  if (ringFrom !== null) events.push(namedEvent('offered', ringFrom, { queue, agent }));
  else tally.trap('cdr_wait_within_talk', null);
  events.push(namedEvent('accepted', from, { queue: row.queue || queue, agent }));
  telling.talking = agent;
  telling.lastEnd = Math.max(telling.lastEnd, until);
}

function eventsOf(first: CdrRow, rows: CdrRow[], known: Known): NamedEvent[] {
  const queueRow = rows.find(({ app }) => app === 'Queue');
  const queue = queueRow?.queue ?? '';
  const events = [namedEvent('arrived', first.start, { queue })];
  if (queueRow) events.push(namedEvent('queued', queueRow.start, { queue }));
  const telling = { events, queue, talking: '', lastEnd: first.end };
  for (const row of rows) tellRow(telling, row, known);
  const { talking: agent, lastEnd } = telling;
  if (agent === '') events.push(namedEvent('abandoned', lastEnd, { queue }));
  else events.push(namedEvent('solved', lastEnd, { queue, agent, data: { assumed: true } }));
  return events;
}

function blockedBy(rows: CdrRow[]): boolean {
  return rows.every(({ disposition }) => disposition === 'BUSY' || disposition === 'CONGESTION');
}

function contactOf(key: string, call: Call, known: Known & { channel: Channel }) {
  const rows = call.rows.toSorted((a, b) => a.start - b.start);
  const [first] = rows;
  if (!first) return null;
  const isBlocked = blockedBy(rows);
  const events = isBlocked
    ? [namedEvent('arrived', first.start), namedEvent('blocked', first.end)]
    : eventsOf(first, rows, known);
  const isAnswered = events.some(({ type }) => type === 'accepted');
  const reached = isAnswered ? ('answered' as const) : ('abandoned' as const);
  const contact: ForeignContact = {
    key,
    idAt: channelTime(key) ?? first.start,
    arrivedAt: first.start,
    channel: known.channel,
    topic: '',
    type: '',
    tier: '',
    customer: first.caller,
    outcome: isBlocked ? 'blocked' : reached,
    events,
    line: call.line,
  };
  return contact;
}

/** Legs by the name of their channel, as many as may still be asked for. */
function legBook() {
  const legs = new Map<string, Leg>();
  return {
    legs,
    keep(name: string, leg: Leg): void {
      if (legs.size >= MAX_LEGS) {
        for (const old of legs.keys()) {
          legs.delete(old);
          if (legs.size < MAX_LEGS * 0.9) break;
        }
      }
      legs.set(ownText(name.replace(/;\d$/, '')), leg);
    },
  };
}

type Field = ReturnType<typeof fieldReader>;

/** When a row's leg began, was answered and ended; null: the row does not tell. */
function legOf(field: Field, fields: string[], toUtc: ToUtc): Leg | null {
  const start = instantOf(field(fields, 'start', 'calldate'), toUtc);
  if (start === null) return null;
  const duration = Number(field(fields, 'duration')) || 0;
  const end = instantOf(field(fields, 'end'), toUtc) ?? start + duration * 1000;
  const billed = Number(field(fields, 'billsec')) || 0;
  const answer = instantOf(field(fields, 'answer'), toUtc);
  return { start, end, answer: answer ?? (billed > 0 ? end - billed * 1000 : null) };
}

/** Reads contacts from Asterisk's call detail records: one call is all rows of its `linkedid` (or `uniqueid`). */
export function cdrAssembler(options: CdrOptions, sink: Sink, tally: Tally): Assembler {
  const { toUtc, channel, hasQueues, header } = options;
  const field = fieldReader(header, places);
  const { legs, keep } = legBook();
  const give = (key: string, call: Call): void => {
    const contact = contactOf(key, call, { channel, legs, tally });
    if (contact) sink.contact(contact);
  };
  const calls = lingering<Call>({ lingerMs: LINGER_MS, most: MAX_OPEN, give });
  return {
    add(row: Row) {
      const { fields } = row;
      if (isHeaderRow(header, fields)) {
        tally.header(row);
        return;
      }
      const leg = legOf(field, fields, toUtc);
      const key = field(fields, 'linkedid') || field(fields, 'uniqueid');
      if (leg === null || key === '') {
        tally.error('cdr_row_unreadable', row);
        return;
      }
      const app = field(fields, 'lastapp');
      if (hasQueues && app !== 'Queue') {
        keep(field(fields, 'channel'), leg);
        tally.leftOut('cdr_not_in_queue', row);
        return;
      }
      const call = calls.at(ownText(key), leg.end, () => ({ rows: [], line: row.line }));
      if (call.rows.length >= MAX_ROWS) return;
      const [queue = ''] = app === 'Queue' ? field(fields, 'lastdata').split(',') : [];
      call.rows.push({
        ...leg,
        app: ownText(app),
        queue: ownText(queue),
        to: ownText(field(fields, 'dstchannel')),
        disposition: ownText(field(fields, 'disposition')),
        caller: ownText(field(fields, 'src')),
      });
    },
    end: () => calls.endAll(),
  };
}
