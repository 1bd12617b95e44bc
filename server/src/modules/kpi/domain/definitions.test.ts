import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KpiSettings, recordNames, standardKeys } from '@yingda/contract';
import type { ContactEventType, StandardKey } from '@yingda/contract';
import { agentTime } from './agent-time.ts';
import { contributionsOf } from './contributions.ts';
import { standards, valueOf } from './definitions.ts';
import type { LogEvent } from './fact.ts';
import { factOf } from './facts.ts';
import { missingOf } from './missing.ts';
import { addSums, contactSums, waitEdgesMs } from './sums.ts';
import type { Sums } from './sums.ts';

const settings = KpiSettings.parse({});
const start = Date.parse('2026-11-23T01:00:00Z');
const HOUR = 3_600_000;
const DAY = 86_400_000;
const [ANNA, BO, SALES] = [1, 2, 9];

type Line = [seconds: number, type: ContactEventType, more?: Partial<LogEvent>];
type Contact = { lines: Line[]; customer?: number; repeatAfterDays?: number };

/** What a report would sum over these contacts, with a service level of 20 s and short abandons within 5 s. */
function sumsOf(contacts: Contact[], records: readonly string[] = recordNames): Sums {
  const whole: Sums = Object.fromEntries(contactSums.map((name) => [name, 0]));
  addSums(whole, { withinServiceLevel: 0, shortAbandoned: 0, days: 1 });
  for (const { lines, customer = 1, repeatAfterDays } of contacts) {
    const events = lines.map(([seconds, type, more]): LogEvent => ({
      type,
      at: start + seconds * 1000,
      queue: SALES,
      agent: 0,
      byBot: false,
      data: {},
      ...more,
    }));
    const attributes = { channel: 'voice', topic: 0, type: 0, tier: '', customer } as const;
    const repeatGapMs = repeatAfterDays === undefined ? null : repeatAfterDays * DAY;
    const rules = { zone: 'Asia/Shanghai', records: new Set(records), repeatGapMs };
    const { day } = contributionsOf(factOf(events, attributes), rules);
    addSums(whole, Object.fromEntries(contactSums.map((name, i) => [name, day.sums[i] ?? 0])));
    const within = (edge: number | null, seconds: number) =>
      edge !== null && (waitEdgesMs[edge] ?? Infinity) <= seconds * 1000 ? 1 : 0;
    addSums(whole, {
      withinServiceLevel: within(day.answeredEdge, 20),
      shortAbandoned: within(day.abandonedEdge, 5),
    });
  }
  return whole;
}

const anna = { agent: ANNA };
const bo = { agent: BO };

/**
 * Ten attempts: one blocked; four abandoned after 4 (short), 24, 36 and 60 s; one served by the machine; four answered
 * after 0, 10, 20 and 50 s.
 */
const day: Contact[] = [
  { lines: [[0, 'blocked']] },
  ...[4, 24, 36, 60].map((wait): Contact => ({
    lines: [
      [0, 'queued'],
      [wait, 'abandoned'],
    ],
  })),
  {
    lines: [
      [0, 'accepted', { byBot: true, data: { ringMs: 5_000 } }],
      [60, 'ended', { byBot: true }],
    ],
  },
  {
    // At once; talk 100 s, no wrap-up; solved.
    lines: [
      [0, 'arrived'],
      [0, 'accepted', { ...anna, data: { ringMs: 0 } }],
      [100, 'ended', anna],
      [100, 'solved', anna],
    ],
  },
  {
    // Rang for 5 s of the 10; talk 200 s and hold 30 s; wrap-up 40 s; solved, but the customer came again after 3 days.
    lines: [
      [0, 'queued'],
      [10, 'accepted', { ...bo, data: { ringMs: 5_000 } }],
      [110, 'held', bo],
      [140, 'resumed', bo],
      [240, 'ended', bo],
      [240, 'solved', bo],
      [240, 'wrap_up_started', bo],
      [280, 'wrap_up_ended', bo],
    ],
    repeatAfterDays: 3,
  },
  {
    // Passed on: 60 s with Anna, 140 s with Bo, who holds for 50 s; wrap-up 60 s; solved, again after 10 days.
    lines: [
      [0, 'queued'],
      [20, 'accepted', { ...anna, data: { ringMs: 10_000 } }],
      [80, 'transferred', anna],
      [80, 'accepted', bo],
      [100, 'held', bo],
      [150, 'resumed', bo],
      [220, 'ended', bo],
      [220, 'solved', bo],
      [220, 'wrap_up_ended', { ...bo, data: { wrapMs: 60_000 } }],
    ],
    repeatAfterDays: 10,
  },
  {
    // Not solved, customer unknown; talk 150 s.
    lines: [
      [0, 'queued'],
      [50, 'accepted', { ...anna, data: { ringMs: 5_000 } }],
      [200, 'ended', anna],
    ],
    customer: 0,
  },
];

