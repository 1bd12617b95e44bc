import { standardDirections, standardKeys, standardUnits } from '@yingda/contract';
import type {
  Direction,
  KpiSettings,
  Missing,
  ReportStep,
  StandardKey,
  StandardUnit,
  TargetBand,
} from '@yingda/contract';
import { repeatSumOf } from './sums.ts';
import type { Sums } from './sums.ts';

/**
 * One of the 23 standards after the list of Jon Anton (Purdue University, Center for Customer-Driven Quality). Live
 * board, report, export, API and mail take value and band from here and from nowhere else.
 */
export type Standard = {
  key: StandardKey;
  number: number;
  unit: StandardUnit;
  direction: Direction;
  /** The trade's norm and recommended range; targets take their place. */
  band: TargetBand;
  /** True: the band is for a year and shrinks with the period. */
  isYearly: boolean;
  finest: ReportStep;
  /** Numerator and denominator over sums; undefined where a sum is unknown. Times in seconds, shares in per cent. */
  parts(sums: Sums, settings: KpiSettings): { over: number; under: number } | undefined;
  /** What a missing denominator means. */
  lacks: Missing;
};

type Spec = Omit<Standard, 'key' | 'number' | 'unit' | 'direction' | 'isYearly'> & {
  isYearly?: boolean;
};
type Part = number | undefined;

const ratio = (over: Part, under: Part, scale = 1) =>
  over === undefined || under === undefined ? undefined : { over: over * scale, under };
const plus = (...parts: Part[]): Part =>
  parts.reduce<Part>(
    (sum, part) => (sum === undefined || part === undefined ? undefined : sum + part),
    0,
  );
const minus = (a: Part, b: Part): Part => (a === undefined || b === undefined ? undefined : a - b);
const PERCENT = 100;
const PER_SECOND = 1 / 1000;
const PER_HOUR = 3_600_000;
const band = (norm: number | null, low: number | null, high: number | null): TargetBand => ({
  norm,
  low,
  high,
});

/** All who reached the centre and whose fate is known. */
const reached = ({ answered, abandoned }: Sums): Part => plus(answered, abandoned);

