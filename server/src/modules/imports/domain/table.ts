import type { Channel, ImportMapping, MappedOutcome } from '@yingda/contract';
import { Channel as ChannelName, Tier } from '@yingda/contract';
import { CellError, compileColumns, readFlag } from './columns.ts';
import type { Columns } from './columns.ts';
import { namedEvent } from './model.ts';
import type { Assembler, ForeignContact, NamedEvent, Row, Sink } from './model.ts';
import type { Tally } from './tally.ts';

/** What the columns of a mapping tell at all; the rest is missing in the reports, not 0. */
export function tableRecords(mapping: ImportMapping): string[] {
  const roles = new Set(mapping.columns.map(({ role }) => role));
  const told: [string, boolean][] = [
    ['customers', roles.has('customer')],
    ['hold', roles.has('hold')],
    ['wrap_up', roles.has('wrap_up')],
    ['rings', roles.has('ring') || roles.has('rings')],
    ['transfers', roles.has('transferred')],
    ['blocked', Object.values(mapping.outcomes).includes('blocked')],
  ];
  return told.filter(([, isTold]) => isTold).map(([name]) => name);
}

/** When things happened in one row, put right; and what of it was odd. */
type Times = {
  arrivedAt: number;
  isQueued: boolean;
  queuedAt: number;
  waitMs: number;
  answeredAt: number | null;
  talkMs: number | null;
  holdMs: number | null;
  wrapMs: number | null;
  ringMs: number | null;
  endedAt: number | null;
};
type Odd = (code: string) => void;

function timesReader(columns: Columns, ringMs: number) {
  const time = columns.timeColumn;
  const [arrived, menuStart, menuEnd] = [time('arrived_at'), time('menu_start'), time('menu_end')];
  const [queued, left] = [time('queued_at'), time('left_queue_at')];
  const [answered, ended] = [time('answered_at'), time('ended_at')];
  const length = columns.durationColumn;
  const [menu, wait, talk] = [length('menu_time'), length('wait'), length('talk')];
  const [hold, wrap, ring] = [length('hold'), length('wrap_up'), length('ring')];
  const rings = columns.textColumn('rings');
  const positive = (ms: number | null, code: string, odd: Odd): number | null => {
    if (ms === null || ms >= 0) return ms;
    odd(code);
    return 0;
  };

  return (fields: string[], odd: Odd): Times => {
    const first =
      arrived?.at(fields, null, false) ??
      menuStart?.at(fields, null, false) ??
      queued?.at(fields, null, false);
    if (first === null || first === undefined) throw new CellError('no_arrival_time', {});
    const arrivedAt = first;
    const menuMs = positive(menu?.(fields) ?? null, 'negative_menu_time', odd);
    const menuEndAt = menuEnd?.at(fields, arrivedAt, true) ?? null;
    const afterMenu = Math.max(arrivedAt, menuMs !== null ? arrivedAt + menuMs : (menuEndAt ?? 0));

    const saidWait = positive(wait?.(fields) ?? null, 'negative_wait', odd);
    // Midnight is also how some systems write "never"; a wait tells which is meant.
    const canBeNone = saidWait === null || saidWait === 0;
    const given = queued?.at(fields, arrivedAt, canBeNone) ?? null;
    const leftAt = left?.at(fields, arrivedAt, true) ?? null;
    if (given !== null && given < arrivedAt) odd('queued_before_arrival');
    const queuedAt = given === null ? afterMenu : Math.max(given, arrivedAt);
    const talkMs = positive(talk?.(fields) ?? null, 'negative_talk', odd);
    const answeredAt = answered?.at(fields, arrivedAt, talkMs === null || talkMs === 0) ?? null;
    const isQueued = queued ? given !== null : (saidWait ?? 0) > 0;
    let waitMs = saidWait ?? 0;
    if (saidWait === null && (isQueued || !queued)) {
      const until = leftAt ?? answeredAt;
      if (until !== null && until < queuedAt) odd('answered_before_queued');
      waitMs = until === null ? 0 : Math.max(0, until - queuedAt);
    }
    if (isQueued && answeredAt !== null && answeredAt < (given ?? queuedAt) + waitMs) {
      odd('service_before_queue_exit');
    }
    const endedAt = ended?.at(fields, arrivedAt, talkMs === null || talkMs === 0) ?? null;
    if (answeredAt !== null && endedAt !== null && endedAt < answeredAt) odd('ended_before_answer');
    const rang = rings ? Number(rings(fields) || Number.NaN) * ringMs : null;
    return {
      arrivedAt,
      isQueued: isQueued || (!queued && waitMs > 0),
      queuedAt,
      waitMs,
      answeredAt,
      talkMs,
      holdMs: positive(hold?.(fields) ?? null, 'negative_hold', odd),
      wrapMs: positive(wrap?.(fields) ?? null, 'negative_wrap_up', odd),
      ringMs:
        positive(ring?.(fields) ?? null, 'negative_ring', odd) ??
        (Number.isFinite(rang) ? rang : null),
      endedAt,
    };
  };
}