/** One agent: signed in for 2 h, 6 min of them on break, 81 min busy and 9 min wrapping up; shift of 2 h 30. */
function oneAgent(): Sums {
  const at = (minutes: number) => start + minutes * 60_000;
  const rows = agentTime(
    'Asia/Shanghai',
    {
      presence: [
        { fromMs: at(0), untilMs: at(100), state: 'ready' },
        { fromMs: at(100), untilMs: at(106), state: 'break' },
        { fromMs: at(106), untilMs: at(120), state: 'ready' },
      ],
      busy: [
        [at(5), at(60)],
        [at(74), at(100)],
      ],
      wrap: [[at(58), at(69)]],
      shifts: [[at(-30), at(120)]],
    },
    { from: at(-60), until: at(240) },
  );
  const sum: Sums = {};
  for (const row of rows) {
    addSums(sum, {
      signedInMs: row.signedInMs,
      busyMs: row.busyMs,
      wrapClockMs: row.wrapMs,
      idleMs: row.idleMs,
      scheduledMs: row.scheduledMs,
      adherentMs: row.adherentMs,
    });
  }
  return sum;
}

const entered: Sums = {
  peopleScheduled: 20,
  peopleWorked: 19,
  cost: 3_000,
  gradeSum: 261,
  grades: 3,
  staffDays: 40 * 30,
  staffDaysKnown: 30,
  leavers: 1,
  leaversKnown: 30,
};
const all = addSums(addSums(sumsOf(day), oneAgent()), entered);

describe('the 23 standards', () => {
  it.each<[StandardKey, number]>([
    // 114 of 150 minutes: 120 signed in less the break of 6.
    ['adherence', (114 / 150) * 100],
    ['after_call_work', (40 + 60) / 4],
    ['abandon_time', (4 + 24 + 36 + 60) / 4],
    // 30 yuan over four answered by people and one by the machine.
    ['cost_per_contact', 600],
    ['handle_time', (100 + 200 + 30 + 60 + 90 + 50 + 150 + 100) / 4],
    ['hold_time', (30 + 50) / 2],
    ['rings', (0 + 5 + 10 + 5) / 4 / 5],
    // Queued: four abandoned and three answered ones.
    ['queue_time', (4 + 24 + 36 + 60 + 10 + 20 + 50) / 7],
    ['speed_of_answer', (0 + 10 + 20 + 50) / 4],
    ['talk_time', (100 + 200 + 60 + 90 + 150) / 4],
    ['contacts_per_hour', 4 / 2],
    ['monitoring_score', 87],
    // Busy 81 min; idle: 5 before, 5 after the wrap-up, 14 at the end.
    ['occupancy', (81 / (81 + 24)) * 100],
    // The one after 4 s is short and leaves both sides.
    ['abandonment', (3 / 7) * 100],
    ['attendance', 95],
    ['blockage', 10],
    // Known customers: three; all solved, one came again within 7 days.
    ['first_contact_resolution', (2 / 3) * 100],
    ['queued_rate', (7 / 8) * 100],
    ['transfer_rate', 25],
    ['answered_rate', 50],
    ['service_level', (3 / 8) * 100],
    ['total_contacts', 9],
    ['turnover', 2.5],
  ])('%s', (key, value) => {
    expect(valueOf(key, all, settings)).toBeCloseTo(value, 9);
    expect(missingOf(key, all, settings)).toBeNull();
  });

  it('follow their settings without new sums', () => {
    const value = (key: StandardKey, change: Partial<KpiSettings>) =>
      valueOf(key, all, { ...settings, ...change });
    expect(value('rings', { ringSeconds: 6 })).toBeCloseTo(20 / 4 / 6, 9);
    expect(value('first_contact_resolution', { repeatWindowDays: 1 })).toBe(100);
    expect(value('first_contact_resolution', { repeatWindowDays: 14 })).toBeCloseTo(100 / 3, 9);
    expect(value('service_level', { shortAbandonsInServiceLevel: false })).toBeCloseTo(300 / 7, 9);
    expect(value('occupancy', { occupancy: 'with_wrap_up' })).toBeCloseTo((90 / 114) * 100, 9);
  });

  it('have their numbers in order, and a range for every one that is judged', () => {
    expect(standards.map(({ number }) => number)).toEqual(
      standardKeys.map((_, index) => index + 1),
    );
    const judged = standards.filter(({ band: { low, high } }) => low !== null || high !== null);
    const unjudged = standards.filter((standard) => !judged.includes(standard));
    expect(unjudged.map(({ key }) => key)).toEqual([
      'contacts_per_hour',
      'monitoring_score',
      'total_contacts',
    ]);
  });
});