const specs: Record<StandardKey, Spec> = {
  adherence: {
    band: band(null, 92, null),
    finest: 'day',
    lacks: 'no_schedule',
    parts: (s) => ratio(s.adherentMs, s.scheduledMs, PERCENT),
  },
  after_call_work: {
    band: band(60, 30, 60),
    finest: 'day',
    lacks: 'no_wrap_up',
    parts: (s) => ratio(s.wrapMs, s.wrapKnown, PER_SECOND),
  },
  abandon_time: {
    band: band(60, 20, 60),
    finest: 'day',
    lacks: 'no_contacts',
    parts: (s) => ratio(s.abandonWaitMs, s.abandoned, PER_SECOND),
  },
  cost_per_contact: {
    band: band(400, 200, 500),
    finest: 'week',
    lacks: 'no_costs',
    // No centre costs nothing: 0 means that nothing was entered.
    parts: (s) => ratio(s.cost || undefined, plus(s.answered, s.selfServed)),
  },
  handle_time: {
    band: band(510, 180, 600),
    finest: 'day',
    lacks: 'no_contacts',
    parts: (s) => ratio(plus(s.talkMs, s.holdMs, s.wrapMs), s.handled, PER_SECOND),
  },
  hold_time: {
    band: band(60, 20, 60),
    finest: 'day',
    lacks: 'no_hold',
    parts: (s) => ratio(s.holdMs, s.held, PER_SECOND),
  },
  rings: {
    band: band(3, 2, 4),
    finest: 'day',
    lacks: 'no_rings',
    parts: (s, { ringSeconds }) => ratio(s.ringMs, s.rung, PER_SECOND / ringSeconds),
  },
  queue_time: {
    band: band(150, 30, 90),
    finest: 'day',
    lacks: 'no_contacts',
    parts: (s) => ratio(s.queueWaitMs, s.queued, PER_SECOND),
  },
  speed_of_answer: {
    band: band(null, null, 20),
    finest: 'half_hour',
    lacks: 'no_contacts',
    parts: (s) => ratio(s.answerWaitMs, s.answered, PER_SECOND),
  },
  talk_time: {
    band: band(330, 270, 360),
    finest: 'week',
    lacks: 'no_contacts',
    parts: (s) => ratio(s.talkMs, s.handled, PER_SECOND),
  },
  contacts_per_hour: {
    band: band(null, null, null),
    finest: 'day',
    lacks: 'no_sign_in_times',
    // Hours typed in are of all logs, measured ones only of those that tell of sign-ins.
    parts: ({ handled, timedHandled, enteredSignedInMs, signedInMs }) =>
      ratio(enteredSignedInMs ? handled : timedHandled, signedInMs, PER_HOUR),
  },
  monitoring_score: {
    band: band(null, null, null),
    finest: 'month',
    lacks: 'no_grades',
    parts: (s) => ratio(s.gradeSum, s.grades),
  },
  occupancy: {
    band: band(null, 90, null),
    finest: 'day',
    lacks: 'no_sign_in_times',
    parts: (s, { occupancy }) => {
      const wrap = occupancy === 'with_wrap_up' ? s.wrapClockMs : 0;
      return ratio(plus(s.busyMs, wrap), plus(s.busyMs, wrap, s.idleMs), PERCENT);
    },
  },
  abandonment: {
    band: band(3, 3, 5),
    finest: 'day',
    lacks: 'no_contacts',
    parts: (s) =>
      ratio(minus(s.abandoned, s.shortAbandoned), minus(reached(s), s.shortAbandoned), PERCENT),
  },
  attendance: {
    band: band(null, 95, null),
    finest: 'day',
    lacks: 'no_schedule',
    parts: (s) => ratio(s.peopleWorked, s.peopleScheduled, PERCENT),
  },
  blockage: {
    band: band(1, 1, 3),
    finest: 'hour',
    lacks: 'no_blocked',
    parts: (s) => ratio(s.blocked, s.attempts, PERCENT),
  },
  first_contact_resolution: {
    band: band(85, 85, 100),
    finest: 'day',
    lacks: 'no_customers',
    parts: (s, { repeatWindowDays }) =>
      ratio(minus(s.fcrSolved, s[repeatSumOf(repeatWindowDays)]), s.fcrBase, PERCENT),
  },
  queued_rate: {
    band: band(15, 10, 20),
    finest: 'week',
    lacks: 'no_contacts',
    parts: (s) => ratio(s.queued, reached(s), PERCENT),
  },
  transfer_rate: {
    band: band(3, null, 1),
    finest: 'day',
    lacks: 'no_transfers',
    parts: (s) => ratio(s.transferred, s.transferKnown, PERCENT),
  },
  answered_rate: {
    band: band(null, 98, null),
    finest: 'day',
    lacks: 'no_contacts',
    parts: (s) => ratio(s.answered, reached(s), PERCENT),
  },
  service_level: {
    band: band(80, 80, null),
    finest: 'half_hour',
    lacks: 'no_contacts',
    parts: (s, { shortAbandonsInServiceLevel: stay }) =>
      ratio(s.withinServiceLevel, stay ? reached(s) : minus(reached(s), s.shortAbandoned), PERCENT),
  },
  total_contacts: {
    band: band(null, null, null),
    finest: 'hour',
    lacks: 'no_contacts',
    parts: (s) => ratio(plus(s.blocked, s.abandoned, s.answered), 1),
  },
  turnover: {
    band: band(25, 15, 30),
    isYearly: true,
    finest: 'month',
    lacks: 'no_staff',
    // Average staff is the sum over the days for which it is known, by their number.
    parts: (s) =>
      s.leaversKnown && s.staffDays !== undefined && s.staffDaysKnown
        ? ratio(s.leavers, s.staffDays / s.staffDaysKnown, PERCENT)
        : undefined,
  },
};

/** The 23 standards in the order of their numbers. */
export const standards: readonly Standard[] = standardKeys.map((key, index) => ({
  isYearly: false,
  ...specs[key],
  key,
  unit: standardUnits[key],
  direction: standardDirections[key],
  number: index + 1,
}));

const byKey = new Map(standards.map((standard) => [standard.key, standard]));

export function standardOf(key: StandardKey): Standard {
  const found = byKey.get(key);
  if (!found) throw new Error(`unknown standard ${key}`);
  return found;
}

/** Value of a standard over sums; null where the denominator is 0 or a sum is unknown, never 0 or NaN for it. */
export function valueOf(key: StandardKey, sums: Sums, settings: KpiSettings): number | null {
  const parts = standardOf(key).parts(sums, settings);
  if (!parts || parts.under <= 0) return null;
  return parts.over / parts.under;
}
