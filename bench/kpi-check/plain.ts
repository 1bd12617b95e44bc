// What the bank's raw file says, computed the plain way from the definitions of the standards. Nothing of the product
// is imported here, or a mistake in it could hide behind itself.
import { readFileSync } from 'node:fs';

/** Sums of one group of calls; times in seconds. */
export type Tally = {
  offered: number;
  answered: number;
  abandoned: number;
  /** Waited in the queue for longer than nothing. */
  queued: number;
  queueWait: number;
  answerWait: number;
  abandonWait: number;
  withinLevel: number;
  shortAbandoned: number;
  talk: number;
};

const SERVICE_LEVEL = 20;
/** Giving up within this time counts neither above nor below the line of the abandonment rate. */
const SHORT_ABANDON = 20;

const nothing = (): Tally => ({
  offered: 0,
  answered: 0,
  abandoned: 0,
  queued: 0,
  queueWait: 0,
  answerWait: 0,
  abandonWait: 0,
  withinLevel: 0,
  shortAbandoned: 0,
  talk: 0,
});

type Call = {
  isAnswered: boolean;
  wait: number;
  talk: number;
  groups: Record<'all' | 'type' | 'day' | 'hour' | 'halfHour' | 'server', string>;
};

export type Plain = {
  lines: number;
  leftOut: number;
  groups: Record<keyof Call['groups'], Map<string, Tally>>;
};

const two = (text: string): string => text.padStart(2, '0');

/** When a call arrived: it belongs to the time at which it entered the voice menu. */
function arrivalOf(date: string, time: string): Record<'day' | 'hour' | 'halfHour', string> {
  const day = `19${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4)}`;
  const [hours = '', minutes = ''] = time.split(':');
  const hour = `${day} ${two(hours)}`;
  return { day, hour, halfHour: `${hour}:${Number(minutes) < 30 ? '00' : '30'}` };
}

/** One line of the file; undefined: to be left out. A call that queued has waited for `q_time`, others for nothing. */
function callOf(fields: Record<string, string>): Call | undefined {
  const of = (name: string): string => fields[name] ?? '';
  if (of('outcome') !== 'AGENT' && of('outcome') !== 'HANG') return undefined;
  const isAnswered = of('outcome') === 'AGENT';
  // Served by nobody known is served, but by no server that could be named.
  const hasServer = isAnswered && of('server') !== 'NO_SERVER';
  return {
    isAnswered,
    wait: Number(of('q_time')),
    talk: isAnswered ? Number(of('ser_time')) : 0,
    groups: {
      all: '',
      type: of('type'),
      ...arrivalOf(of('date'), of('vru_entry')),
      server: hasServer ? of('server') : '',
    },
  };
}

function add(tally: Tally, { isAnswered, wait, talk }: Call): void {
  tally.offered += 1;
  if (wait > 0) {
    tally.queued += 1;
    tally.queueWait += wait;
  }
  if (isAnswered) {
    tally.answered += 1;
    tally.answerWait += wait;
    tally.talk += talk;
    if (wait <= SERVICE_LEVEL) tally.withinLevel += 1;
  } else {
    tally.abandoned += 1;
    tally.abandonWait += wait;
    if (wait <= SHORT_ABANDON) tally.shortAbandoned += 1;
  }
}

/** Reads the file and adds up its calls by each way of grouping them. */
export function readPlainly(path: string): Plain {
  const [header = '', ...rows] = readFileSync(path, 'latin1').trimEnd().split(/\r?\n/);
  const names = header.split('\t');
  const groups: Plain['groups'] = {
    all: new Map(),
    type: new Map(),
    day: new Map(),
    hour: new Map(),
    halfHour: new Map(),
    server: new Map(),
  };
  let leftOut = 0;
  for (const row of rows) {
    const fields = row.split('\t');
    const call = callOf(Object.fromEntries(names.map((name, at) => [name, fields[at] ?? ''])));
    if (!call) {
      leftOut += 1;
      continue;
    }
    for (const name of Object.keys(groups) as (keyof Plain['groups'])[]) {
      const key = call.groups[name];
      if (name === 'server' && key === '') continue;
      const tally = groups[name].get(key) ?? nothing();
      groups[name].set(key, tally);
      add(tally, call);
    }
  }
  return { lines: rows.length, leftOut, groups };
}

const ratio = (over: number, under: number): number | null => (under > 0 ? over / under : null);

/** The figures of a group as the definitions say them: times in seconds, shares in per cent; null without a base. */
export function figuresOf(tally: Tally): Record<string, number | null> {
  const reached = tally.answered + tally.abandoned;
  return {
    contacts: tally.offered,
    answered: tally.answered,
    abandoned: tally.abandoned,
    queue_time: ratio(tally.queueWait, tally.queued),
    speed_of_answer: ratio(tally.answerWait, tally.answered),
    abandon_time: ratio(tally.abandonWait, tally.abandoned),
    talk_time: ratio(tally.talk, tally.answered),
    service_level: ratio(tally.withinLevel * 100, reached),
    answered_rate: ratio(tally.answered * 100, reached),
    queued_rate: ratio(tally.queued * 100, reached),
    abandonment: ratio(
      (tally.abandoned - tally.shortAbandoned) * 100,
      reached - tally.shortAbandoned,
    ),
  };
}
