import type { Channel } from '@yingda/contract';
import { deviceOf, fieldReader, instantOf, lingering } from './epochs.ts';
import { isHeaderRow } from './fields.ts';
import { namedEvent, ownText } from './model.ts';
import type { Assembler, ForeignContact, NamedEvent, Row, Sink } from './model.ts';
import { channelTime } from './queue-log-line.ts';
import type { Tally } from './tally.ts';
import type { ToUtc } from './zone.ts';

/** The order in which `cel_custom.conf` writes its fields as it is shipped. */
const places =
  'eventtype eventtime cid_name cid_num cid_ani cid_rdnis cid_dnid exten context channame appname appdata amaflags accountcode uniqueid linkedid peer userfield userdeftype extra'.split(
    ' ',
  );

type Call = {
  line: number;
  arrivedAt: number;
  caller: string;
  queue: string;
  wasQueued: boolean;
  /** Channels of agents that ring, since when. */
  ringing: Map<string, number>;
  /** The channel of the agent who talks. */
  talking: string;
  isAnswered: boolean;
  events: NamedEvent[];
  lastAt: number;
};
const LINGER_MS = 12 * 3_600_000;
const MAX_OPEN = 20_000;
const MAX_EVENTS = 500;

export type CelOptions = {
  toUtc: ToUtc;
  channel: Channel;
  header: string[] | null;
  hasQueues: boolean;
};
type Event = {
  at: number;
  device: string;
  id: string;
  app: string;
  data: string;
  isCaller: boolean;
};

function push(call: Call, event: NamedEvent): void {
  if (call.events.length < MAX_EVENTS) call.events.push(event);
}

function enterQueue(call: Call, { at, app, data, isCaller }: Event): void {
  if (!isCaller || app !== 'Queue') return;
  call.queue = ownText(data.split(',')[0] ?? '');
  call.wasQueued = true;
  push(call, namedEvent('queued', at, { queue: call.queue }));
}

function ring(call: Call, { at, id, device, isCaller }: Event): void {
  if (isCaller) return;
  call.ringing.set(ownText(id), at);
  push(call, namedEvent('offered', at, { queue: call.queue, agent: ownText(device) }));
}

function join(call: Call, { at, id, device, isCaller }: Event): void {
  if (isCaller || call.talking !== '') return;
  call.ringing.delete(id);
  call.talking = ownText(id);
  call.isAnswered = true;
  push(call, namedEvent('accepted', at, { queue: call.queue, agent: ownText(device) }));
}

function hangUp(call: Call, { at, id, device }: Event): void {
  if (!call.ringing.delete(id)) return;
  push(call, namedEvent('no_answer', at, { queue: call.queue, agent: ownText(device) }));
}

function passOn(call: Call, { at }: Event): void {
  push(call, namedEvent('transferred', at, { queue: call.queue }));
  call.talking = '';
}

function letGo(call: Call, { id }: Event): void {
  if (call.talking === id) call.talking = '';
}

const steps: ReadonlyMap<string, (call: Call, event: Event) => void> = new Map([
  ['APP_START', enterQueue],
  ['CHAN_START', ring],
  ['BRIDGE_ENTER', join],
  ['HANGUP', hangUp],
  ['CHAN_END', hangUp],
  ['BLINDTRANSFER', passOn],
  ['ATTENDEDTRANSFER', passOn],
  ['BRIDGE_EXIT', letGo],
]);

/** Reads contacts from Asterisk's channel events: one call is all events of its `linkedid`. */
export function celAssembler(options: CelOptions, sink: Sink, tally: Tally): Assembler {
  const { toUtc, channel, header, hasQueues } = options;
  const field = fieldReader(header, places);
  const give = (key: string, call: Call): void => {
    if (hasQueues && !call.wasQueued) {
      tally.leftOut('cel_not_in_queue', null);
      return;
    }
    const outcome: ForeignContact['outcome'] = call.isAnswered ? 'answered' : 'abandoned';
    const ending = call.isAnswered
      ? namedEvent('solved', call.lastAt, { queue: call.queue, data: { assumed: true } })
      : namedEvent('abandoned', call.lastAt, { queue: call.queue });
    sink.contact({
      key,
      idAt: channelTime(key) ?? call.arrivedAt,
      arrivedAt: call.arrivedAt,
      channel,
      topic: '',
      type: '',
      tier: '',
      customer: call.caller,
      outcome,
      events: [...call.events, ending],
      line: call.line,
    });
  };
  const calls = lingering<Call>({ lingerMs: LINGER_MS, most: MAX_OPEN, give });
  return {
    add(row: Row) {
      const { fields } = row;
      if (isHeaderRow(header, fields)) {
        tally.header(row);
        return;
      }
      const at = instantOf(field(fields, 'eventtime'), toUtc);
      const id = field(fields, 'uniqueid', 'unique_id');
      const key = field(fields, 'linkedid', 'linked_id') || id;
      const type = field(fields, 'eventtype').toUpperCase();
      if (at === null || key === '' || type === '') {
        tally.error('cel_row_unreadable', row);
        return;
      }
      const call = calls.at(ownText(key), at, () => ({
        line: row.line,
        arrivedAt: at,
        caller: ownText(field(fields, 'cid_num')),
        queue: '',
        wasQueued: false,
        ringing: new Map<string, number>(),
        talking: '',
        isAnswered: false,
        events: [namedEvent('arrived', at)],
        lastAt: at,
      }));
      call.lastAt = Math.max(call.lastAt, at);
      steps.get(type)?.(call, {
        at,
        id,
        app: field(fields, 'appname'),
        data: field(fields, 'appdata'),
        device: deviceOf(field(fields, 'channame')),
        isCaller: id === key,
      });
      if (type === 'LINKEDID_END') calls.end(key);
    },
    end: () => calls.endAll(),
  };
}
