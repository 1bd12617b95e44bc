import type { AgentDayDelta, DayDelta, Deltas } from './deltas.ts';

export type MonthDelta = Omit<DayDelta, 'day'> & { month: string };
export type AgentMonthDelta = Omit<AgentDayDelta, 'day'> & { month: string };
export type MonthDeltas = {
  months: Map<string, MonthDelta>;
  agentMonths: Map<string, AgentMonthDelta>;
};

/** First day of the month of a date. */
export const monthOf = (day: string): string => `${day.slice(0, 8)}01`;

function plus(a: number[] | null, b: number[] | null): number[] | null {
  if (a === null || b === null) return a ?? b;
  return a.map((value, at) => value + (b[at] ?? 0));
}

function monthsOf(days: Iterable<DayDelta>): Map<string, MonthDelta> {
  const months = new Map<string, MonthDelta>();
  for (const { day, ...delta } of days) {
    const { queue, channel, topic, type, tier } = delta;
    const month = monthOf(day);
    const key = `${month}|${queue}|${channel}|${topic}|${type}|${tier}`;
    const known = months.get(key) ?? { sums: null, answered: null, abandoned: null };
    const sums = plus(known.sums, delta.sums) ?? [];
    const answered = plus(known.answered, delta.answered);
    const abandoned = plus(known.abandoned, delta.abandoned);
    months.set(key, { ...delta, month, sums, answered, abandoned });
  }
  return months;
}

function agentMonthsOf(agentDays: Iterable<AgentDayDelta>): Map<string, AgentMonthDelta> {
  const months = new Map<string, AgentMonthDelta>();
  for (const { day, ...delta } of agentDays) {
    const { agent, queue, channel, topic, type } = delta;
    const month = monthOf(day);
    const key = `${month}|${agent}|${queue}|${channel}|${topic}|${type}`;
    const sums = plus(months.get(key)?.sums ?? null, delta.sums) ?? [];
    months.set(key, { ...delta, month, sums });
  }
  return months;
}

/** The same changes by months instead of days. */
export function monthDeltas({ days, agentDays }: Deltas): MonthDeltas {
  return { months: monthsOf(days.values()), agentMonths: agentMonthsOf(agentDays.values()) };
}
