export type SnoozeChoice = 'later_today' | 'tomorrow' | 'next_week' | 'until_reply';

export interface SnoozeOption {
  choice: SnoozeChoice;
  /** When the conversation comes back; null when the customer's answer wakes it. */
  until: Date | null;
}

const morning = 9;

function atMorning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morning);
}

/** Days to the next Monday, 1 to 7. */
const daysToMonday = (now: Date): number => (8 - now.getDay()) % 7 || 7;

/** In three hours on the full quarter; null when that is past 20:00 and "today" would be an empty word. */
function laterToday(now: Date): Date | null {
  const quarter = 15 * 60_000;
  const at = new Date(Math.ceil((now.getTime() + 3 * 3_600_000) / quarter) * quarter);
  const isToday = at.getDate() === now.getDate();
  return isToday && at.getHours() < 20 ? at : null;
}

/** The choices that make sense now, in the zone of this browser. */
export function snoozeOptions(now: Date): SnoozeOption[] {
  const today = laterToday(now);
  return [
    ...(today ? [{ choice: 'later_today' as const, until: today }] : []),
    { choice: 'tomorrow', until: atMorning(now, 1) },
    { choice: 'next_week', until: atMorning(now, daysToMonday(now)) },
    { choice: 'until_reply', until: null },
  ];
}

/** A local instant as the value of an `<input type="datetime-local">`. */
export function toLocalInput(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
