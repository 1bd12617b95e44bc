import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { ZONE } from './calendar.ts';
import { tierOf } from './centre.ts';
import type { CentreSpec } from './centre.ts';
import { simulateCentre } from './simulation.ts';
import type { LoggedContact, LogPlan } from './simulation.ts';
import type { SignedIn } from './staffing.ts';

/** Columns of the table; durations in seconds, `transferred` and `solved` 1 or 0, nothing where nothing is known. */
export const contactColumns =
  'contact_id,arrived_at,channel,queue,agent,topic,type,tier,customer,outcome,wait_s,ring_s,talk_s,hold_s,wrap_s,transferred,solved';
const timeColumns = 'agent,state,from,until,reason';

const CHUNK = 1 << 18;
const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** `2026-11-23T09:30:00+08:00`; the date and hour of the last instant are kept, as the next is mostly in the same. */
function instantText(): (at: number) => string {
  let hour = NaN;
  let text = '';
  return (at) => {
    const now = Math.floor(at / 3_600_000);
    if (now !== hour) {
      hour = now;
      text = new Date(now * 3_600_000 + ZONE).toISOString().slice(0, 14);
    }
    const seconds = Math.floor(at / 1000) - now * 3600;
    return `${text}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}+08:00`;
  };
}

/** What only contacts with an agent have: talk, hold, wrap-up, whether it was passed on and whether it is solved. */
function handlingOf({ passedOn, isSolved, ...of }: LoggedContact): string {
  if (of.outcome !== 'answered') return ',,,,';
  const talkS = of.talkS + (passedOn ? passedOn.waitS + passedOn.talkS : 0);
  return `${talkS},${of.holdS},${of.wrapS},${passedOn ? 1 : 0},${isSolved ? 1 : 0}`;
}

function rowsOf({ queues, agents, types }: CentreSpec): (contact: LoggedContact) => string {
  const at = instantText();
  const queueNames = queues.map(({ name }) => name);
  const nameIn = (names: readonly string[], place: number): string => names[place] ?? '';
  return (contact) => {
    const { arrivedAt, channel, queue, agent, customer, outcome, waitS, ringS } = contact;
    const type = types[contact.type];
    const who = `${channel},${nameIn(queueNames, queue)},${nameIn(agents, agent)}`;
    const what = `${nameIn(type?.topics ?? [], contact.topic)},${type?.name},${tierOf(customer)}`;
    return `C${contact.number},${at(arrivedAt)},${who},${what},K${customer},${outcome},${waitS},${ringS ?? ''},${handlingOf(contact)}\n`;
  };
}

function timesOf({ agents }: CentreSpec): (time: SignedIn) => string {
  const at = instantText();
  return ({ agent, state, from, until, reason }) =>
    `${agents[agent] ?? ''},${state},${at(from)},${at(until)},${reason ?? ''}\n`;
}

async function send(stream: WriteStream, text: string): Promise<void> {
  if (text.length > 0 && !stream.write(text)) await once(stream, 'drain');
}

export type WrittenLog = { contacts: number; seconds: number };

/** Writes the log of a centre as a table, and on demand a second one of sign-in times. */
export async function writeCentreLog(
  plan: LogPlan,
  { file, timesFile }: { file: string; timesFile?: string },
): Promise<WrittenLog> {
  const begin = performance.now();
  const log = simulateCentre(plan);
  const [rowOf, timeOf] = [rowsOf(plan.centre), timesOf(plan.centre)];
  const out = createWriteStream(file);
  const times = timesFile === undefined ? null : createWriteStream(timesFile);
  let text = `${contactColumns}\n`;
  let timeText = `${timeColumns}\n`;
  const flush = async (): Promise<void> => {
    await send(out, text);
    const { signedIn } = log.takeTimes();
    if (times) await send(times, timeText + signedIn.map(timeOf).join(''));
    [text, timeText] = ['', ''];
  };
  for (const contact of log.contacts) {
    text += rowOf(contact);
    if (text.length > CHUNK) await flush();
  }
  await flush();
  for (const stream of times ? [out, times] : [out]) {
    stream.end();
    await finished(stream);
  }
  return { contacts: plan.contacts, seconds: (performance.now() - begin) / 1000 };
}
