import type { AgentDayDelta, DayDelta, Deltas, HalfHourDelta } from './deltas.ts';

export type CentreDelta = Omit<HalfHourDelta, 'queue' | 'channel' | 'type'>;
export type QueueDayDelta = Omit<DayDelta, 'topic' | 'tier'>;
export type TopicDayDelta = Omit<DayDelta, 'queue'>;
export type MonthDelta = Omit<DayDelta, 'day'> & { month: string };
export type AgentMonthDelta = Omit<AgentDayDelta, 'day'> & { month: string };
/** Changes of the sums that have fewer dimensions, or longer steps. */
export type CoarserDeltas = {
  centre: Map<string, CentreDelta>;
  queueDays: Map<string, QueueDayDelta>;
  topicDays: Map<string, TopicDayDelta>;
  months: Map<string, MonthDelta>;
  agentMonths: Map<string, AgentMonthDelta>;
};

/** First day of the month of a date. */
export const monthOf = (day: string): string => `${day.slice(0, 8)}01`;
/** First day of the month after. */
export function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

type Sums = { sums: number[]; answered?: number[] | null; abandoned?: number[] | null };

function plus<A extends number[] | null>(a: A, b: A): A | number[] {
  if (a === null || b === null) return a ?? b;
  return a.map((value, at) => value + (b[at] ?? 0));
}

/** Rows that fall together under a key, added up. */
function together<D extends Sums, T extends Sums>(
  rows: Iterable<D>,
  as: (row: D) => T,
  keyOf: (row: T) => string,
): Map<string, T> {
  const found = new Map<string, T>();
  for (const row of rows) {
    const own = as(row);
    const key = keyOf(own);
    const known = found.get(key);
    if (known) {
      known.sums = plus(known.sums, own.sums);
      if (own.answered) known.answered = plus(known.answered ?? null, own.answered);
      if (own.abandoned) known.abandoned = plus(known.abandoned ?? null, own.abandoned);
    } else found.set(key, own);
  }
  return found;
}

/** The same changes for the coarser sums. */
export function coarserDeltas({ halfHours, days, agentDays }: Deltas): CoarserDeltas {
  return {
    centre: together(
      halfHours.values(),
      ({ queue: _, channel: _c, type: _t, ...row }): CentreDelta => row,
      ({ stepAt }) => String(stepAt),
    ),
    queueDays: together(
      days.values(),
      ({ topic: _, tier: _t, ...row }): QueueDayDelta => row,
      ({ day, queue, channel, type }) => `${day}|${queue}|${channel}|${type}`,
    ),
    topicDays: together(
      days.values(),
      ({ queue: _, ...row }): TopicDayDelta => row,
      ({ day, channel, topic, type, tier }) => `${day}|${channel}|${topic}|${type}|${tier}`,
    ),
    months: together(
      days.values(),
      ({ day, ...row }): MonthDelta => ({ ...row, month: monthOf(day) }),
      ({ month, queue, channel, topic, type, tier }) =>
        `${month}|${queue}|${channel}|${topic}|${type}|${tier}`,
    ),
    agentMonths: together(
      agentDays.values(),
      ({ day, ...row }): AgentMonthDelta => ({ ...row, month: monthOf(day) }),
      ({ month, agent, queue, channel, topic, type }) =>
        `${month}|${agent}|${queue}|${channel}|${topic}|${type}`,
    ),
  };
}
