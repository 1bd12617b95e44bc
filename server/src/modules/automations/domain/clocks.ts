import type { AutomationClock } from '@yingda/contract';

/** The times of an order or conversation from which automations over time count; ISO. */
export type Times = {
  isOpen: boolean;
  /** False: its clock stands still. */
  isRunning: boolean;
  created: string;
  stepSince: string | null;
  touched: string | null;
  due: string | null;
  ended: string | null;
  waitingSince: string | null;
};

/** From when a clock counts, which names the occasion; null: it does not run. */
export function anchorOf(clock: AutomationClock, times: Times): string | null {
  const open = (at: string | null) => (times.isOpen ? at : null);
  const ended = times.isOpen ? null : times.ended;
  const anchors: Record<AutomationClock, () => string | null> = {
    'order.in_step': () => open(times.stepSince),
    'order.since_created': () => open(times.created),
    'order.untouched': () => open(times.touched),
    'order.before_due': () => (times.isRunning ? open(times.due) : null),
    'order.after_due': () => (times.isRunning ? open(times.due) : null),
    'order.since_closed': () => ended,
    'conversation.since_started': () => open(times.created),
    'conversation.customer_waits': () => open(times.waitingSince),
    'conversation.silent': () => open(times.touched),
    'conversation.since_resolved': () => ended,
  };
  return anchors[clock]();
}

type Add = (from: number, ms: number) => number | null;

/** When a clock has run for so many minutes; epoch milliseconds, null: never in the next years. */
export function dueOf(
  { clock, minutes }: { clock: AutomationClock; minutes: number },
  anchor: string,
  add: Add,
): number | null {
  const at = Date.parse(anchor);
  // Backwards there is no working time: the deadline itself was reckoned in it.
  if (clock === 'order.before_due') return at - minutes * 60_000;
  return add(at, minutes * 60_000);
}
