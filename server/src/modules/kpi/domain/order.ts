import type { ContactEventType } from '@yingda/contract';
import type { LogEvent } from './fact.ts';

/** What goes first of two events of the same millisecond; logs of whole seconds have many. */
const rank: Record<ContactEventType, number> = {
  arrived: 0,
  reopened: 1,
  transferred: 2,
  queued: 3,
  offered: 4,
  declined: 5,
  no_answer: 6,
  accepted: 7,
  held: 8,
  resumed: 9,
  // 10: transferred by an agent who accepted in the same millisecond
  blocked: 11,
  abandoned: 12,
  ended: 13,
  wrap_up_started: 14,
  wrap_up_ended: 15,
  solved: 16,
};
const TRANSFERRED_AT_ONCE = 10;

function rankOf(event: LogEvent, events: readonly LogEvent[]): number {
  if (event.type !== 'transferred' || event.agent === 0) return rank[event.type];
  const isAtOnce = events.some(
    (other) => other.type === 'accepted' && other.at === event.at && other.agent === event.agent,
  );
  return isAtOnce ? TRANSFERRED_AT_ONCE : rank.transferred;
}

function compare(a: LogEvent, b: LogEvent, events: readonly LogEvent[]): number {
  return (
    a.at - b.at ||
    rankOf(a, events) - rankOf(b, events) ||
    a.agent - b.agent ||
    a.queue - b.queue ||
    Number(a.byBot) - Number(b.byBot)
  );
}

/** Events by time; of one moment in the order in which such things happen. Not copied when they stand so already. */
export function inOrder(events: readonly LogEvent[]): readonly LogEvent[] {
  for (let i = 1; i < events.length; i += 1) {
    const [a, b] = [events[i - 1], events[i]];
    if (a && b && compare(a, b, events) > 0) {
      return events.toSorted((one, other) => compare(one, other, events));
    }
  }
  return events;
}