describe('without data', () => {
  it('no standard is 0: each is absent and says why, only contacts can be counted', () => {
    const nothing = sumsOf([]);
    const values = standardKeys.map((key) => [key, valueOf(key, nothing, settings)]);
    expect(values.filter(([, value]) => value !== null)).toEqual([['total_contacts', 0]]);
    for (const key of standardKeys.filter((one) => one !== 'total_contacts')) {
      expect(missingOf(key, nothing, settings)).not.toBeNull();
      expect(valueOf(key, {}, settings)).toBeNull();
    }
  });

  it('all abandoned: averages of answered ones are absent, rates are not', () => {
    const lost = sumsOf(
      [30, 90].map((wait) => ({
        lines: [
          [0, 'queued'],
          [wait, 'abandoned'],
        ],
      })),
    );
    const value = (key: StandardKey) => valueOf(key, lost, settings);
    expect([value('speed_of_answer'), value('handle_time'), value('talk_time')]).toEqual([
      null,
      null,
      null,
    ]);
    expect([value('abandonment'), value('answered_rate'), value('service_level')]).toEqual([
      100, 0, 0,
    ]);
    expect([value('abandon_time'), value('queue_time')]).toEqual([60, 60]);
  });

  it('all given up at once: no rate of abandonment, as nobody is left', () => {
    const dialled = sumsOf([
      {
        lines: [
          [0, 'queued'],
          [3, 'abandoned'],
        ],
      },
    ]);
    expect(valueOf('abandonment', dialled, settings)).toBeNull();
    expect(valueOf('total_contacts', dialled, settings)).toBe(1);
  });

  it('says which data is missing', () => {
    const poor = sumsOf(day, []);
    const missing = (key: StandardKey, sums = poor) => missingOf(key, sums, settings);
    expect(missing('hold_time')).toBeNull();
    expect(missing('after_call_work')).toBe('no_wrap_up');
    expect(missing('rings')).toBe('no_rings');
    expect(missing('blockage')).toBe('no_blocked');
    expect(missing('transfer_rate')).toBe('no_transfers');
    expect(missing('adherence')).toBe('no_schedule');
    expect(missing('adherence', { ...poor, scheduledMs: HOUR })).toBe('no_sign_in_times');
    expect(missing('occupancy')).toBe('no_sign_in_times');
    expect(missing('cost_per_contact', { ...poor, cost: 0 })).toBe('no_costs');
    expect(missing('monitoring_score')).toBe('no_grades');
    expect(missing('turnover')).toBe('no_staff');
    expect(missing('service_level', { handled: 3, talkMs: 1 })).toBe('not_by_this_group');
    expect(missing('first_contact_resolution', { handled: 3 })).toBe('only_by_day');
  });
});

describe('sums', () => {
  it('of two halves of any contacts give the values of the whole, never averages of averages', () => {
    const wait = fc.integer({ min: 0, max: 300 });
    const contact = fc
      .tuple(wait, fc.integer({ min: 1, max: 900 }), fc.boolean())
      .map(([waited, talked, isAnswered]): Contact => ({
        lines: isAnswered
          ? [
              [0, 'queued'],
              [waited, 'accepted', anna],
              [waited + talked, 'ended', anna],
            ]
          : [
              [0, 'queued'],
              [waited, 'abandoned'],
            ],
      }));
    const some = fc.array(contact, { maxLength: 12 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [whole, halves] = [sumsOf([...a, ...b]), addSums(sumsOf(a), sumsOf(b))];
        for (const key of standardKeys) {
          expect(valueOf(key, halves, settings)).toBe(valueOf(key, whole, settings));
        }
      }),
    );
  });

  it('divides by hours signed in only what came from logs that tell of them', () => {
    const both = { handled: 100, timedHandled: 40, signedInMs: 8 * 3_600_000 };
    expect(valueOf('contacts_per_hour', both, settings)).toBe(5);
    const typed = { ...both, enteredSignedInMs: 8 * 3_600_000 };
    expect(valueOf('contacts_per_hour', typed, settings)).toBe(12.5);
  });
});
