import { namedEvent } from './model.ts';
import type { NamedEvent } from './model.ts';
import type { Times } from './table-times.ts';

/** A row of a table once it is understood. `solved` null: no column tells. */
export type UnderstoodRow = {
  times: Times;
  queue: string;
  agent: string;
  transferred: boolean;
  solved: boolean | null;
};
type Data = Record<string, number | boolean>;

/** Figures that a row states; the counting takes them before what the times say. */
function stated(figures: Record<string, number | null>): Data {
  const data: Data = {};
  for (const name in figures) {
    const value = figures[name];
    if (value !== null && value !== undefined) data[name] = value;
  }
  return data;
}

function ending({ times, agent, solved }: UnderstoodRow, from: number): NamedEvent {
  const { talkMs, holdMs, wrapMs, endedAt } = times;
  const held = holdMs ?? 0;
  const until = Math.max(from, endedAt ?? from + (talkMs ?? 0) + held);
  const talked = talkMs ?? Math.max(0, until - from - held);
  const data = stated({ talkMs: talked, holdMs, wrapMs });
  if (solved === null) data.assumed = true;
  return namedEvent(solved === false ? 'ended' : 'solved', until, { agent, data });
}

/** The events of a contact that somebody answered. */
export function answeredEvents(row: UnderstoodRow): NamedEvent[] {
  const { times, queue, agent } = row;
  const { arrivedAt, isQueued, queuedAt, ringMs } = times;
  const waitMs = isQueued ? times.waitMs : 0;
  const events = [namedEvent('arrived', arrivedAt)];
  if (isQueued) events.push(namedEvent('queued', queuedAt, { queue }));
  const from = Math.max(queuedAt, times.answeredAt ?? queuedAt + waitMs);
  if (ringMs !== null) {
    events.push(namedEvent('offered', Math.max(queuedAt, from - ringMs), { queue, agent }));
  }
  events.push(namedEvent('accepted', from, { queue, agent, data: stated({ waitMs, ringMs }) }));
  const end = ending(row, from);
  if (row.transferred) events.push(namedEvent('transferred', end.at, { queue, agent }));
  events.push(end);
  return events;
}

/** The events of a contact that nobody answered. */
export function unansweredEvents(
  outcome: 'abandoned' | 'blocked' | 'self_served',
  { times, queue }: UnderstoodRow,
): NamedEvent[] {
  const { arrivedAt, isQueued, queuedAt, endedAt } = times;
  const events = [namedEvent('arrived', arrivedAt, isQueued ? {} : { queue })];
  if (outcome === 'self_served') {
    const until = Math.max(queuedAt, endedAt ?? 0);
    events.push({ ...namedEvent('accepted', arrivedAt, { queue }), byBot: true });
    events.push({ ...namedEvent('solved', until), byBot: true });
    return events;
  }
  if (isQueued && outcome === 'abandoned') events.push(namedEvent('queued', queuedAt, { queue }));
  const data = { waitMs: isQueued ? times.waitMs : 0 };
  events.push(namedEvent(outcome, queuedAt + data.waitMs, { queue, data }));
  return events;
}
