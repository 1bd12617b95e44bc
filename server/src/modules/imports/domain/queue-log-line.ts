import { readTime } from './times.ts';
import type { ToUtc } from './zone.ts';

/** A line of Asterisk's queue_log. `data` holds what the verb is about; '' where nothing stands. */
export type QueueLine = {
  at: number;
  callId: string;
  queue: string;
  agent: string;
  verb: string;
  data: string[];
};

const none = (text: string): string => (text === 'NONE' ? '' : text);
const VERB = /^[A-Z][A-Z_]{2,30}$/;

function timeOf(text: string, toUtc: ToUtc): number | undefined {
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  const read = readTime('iso', text);
  if (!read || read.kind === 'time') return undefined;
  return read.kind === 'utc' ? read.ms : toUtc(read.ms);
}

/** Fields of a line, whether parted by `|` (the file) or by commas (dumps of the realtime table). */
function partsOf(line: string): string[] {
  const [bar, comma] = [line.indexOf('|'), line.indexOf(',')];
  if (bar >= 0 && (comma < 0 || bar < comma)) return line.split('|');
  if (!line.includes('"')) return line.split(',');
  const parts = line.match(/(?:"(?:[^"]|"")*"|[^,])+|(?<=,)(?=,|$)|^(?=,)/g) ?? [];
  return parts.map((part) =>
    part.startsWith('"') && part.endsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part,
  );
}

/** Dumps of old tables have all data in one field. */
function dataOf(rest: string[]): string[] {
  const [only] = rest;
  return rest.length === 1 && only?.includes('|') ? only.split('|') : rest;
}

const isNumbered = ([first = '', , , , , verb = '']: string[]): boolean =>
  /^\d{1,8}$/.test(first) && VERB.test(verb);

/** Reads one line; null when it is none (cut, or of another kind of file). */
export function readQueueLine(line: string, toUtc: ToUtc): QueueLine | null {
  const parts = partsOf(line);
  // A dump may have the row's number in front.
  if (isNumbered(parts)) parts.shift();
  const [time = '', callId = '', queue = '', agent = '', verb = '', ...rest] = parts;
  if (!VERB.test(verb)) return null;
  const at = timeOf(time.trim(), toUtc);
  if (at === undefined) return null;
  return {
    at,
    callId: none(callId),
    queue: none(queue),
    agent: none(agent),
    verb,
    data: dataOf(rest),
  };
}

const seconds = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,7}$/.test(text.trim()) ? Number(text) * 1000 : null;

/** A figure of the data in milliseconds, from whole seconds; null when none stands there. */
export const secondsAt = (line: QueueLine, place: number): number | null =>
  seconds(line.data[place]);

export const millisAt = (line: QueueLine, place: number): number | null => {
  const ms = seconds(line.data[place]);
  return ms === null ? null : ms / 1000;
};

/** When Asterisk made the channel: it stands in its name, the only time that no cut of the log can change. */
export function channelTime(callId: string): number | null {
  const match = /(?:^|-)(\d{9,10})\.\d+$/.exec(callId);
  return match ? Number(match[1]) * 1000 : null;
}
