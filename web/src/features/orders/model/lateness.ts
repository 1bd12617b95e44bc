import type { OrderLine, OrderView, Rung } from '@yingda/contract';
import { dueLevel } from './due.ts';

/** Why an order is late, as far as the order itself tells. */
export interface Lateness {
  dueAt: string;
  /** Working minutes that the step may take; null: its flow says nothing. */
  minutes: number | null;
  /** Hours of the day and night count too. */
  isFlat: boolean;
  /** Since when it has been with the person or in the inbox that holds it now. */
  heldSince: string;
  /** It lies in the inbox of a team. */
  isUntaken: boolean;
  /** It was taken only when its time was over. */
  isTakenLate: boolean;
  /** How often it has been at this step. */
  times: number;
  /** Who was told that it is late, the latest last. */
  told: { at: string; to: Rung[] }[];
  /** The recorder is asked to chase the owner and to tell the customer. */
  isToChase: boolean;
}

type Known = Pick<
  OrderView,
  | 'clock'
  | 'dueAt'
  | 'status'
  | 'stepKey'
  | 'stepSince'
  | 'ownerId'
  | 'visits'
  | 'lines'
  | 'definition'
>;

const rungs: readonly Rung[] = ['owner', 'recorder', 'lead', 'manager'];
function toOf({ data }: OrderLine): Rung[] {
  const to: unknown[] = Array.isArray(data['to']) ? data['to'] : [];
  return rungs.filter((rung) => to.includes(rung));
}

/** Why the order is late at `now` (ms since 1970); null when it is not. */
export function latenessOf(order: Known, now: number): Lateness | null {
  const { dueAt, stepKey } = order;
  const isLate = order.status === 'open' && dueLevel(order, now) === 'late';
  if (!isLate || dueAt === null) return null;
  const clock = order.definition.steps.find(({ key }) => key === stepKey)?.clock ?? null;
  const here = order.lines.filter(({ at }) => at >= order.stepSince);
  const taken = here.findLast(({ kind }) => kind === 'taken');
  const heldSince = taken?.at ?? order.stepSince;
  const isUntaken = order.ownerId === null;
  return {
    dueAt,
    minutes: clock && clock.minutes,
    isFlat: clock?.calendar === 'flat',
    heldSince,
    isUntaken,
    isTakenLate: !isUntaken && taken !== undefined && taken.at > dueAt,
    times: order.visits.filter((visit) => visit.stepKey === stepKey).length,
    told: here
      .filter(({ kind }) => kind === 'escalated')
      .map((line) => ({ at: line.at, to: toOf(line) })),
    isToChase: here.some(({ kind }) => kind === 'chased'),
  };
}