type Read = {
  times: Times;
  queue: string;
  agent: string;
  transferred: boolean;
  solved: boolean | null;
};

function answeredEvents({ times, queue, agent, transferred, solved }: Read): NamedEvent[] {
  const { arrivedAt, isQueued, queuedAt, waitMs, talkMs, holdMs, wrapMs, ringMs } = times;
  const events = [namedEvent('arrived', arrivedAt)];
  if (isQueued) events.push(namedEvent('queued', queuedAt, { queue }));
  const from = Math.max(queuedAt, times.answeredAt ?? queuedAt + waitMs);
  if (ringMs !== null) {
    events.push(namedEvent('offered', Math.max(queuedAt, from - ringMs), { queue, agent }));
  }
  const data: Record<string, number> = { waitMs: isQueued ? waitMs : 0 };
  if (ringMs !== null) data.ringMs = ringMs;
  events.push(namedEvent('accepted', from, { queue, agent, data }));
  const spoken = talkMs === null ? null : talkMs + (holdMs ?? 0);
  const until = Math.max(from, times.endedAt ?? from + (spoken ?? 0));
  const figures: Record<string, number | boolean> = {
    talkMs: talkMs ?? Math.max(0, until - from - (holdMs ?? 0)),
  };
  if (holdMs !== null) figures.holdMs = holdMs;
  if (wrapMs !== null) figures.wrapMs = wrapMs;
  if (transferred) events.push(namedEvent('transferred', until, { queue, agent }));
  if (solved === null) figures.assumed = true;
  events.push(namedEvent(solved === false ? 'ended' : 'solved', until, { agent, data: figures }));
  return events;
}

function unansweredEvents(
  outcome: 'abandoned' | 'blocked' | 'self_served',
  read: Read,
): NamedEvent[] {
  const { times, queue } = read;
  const { arrivedAt, isQueued, queuedAt, waitMs } = times;
  const events = [namedEvent('arrived', arrivedAt, isQueued ? {} : { queue })];
  if (outcome === 'self_served') {
    const until = Math.max(queuedAt, times.endedAt ?? 0);
    events.push({ ...namedEvent('accepted', arrivedAt, { queue }), byBot: true });
    events.push({ ...namedEvent('solved', until), byBot: true });
    return events;
  }
  if (isQueued && outcome === 'abandoned') events.push(namedEvent('queued', queuedAt, { queue }));
  const data = { waitMs: isQueued ? waitMs : 0 };
  events.push(namedEvent(outcome, queuedAt + data.waitMs, { queue, data }));
  return events;
}

export type TableOptions = {
  mapping: ImportMapping;
  zone: string;
  /** Milliseconds of one ring, for logs that count rings. */
  ringMs: number;
  /** Fields of the file's first row, when that is a header. */
  header: string[] | null;
};

