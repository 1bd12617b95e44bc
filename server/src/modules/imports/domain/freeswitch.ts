import type { Channel } from '@yingda/contract';
import { fieldReader, instantOf } from './epochs.ts';
import { isHeaderRow } from './fields.ts';
import { namedEvent, ownText } from './model.ts';
import type { Assembler, ForeignContact, NamedEvent, Row, Sink } from './model.ts';
import type { Tally } from './tally.ts';
import type { ToUtc } from './zone.ts';

/** The order in which the shipped template of `mod_cdr_csv` writes its fields. */
const places =
  'caller_id_name caller_id_number destination_number context start_stamp answer_stamp end_stamp duration billsec hangup_cause uuid bleg_uuid accountcode read_codec write_codec'.split(
    ' ',
  );

/** Refused before anybody could be reached: every line, trunk or gateway was taken or would not have the call. */
const refusals = new Set(
  'USER_BUSY CALL_REJECTED NORMAL_CIRCUIT_CONGESTION SWITCH_CONGESTION NETWORK_OUT_OF_ORDER REQUESTED_CHAN_UNAVAIL GATEWAY_DOWN EXCHANGE_ROUTING_ERROR'.split(
    ' ',
  ),
);
const MAX_LEGS = 200_000;

export type SwitchOptions = { toUtc: ToUtc; channel: Channel; header: string[] | null };

/** One leg as FreeSWITCH tells it. Epoch milliseconds; null: it did not happen. */
type Leg = {
  uuid: string;
  caller: string;
  queue: string;
  agent: string;
  start: number;
  joined: number | null;
  answer: number | null;
  end: number;
  holdMs: number | null;
  cause: string;
};

function outcomeOf({ answer, cause }: Leg): ForeignContact['outcome'] {
  if (answer !== null) return 'answered';
  return refusals.has(cause) ? 'blocked' : 'abandoned';
}

function contactOf(leg: Leg, channel: Channel, line: number): ForeignContact {
  const { uuid, caller, queue, agent, start, joined, answer, end, holdMs, cause } = leg;
  const outcome = outcomeOf(leg);
  const events: NamedEvent[] = [namedEvent('arrived', start, { queue })];
  if (joined !== null || outcome !== 'blocked')
    events.push(namedEvent('queued', joined ?? start, { queue }));
  if (answer === null) {
    const type = outcome === 'blocked' ? 'blocked' : 'abandoned';
    events.push(namedEvent(type, end, { queue, data: { cause } }));
  } else {
    events.push(namedEvent('accepted', answer, { queue, agent }));
    const talkMs = Math.max(0, end - answer - (holdMs ?? 0));
    const data = { talkMs, assumed: true, ...(holdMs === null ? {} : { holdMs }) };
    events.push(namedEvent('solved', Math.max(answer, end), { queue, agent, data }));
  }
  return {
    key: uuid,
    arrivedAt: start,
    channel,
    topic: '',
    type: '',
    tier: '',
    customer: caller,
    outcome,
    events,
    line,
  };
}

