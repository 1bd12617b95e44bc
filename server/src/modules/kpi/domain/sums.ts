import { repeatWindowsDays, waitEdgesSeconds } from '@yingda/contract';

/**
 * What is summed over contacts, in the order of the places in `kpi_half_hour.sums` and `kpi_day.sums`. A name is only
 * ever added at the end. `…Known`, `attempts` and `rung` are the denominators for what not every log tells.
 */
export const contactSums = [
  'answered',
  'abandoned',
  'blocked',
  'selfServed',
  'open',
  /** Blocked or reached, in logs that tell of blocked attempts. */
  'attempts',
  /** Answered by a person. */
  'handled',
  /** Waited in a queue for longer than nothing. */
  'queued',
  'queueWaitMs',
  'answerWaitMs',
  'abandonWaitMs',
  /** Answered, with the ringing known. */
  'rung',
  'ringMs',
  'talkMs',
  'holdKnown',
  'held',
  'holdMs',
  'wrapKnown',
  'wrapMs',
  'transferKnown',
  'transferred',
  /** Handled contacts of known customers. */
  'fcrBase',
  'fcrSolved',
  /** Solved ones whose customer came again on the same matter within so many days. */
  'repeat1',
  'repeat3',
  'repeat7',
  'repeat14',
  'repeat30',
  /** Handled, in logs that tell when agents were signed in: what their hours may be divided by. */
  'timedHandled',
] as const;
export type ContactSum = (typeof contactSums)[number];

/** What is summed over the parts that agents had in contacts: places in `kpi_agent_day.sums`. */
export const agentSums = [
  'answered',
  /** Contacts this agent had a part in. */
  'handled',
  'answerWaitMs',
  'rung',
  'ringMs',
  'talkMs',
  'holdKnown',
  'held',
  'holdMs',
  'wrapKnown',
  'wrapMs',
  'transferKnown',
  'transferred',
  'declined',
  'unanswered',
  'fcrBase',
  'fcrSolved',
  'repeat1',
  'repeat3',
  'repeat7',
  'repeat14',
  'repeat30',
  'timedHandled',
] as const;
export type AgentSum = (typeof agentSums)[number];

/** How agents spent their time, from sign-in times and shifts. */
export const timeSums = [
  'signedInMs',
  'readyMs',
  'busyMs',
  'wrapClockMs',
  'idleMs',
  'scheduledMs',
  'adherentMs',
  'peopleScheduled',
  'peopleWorked',
] as const;
export type TimeSum = (typeof timeSums)[number];

/** What was entered by people: money in minor units, staff as a sum over days. */
export const enteredSums = [
  'cost',
  /** Part of signedInMs that people typed in: it is of all logs. */
  'enteredSignedInMs',
  'staffDays',
  'staffDaysKnown',
  'leavers',
  'leaversKnown',
  'gradeSum',
  'grades',
] as const;
export type EnteredSum = (typeof enteredSums)[number];

export type SumName = ContactSum | AgentSum | TimeSum | EnteredSum;

/**
 * Everything a standard is computed from. A name that is absent is unknown here (not 0): the group has no such figure,
 * for example abandoned contacts of one agent. `answeredWithin` and `abandonedWithin`: contacts by `waitEdgesSeconds`,
 * cumulative. `targetAnswered` (answered within the service level's seconds, which may differ by queue and date),
 * `shortAbandoned`.
 */
export type Sums = Partial<
  Record<SumName | 'withinServiceLevel' | 'shortAbandoned' | 'days', number>
>;

export const waitEdgesMs: readonly number[] = waitEdgesSeconds.map((seconds) => seconds * 1000);

/** Index of the first edge that the wait does not exceed; the number of edges when it exceeds all. */
export function edgeOf(waitMs: number): number {
  let [low, high] = [0, waitEdgesMs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (waitMs <= (waitEdgesMs[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Place (from 1, as in SQL) of a wait edge in the cumulative arrays. Throws for seconds that are no edge. */
export function edgePlace(seconds: number): number {
  const index = (waitEdgesSeconds as readonly number[]).indexOf(seconds);
  if (index < 0) throw new Error(`${seconds} s is no edge of the wait histogram`);
  return index + 1;
}

export const repeatSumOf = (days: number): ContactSum => {
  if (!(repeatWindowsDays as readonly number[]).includes(days)) {
    throw new Error(`${days} days is no repeat window`);
  }
  return `repeat${days}` as ContactSum;
};

/** Adds `more` into `into`; a name that one of them lacks stays as the other has it. */
export function addSums(into: Sums, more: Sums): Sums {
  for (const key in more) {
    const name = key as keyof Sums;
    into[name] = (into[name] ?? 0) + (more[name] ?? 0);
  }
  return into;
}
