import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowDefinition, FlowStep, StepClock } from '@yingda/contract';
import {
  FlowDefinition as FlowSchema,
  flowFaults,
  isNumberPattern,
  numbering,
} from '@yingda/contract';
import { testMove, testStep } from '../testing/flows.ts';
import { missingFields, movesFor, rolesOf, stepOf, undoneBefore } from './flow.ts';
import type { Holding } from './flow.ts';
import { castVote, firstVotes, moveWithEffect, ownerBy, reopenAt, statusIn } from './machine.ts';
import type { VoteState } from './machine.ts';
import { dateOf, nextOccurrence } from './recurrence.ts';
import { shippedFlows } from './shipped-flows.ts';
import {
  alarmsOf,
  endVisit,
  fireAlarms,
  flatCalendar,
  nextAlarm,
  pauseVisit,
  rebaseVisit,
  resumeVisit,
  startVisit,
  workedBy,
} from './visit-clock.ts';
import type { Calendar } from './visit-clock.ts';

const [house, complaint] = shippedFlows.map(({ definition }) => definition) as [
  FlowDefinition,
  FlowDefinition,
];
const me = 'me';
const nobody: Holding = {
  ownerId: null,
  ownerTeamId: null,
  recorderId: null,
  recorderTeamId: null,
};
const person = (inbox: string[] = [], manages: string[] = []) => ({
  kind: 'person' as const,
  userId: me,
  inboxTeams: new Set(inbox),
  manages: new Set(manages),
});

test('the flows that ship are sound, and as the contract wants them', () => {
  for (const { definition } of shippedFlows) {
    expect(flowFaults(definition)).toEqual([]);
    expect(FlowSchema.parse(definition)).toEqual(definition);
  }
});

test('a flow without a way out, with steps nobody reaches or moves to nowhere is refused', () => {
  const broken = (change: (steps: FlowStep[]) => void): string[] => {
    const copy = structuredClone(house);
    change(copy.steps);
    return flowFaults(copy).map(({ path, kind }) => `${path} ${kind}`);
  };
  const of = (steps: FlowStep[], key: string): FlowStep => {
    const step = steps.find((one) => one.key === key);
    if (!step) throw new Error(key);
    return step;
  };
  expect(broken((steps) => (of(steps, 'callback').moves = []))).toEqual([
    'steps.3.moves callback_moves_missing',
  ]);
  expect(
    broken((steps) =>
      of(steps, 'reply_customer').moves.forEach((move) => (move.to = 'reply_customer')),
    ),
  ).toEqual(['steps.2 no_way_out', 'steps.3 step_unreachable', 'steps.4 step_unreachable']);
  expect(broken((steps) => (of(steps, 'intake').owner = null))).toEqual([
    'steps.0.owner owner_missing',
  ]);
  expect(
    broken((steps) => of(steps, 'intake').moves.forEach((move) => (move.to = 'nowhere'))),
  ).toHaveLength(3);
  expect(broken((steps) => void steps.splice(4, 2))).toContain('steps end_missing');
  expect(broken((steps) => (of(steps, 'callback').kind = 'approval'))).toEqual([
    'steps.3.approval approvers_missing',
    'steps.3.moves approval_moves_missing',
  ]);
});

test('moves are for those whom the flow names', () => {
  const department = stepOf(house, 'department_answer');
  const holding = { ...nobody, ownerTeamId: 'tech', recorderId: me, recorderTeamId: 'desk' };
  const keys = (party: Parameters<typeof rolesOf>[0]) =>
    movesFor(department, rolesOf(party, holding)).map(({ key }) => key);
  expect(keys(person())).toEqual([]);
  expect(keys(person(['tech']))).toEqual(['answer', 'send_back']);
  expect(keys(person([], ['tech']))).toEqual(['answer', 'send_back']);
  expect(keys({ kind: 'system' })).toEqual(['answer', 'send_back']);
  // Taken by another: who shares the inbox waits for them, who leads the team does not.
  const taken = { ...holding, ownerId: 'other' };
  expect(movesFor(department, rolesOf(person(['tech']), taken))).toEqual([]);
  expect(movesFor(department, rolesOf(person([], ['tech']), taken))).toHaveLength(2);
  expect(movesFor(stepOf(house, 'closed'), rolesOf({ kind: 'system' }, nobody))).toEqual([]);
});

test('fields that a move needs and that hold only blanks are missing', () => {
  const facts = { customerId: null, customerName: ' ', departmentId: null, ownFields: [] };
  expect(
    missingFields(
      ['description', 'customer', 'department', 'phones', 'category'],
      { description: ' \n' },
      facts,
    ),
  ).toEqual(['description', 'customer', 'department', 'phones']);
  expect(
    missingFields(
      ['description', 'customer', 'department', 'phones'],
      { description: 'x', phones: ['1'] },
      { customerId: null, customerName: '王', departmentId: 'd', ownFields: [] },
    ),
  ).toEqual([]);
});