/** Reads contacts from the rows of a table, one a row, as its mapping says. Problems: `import.undecided`, `import.no_arrival`. */
export function tableAssembler(options: TableOptions, sink: Sink, tally: Tally): Assembler {
  const { mapping, zone, header } = options;
  const columns = compileColumns(mapping, zone);
  const timesOf = timesReader(columns, options.ringMs);
  const text = columns.textColumn;
  const [queue, agent, topic, type] = [text('queue'), text('agent'), text('topic'), text('type')];
  const [tier, channel, outcome] = [text('tier'), text('channel'), text('outcome')];
  const [customer, transferred, solved] = [text('customer'), text('transferred'), text('solved')];
  const noAgent = new Set(mapping.noAgent);
  const noCustomer = new Set(mapping.noCustomer);
  const headerText = header?.join('\u0000');

  const flag = (read: typeof transferred, name: string, fields: string[]): boolean | null => {
    if (!read) return null;
    const value = read(fields);
    const said = readFlag(value);
    if (said === undefined) throw new CellError('flag_unreadable', { column: name, value });
    return said;
  };
  const channelOf = (fields: string[]): Channel => {
    const value = channel?.(fields) ?? '';
    if (value === '') return mapping.channel;
    const known = mapping.channels[value] ?? ChannelName.safeParse(value.toLowerCase()).data;
    if (!known) throw new CellError('channel_unknown', { value });
    return known;
  };
  const tierOf = (fields: string[]): string => {
    const value = tier?.(fields) ?? '';
    if (value === '') return '';
    const known = mapping.tiers[value];
    if (known !== undefined) return known ?? '';
    const named = Tier.safeParse(value.toLowerCase()).data;
    if (!named) throw new CellError('tier_unknown', { value });
    return named;
  };
  const outcomeOf = (fields: string[], times: Times, who: string): MappedOutcome => {
    if (!outcome) {
      const isAnswered = times.answeredAt !== null || (times.talkMs ?? 0) > 0 || who !== '';
      return isAnswered ? 'answered' : 'abandoned';
    }
    const value = outcome(fields);
    const said = mapping.outcomes[value];
    if (!said) throw new CellError('outcome_unknown', { value });
    return said;
  };

  const contactOf = (row: Row): ForeignContact | null => {
    const { fields } = row;
    // A row that is to be left out may have whatever times it likes.
    const said = outcome ? outcome(fields) : '';
    if (outcome && mapping.outcomes[said] === 'leave_out') {
      tally.leftOut('outcome_left_out', row, { value: said });
      return null;
    }
    const odd: Odd = (code) => tally.trap(code, row);
    columns.met.midnight = false;
    const times = timesOf(fields, odd);
    if (columns.met.midnight) odd('crosses_midnight');
    const named = agent?.(fields) ?? '';
    const isNobody = noAgent.has(named);
    const who = isNobody ? '' : named;
    const what = outcomeOf(fields, times, who);
    if (what === 'leave_out') return null;
    const read: Read = {
      times,
      queue: queue?.(fields) || mapping.queue || '',
      agent: who,
      transferred: flag(transferred, 'transferred', fields) ?? false,
      solved: flag(solved, 'solved', fields),
    };
    if (what === 'answered') {
      if (isNobody || (agent && who === '')) tally.trap('agent_unknown', row);
      if (times.talkMs === 0) tally.trap('answered_without_talk', row);
    } else if ((times.talkMs ?? 0) > 0 || (what === 'abandoned' && who !== '')) {
      tally.trap('unanswered_with_service', row);
    }
    const called = customer?.(fields) ?? '';
    if (noCustomer.has(called)) tally.trap('customer_not_identified', row);
    return {
      key: columns.keyOf(fields),
      arrivedAt: times.arrivedAt,
      channel: channelOf(fields),
      topic: topic?.(fields) ?? '',
      type: type?.(fields) ?? '',
      tier: tierOf(fields),
      customer: noCustomer.has(called) ? '' : called,
      outcome: what,
      events: what === 'answered' ? answeredEvents(read) : unansweredEvents(what, read),
      line: row.line,
    };
  };

  const isFit = (row: Row): boolean => {
    const { fields } = row;
    if (fields.length < columns.width) {
      const params = { columns: fields.length, expected: columns.width };
      tally.error('too_few_columns', row, params);
      return false;
    }
    if (header && fields.length > header.length && fields.slice(header.length).some(Boolean)) {
      tally.error('too_many_columns', row, { columns: fields.length, expected: header.length });
      return false;
    }
    if (fields.some((field) => field.includes('\ufffd'))) {
      tally.error('not_decodable', row);
      return false;
    }
    return true;
  };

  return {
    add(row) {
      if (row.fields.length === 1 && (row.fields[0] ?? '').trim() === '') return;
      if (headerText !== undefined && row.fields.join('\u0000') === headerText) {
        tally.leftOut('repeated_header', row);
        return;
      }
      if (!isFit(row)) return;
      try {
        const contact = contactOf(row);
        if (contact) sink.contact(contact);
      } catch (error) {
        if (!(error instanceof CellError)) throw error;
        tally.error(error.code, row, error.params);
      }
    },
    end() {},
  };
}
