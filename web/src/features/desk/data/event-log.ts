import type { LiveEvent } from '@yingda/contract';

export interface EventLog {
  push(event: LiveEvent): void;
  /** A point in time to ask from later. */
  mark(): number;
  /** What happened since the mark; null when that is more than is kept. */
  since(mark: number): readonly LiveEvent[] | null;
}

/**
 * The newest live events. An answer that was read on the server before an event, but arrives after it, would take
 * the screen back in time; replaying what came since the question was asked prevents that.
 */
export function createEventLog(limit = 1000): EventLog {
  let events: LiveEvent[] = [];
  let dropped = 0;
  return {
    push(event) {
      events.push(event);
      if (events.length <= limit) return;
      const surplus = Math.ceil(limit / 2);
      events = events.slice(surplus);
      dropped += surplus;
    },
    mark: () => dropped + events.length,
    since: (mark) => (mark < dropped ? null : events.slice(mark - dropped)),
  };
}