/** Reads contacts from the CSV records of FreeSWITCH, one a leg; second legs of bridged calls are left out. */
export function switchCsvAssembler(options: SwitchOptions, sink: Sink, tally: Tally): Assembler {
  const { toUtc, channel, header } = options;
  const field = fieldReader(header, places);
  const second = new Set<string>();
  return {
    add(row: Row) {
      const { fields } = row;
      if (isHeaderRow(header, fields)) {
        tally.header(row);
        return;
      }
      const start = instantOf(field(fields, 'start_stamp'), toUtc);
      const end = instantOf(field(fields, 'end_stamp'), toUtc);
      const uuid = ownText(field(fields, 'uuid'));
      if (start === null || end === null || uuid === '') {
        tally.error('cdr_row_unreadable', row);
        return;
      }
      const bridged = field(fields, 'bleg_uuid');
      if (second.has(uuid)) {
        tally.leftOut('second_leg', row);
        return;
      }
      if (bridged !== '') {
        if (second.size >= MAX_LEGS) second.clear();
        second.add(ownText(bridged));
      }
      const leg: Leg = {
        uuid,
        start,
        end,
        joined: null,
        agent: '',
        holdMs: null,
        caller: ownText(field(fields, 'caller_id_number')),
        queue: ownText(field(fields, 'destination_number')),
        answer: instantOf(field(fields, 'answer_stamp'), toUtc),
        cause: ownText(field(fields, 'hangup_cause')),
      };
      sink.contact(contactOf(leg, channel, row.line));
    },
    end() {},
  };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The text of a variable; FreeSWITCH writes them percent-encoded. */
function variable(variables: Record<string, unknown>, name: string): string {
  const value = variables[name];
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  try {
    return value.includes('%') ? decodeURIComponent(value) : value;
  } catch {
    return value;
  }
}

/** The variables of one JSON record, and who called whom. */
function recordOf(text: string) {
  const parsed = record(JSON.parse(text));
  const all = record(parsed['variables']);
  const [flow] = Array.isArray(parsed['callflow']) ? (parsed['callflow'] as unknown[]) : [];
  const profile = record(record(flow)['caller_profile']);
  const first = (from: Record<string, unknown>, names: string[]): string =>
    names.map((name) => variable(from, name)).find(Boolean) ?? '';
  return {
    text: (...names: string[]) => first(all, names),
    profile: (name: string) => variable(profile, name),
  };
}

const holdOf = (seconds: string): number | null =>
  /^\d+$/.test(seconds) ? Number(seconds) * 1000 : null;

/** The leg that a JSON record tells of; null when it is the other side of one that counts. Undefined: it tells none. */
function jsonLeg(text: string, toUtc: ToUtc): Leg | null | undefined {
  const said = recordOf(text);
  const time = (...names: string[]) => instantOf(said.text(...names), toUtc);
  const start = time('start_uepoch', 'start_epoch', 'start_stamp');
  const end = time('end_uepoch', 'end_epoch', 'end_stamp');
  const uuid = said.text('uuid', 'call_uuid');
  if (start === null || end === null || uuid === '') return undefined;
  const plain = (name: string) => said.text(name).replace(/@.*$/, '');
  const queue = plain('cc_queue');
  const isOther = queue === '' && said.text('direction') === 'outbound';
  if (isOther || said.text('cc_side') === 'agent') return null;
  const called = said.profile('destination_number') || said.text('destination_number');
  const caller = said.text('caller_id_number', 'effective_caller_id_number');
  const direct = () => time('answer_uepoch', 'answer_epoch', 'answer_stamp');
  return {
    uuid: ownText(uuid),
    start,
    end,
    answer: queue === '' ? direct() : time('cc_queue_answered_epoch'),
    caller: ownText(caller || said.profile('caller_id_number')),
    queue: ownText(queue || called),
    agent: ownText(plain('cc_agent')),
    joined: queue === '' ? null : time('cc_queue_joined_epoch'),
    holdMs: holdOf(said.text('hold_accum_seconds')),
    cause: ownText(said.text('hangup_cause')),
  };
}

/** Reads contacts from the JSON records of FreeSWITCH (`mod_json_cdr`), one object a leg. */
export function switchJsonAssembler(options: SwitchOptions, sink: Sink, tally: Tally): Assembler {
  const { toUtc, channel } = options;
  return {
    add(row: Row) {
      let leg: Leg | null | undefined;
      try {
        leg = jsonLeg(row.fields[0] ?? '', toUtc);
      } catch {
        tally.error('json_unreadable', row);
        return;
      }
      if (leg === undefined) tally.error('cdr_row_unreadable', row);
      else if (leg === null) tally.leftOut('second_leg', row);
      else sink.contact(contactOf(leg, channel, row.line));
    },
    end() {},
  };
}