test('an own field is missing while it holds nothing, and asked for no more once the form has it no more', () => {
  const facts = { customerId: null, customerName: '', departmentId: null, ownFields: ['serial'] };
  const missing = (fields: Record<string, string | boolean>, ownFields = ['serial', 'urgent']) =>
    missingFields(['fields.serial', 'fields.urgent'], { fields }, { ...facts, ownFields });
  expect(missing({ serial: ' ' })).toEqual(['fields.serial', 'fields.urgent']);
  expect(missing({ serial: 'A-1', urgent: false })).toEqual([]);
  expect(missing({}, ['urgent'])).toEqual(['fields.urgent']);
});

test('a step that waits names what is not done; calling the order off does not wait', () => {
  const step = testStep({
    key: 'work',
    kind: 'work',
    checklist: ['断电', '拍照'],
    doneFirst: true,
  });
  const doings = { checks: [true], tasks: [{ title: '查库存', isDone: false }] };
  const go = testMove({ key: 'go', to: 'end' });
  expect(undoneBefore(step, go, doings)).toEqual(['拍照', '查库存']);
  expect(undoneBefore(step, { ...go, effect: 'cancelled' }, doings)).toEqual([]);
  expect(undoneBefore({ ...step, doneFirst: false }, go, doings)).toEqual([]);
});

test('what is not solved goes back to the department, and without one to intake', () => {
  const facts = { departmentId: 'd', departmentTeamId: 't' };
  const none = { departmentId: null, departmentTeamId: null };
  const target = (given: typeof facts | typeof none) =>
    moveWithEffect(house, 'callback', { effect: 'not_solved', facts: given })?.to;
  expect(target(facts)).toBe('department_answer');
  expect(target(none)).toBe('intake');
  expect(reopenAt(house, facts)).toBe('department_answer');
  expect(reopenAt(house, none)).toBe('intake');
  expect(reopenAt(complaint, none)).toBe('solution');
  expect(ownerBy({ rule: 'department' }, { ...nobody, ...none })).toEqual({
    fault: 'department_missing',
  });
  const cancel = stepOf(house, 'intake').moves.find(({ effect }) => effect === 'cancelled');
  expect(statusIn(stepOf(house, 'cancelled'), cancel ?? null)).toBe('cancelled');
  expect(statusIn(stepOf(house, 'closed'), null)).toBe('closed');
});

test('approvals end by the first, by all, or one after the other', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('one' as const, 'all' as const, 'chain' as const),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
      (mode, answers) => {
        let votes: VoteState[] = firstVotes(mode, answers.length);
        let outcome = 'open';
        for (const [place, approve] of answers.entries()) {
          if (outcome !== 'open') break;
          if (mode === 'chain') expect(votes.filter((vote) => vote === 'asked')).toHaveLength(1);
          ({ votes, outcome } = castVote(mode, votes, { place, approve }));
        }
        const approved = mode === 'one' ? answers.some(Boolean) : answers.every(Boolean);
        expect(outcome).toBe(approved ? 'approved' : 'refused');
      },
    ),
  );
});

/** Nine hours a day, every day, from 9 to 18 UTC: enough to be no flat calendar. */
const day = 86_400_000;
const nine: Calendar = {
  between: (from, to) => worked(to) - worked(from),
  add(from, ms) {
    if (ms <= 0) return from;
    const end = worked(from) + ms;
    const days = Math.ceil(end / (9 * 3_600_000)) - 1;
    return days * day + 9 * 3_600_000 + (end - days * 9 * 3_600_000);
  },
};
function worked(at: number): number {
  const days = Math.floor(at / day);
  const within = Math.min(Math.max(at - days * day - 9 * 3_600_000, 0), 9 * 3_600_000);
  return days * 9 * 3_600_000 + within;
}

const anyClock: fc.Arbitrary<StepClock> = fc.record({
  minutes: fc.integer({ min: 100, max: 3_000 }),
  calendar: fc.constant('owner' as const),
  warnings: fc.array(
    fc.record({ minutes: fc.integer({ min: 1, max: 99 }), to: fc.constant(['owner' as const]) }),
    { maxLength: 3 },
  ),
  escalations: fc.array(
    fc.record({ minutes: fc.integer({ min: 0, max: 900 }), to: fc.constant(['lead' as const]) }),
    { maxLength: 3 },
  ),
  chase: fc.constant(false),
});
const anyCalendar = fc.constantFrom(flatCalendar, nine);
const pauses = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 40 * 3_600_000 }),
    fc.integer({ min: 0, max: 40 * 3_600_000 }),
  ),
  { maxLength: 4 },
);

