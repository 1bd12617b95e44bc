import type { Channel } from '@yingda/contract';
import { deviceOf, fieldReader, instantOf, lingering } from './epochs.ts';
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
  isInQueue: boolean;
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
  type: string;
  at: number;
  device: string;
  id: string;
  app: string;
  data: string;
  isCaller: boolean;
};

function step(call: Call, event: Event): void {
  const { type, at, device, id, app, data, isCaller } = event;
  const { queue } = call;
  const push = (one: NamedEvent): void => {
    if (call.events.length < MAX_EVENTS) call.events.push(one);
  };
  const agent = ownText(device);
  if (type === 'APP_START' && isCaller && app === 'Queue') {
    call.queue = ownText(data.split(',')[0] ?? '');
    call.isInQueue = true;
    call.wasQueued = true;
    push(namedEvent('queued', at, { queue: call.queue }));
  } else if (type === 'CHAN_START' && !isCaller) {
    call.ringing.set(ownText(id), at);
    push(namedEvent('offered', at, { queue, agent }));
  } else if (type === 'BRIDGE_ENTER' && !isCaller && call.talking === '') {
    call.ringing.delete(id);
    call.talking = ownText(id);
    call.isAnswered = true;
    push(namedEvent('accepted', at, { queue, agent }));
  } else if ((type === 'HANGUP' || type === 'CHAN_END') && call.ringing.delete(id)) {
    push(namedEvent('no_answer', at, { queue, agent }));
  } else if (type === 'BLINDTRANSFER' || type === 'ATTENDEDTRANSFER') {
    push(namedEvent('transferred', at, { queue, agent: '' }));
    call.talking = '';
  } else if (type === 'BRIDGE_EXIT' && call.talking === id) call.talking = '';
}

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
      if (header && fields.join() === header.join()) return;
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
        isInQueue: false,
        wasQueued: false,
        ringing: new Map<string, number>(),
        talking: '',
        isAnswered: false,
        events: [namedEvent('arrived', at)],
        lastAt: at,
      }));
      call.lastAt = Math.max(call.lastAt, at);
      step(call, {
        type,
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