test('however often a clock is paused, every alarm comes once, in order, and at its working time', () => {
  fc.assert(
    fc.property(anyClock, anyCalendar, pauses, (clock, calendar, stops) => {
      const alarms = alarmsOf(clock);
      const reckoning = { alarms, calendar };
      const start = 1_000 * day + 5 * 3_600_000;
      let now = start;
      let visit = startVisit(clock, calendar, now);
      const given: { kind: string; workedMs: number; at: number }[] = [];
      const until = (end: number): void => {
        for (
          let next = nextAlarm(visit, reckoning);
          next && next.at <= end;
          next = nextAlarm(visit, reckoning)
        ) {
          const fired = fireAlarms(visit, reckoning, next.at);
          for (const { alarm, at } of fired.given) {
            given.push({ kind: alarm.kind, at, workedMs: workedBy(visit, calendar, at) });
          }
          visit = fired.visit;
        }
        now = end;
      };
      for (const [run, rest] of stops) {
        until(now + run);
        const before = visit.leftMs;
        visit = pauseVisit(visit, calendar, now);
        expect(visit.dueAt).toBeNull();
        expect(nextAlarm(visit, reckoning)).toBeNull();
        expect(visit.leftMs).toBeLessThanOrEqual(before ?? 0);
        now += rest;
        visit = resumeVisit(visit, reckoning, now);
      }
      until(now + 100 * day);
      expect(given.map(({ kind }) => kind)).toEqual(alarms.map(({ kind }) => kind));
      given.forEach(({ workedMs }, index) => {
        expect(workedMs).toBe(clock.minutes * 60_000 + (alarms[index]?.offsetMs ?? 0));
      });
    }),
  );
});

test('a clock met or missed is judged by the deadline that was told', () => {
  const clock = {
    minutes: 60,
    calendar: 'flat',
    warnings: [],
    escalations: [],
    chase: false,
  } as const;
  const visit = startVisit({ ...clock, warnings: [], escalations: [] }, flatCalendar, 0);
  expect(visit.dueAt).toBe(3_600_000);
  expect(endVisit(visit, flatCalendar, 3_600_000).state).toBe('met');
  expect(endVisit(visit, flatCalendar, 3_600_001).state).toBe('missed');
  const paused = pauseVisit(visit, flatCalendar, 3_600_001);
  expect(endVisit(paused, flatCalendar, 9_000_000).state).toBe('missed');
  expect(endVisit(startVisit(null, flatCalendar, 0), flatCalendar, 5).state).toBe('none');
});

test('under another calendar alarms to come are given again, those past at once, none twice', () => {
  fc.assert(
    fc.property(anyClock, fc.integer({ min: 0, max: 20 * day }), (clock, passed) => {
      const alarms = alarmsOf(clock);
      const [start, now] = [1_000 * day, 1_000 * day + passed];
      const flat = { alarms, calendar: flatCalendar };
      const { visit } = fireAlarms(startVisit(clock, flatCalendar, start), flat, now);
      const other = { alarms, calendar: nine };
      const rebased = rebaseVisit(visit, other, now);
      expect(rebased.dueAt).toBe(nine.add(start, clock.minutes * 60_000));
      const next = nextAlarm(rebased, other);
      if (next && rebased.fired < visit.fired) expect(next.at).toBeGreaterThan(now);
      expect(rebaseVisit(rebased, other, now)).toEqual(rebased);
    }),
  );
});

test('numbers begin anew with each day, month or year they stand with', () => {
  const date = { year: 2026, month: 3, day: 9 };
  const daily = numbering('W{yyyy}{mm}{dd}-{0000}', date);
  expect(daily.number(7)).toBe('W20260309-0007');
  expect(daily.number(12_345)).toBe('W20260309-12345');
  expect(numbering('W{yyyy}{mm}{dd}-{0000}', { ...date, day: 10 }).period).not.toBe(daily.period);
  expect(numbering('{yy}/{000}', date).number(1)).toBe('26/001');
  expect(isNumberPattern('W{yyyy}-{0000}')).toBe(true);
  for (const bad of ['W{yyyy}', 'W{0}{0}', 'W{week}-{00}', 'W{00'])
    expect(isNumberPattern(bad)).toBe(false);
});

test('a recurrence comes on its day of the month, on the last of a shorter one, and never in the past', () => {
  const monthly = { every: 'month' as const, interval: 1, from: '2026-01-31', at: '09:30' };
  expect([0, 1, 2, 3].map((index) => dateOf(monthly, index))).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
  ]);
  const utc = (date: string, minute: number) => Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  const next = (now: string) =>
    new Date(nextOccurrence(monthly, Date.parse(now), utc)).toISOString();
  expect(next('2025-06-01T00:00:00Z')).toBe('2026-01-31T09:30:00.000Z');
  expect(next('2026-02-28T09:30:00Z')).toBe('2026-03-31T09:30:00.000Z');
  fc.assert(
    fc.property(
      fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 4_000 }),
      (every, interval, days) => {
        const now = utc('2026-01-31', 0) + days * day;
        const at = nextOccurrence({ ...monthly, every, interval }, now, utc);
        expect(at).toBeGreaterThan(now);
        expect(at - now).toBeLessThanOrEqual(interval * 31 * day + day);
      },
    ),
  );
});
