// The way of an order through its flow, by the module's own rules: who holds a step, how its clock runs and which
// alarms are given. Only when people did what is made up.
import type { FlowDefinition, FlowMove, FlowStep } from '../../contract/src/index.ts';
import { workingCalendar } from '../../server/src/modules/clocks/index.ts';
import { stepOf } from '../../server/src/modules/orders/domain/flow.ts';
import { ownerBy, statusIn } from '../../server/src/modules/orders/domain/machine.ts';
import {
  alarmsOf,
  endVisit,
  fireAlarms,
  flatCalendar,
  nextAlarm,
  pauseVisit,
  startVisit,
} from '../../server/src/modules/orders/domain/visit-clock.ts';
import type { Calendar, VisitClock } from '../../server/src/modules/orders/domain/visit-clock.ts';
import type { Random } from '../../tools/load/random.ts';
import type { Department, Staff } from './company.ts';

const day = [{ from: 9 * 60, to: 18 * 60 }];
const week = Array.from({ length: 7 }, (_, weekday) => (weekday < 5 ? day : []));
/** The hours of who has set none. */
const usual = workingCalendar({ timeZone: 'Asia/Shanghai', week, specialDays: [] });
const MINUTE = 60_000;

export type Stay = {
  step: FlowStep;
  calendar: Calendar;
  teamId: string | null;
  userId: string | null;
  enteredAt: number;
  leftAt: number | null;
  clock: VisitClock;
  move: FlowMove | null;
  /** Warnings and escalations given in it. */
  alarms: { kind: 'warned' | 'escalated'; level: number; at: number }[];
  nextAlarmAt: number | null;
};
export type Course = {
  stays: Stay[];
  status: 'open' | 'closed' | 'cancelled';
  /** Once it was transferred. */
  department: Department | null;
  handlerId: string | null;
  reopened: number;
};

export type Beginning = {
  definition: FlowDefinition;
  createdAt: number;
  /** Now: what would happen later has not happened. */
  until: number;
  recorder: Staff;
  department: Department;
  /** Somewhere on its way it is left lying. */
  isStuck: boolean;
  /** Clocks know no night and no weekend. */
  isFlat: boolean;
};

/** Mostly well within the time, sometimes beyond. */
function shareOf(random: Random): number {
  const kind = random.next();
  if (kind < 0.85) return 0.03 + random.next() * 0.8;
  return kind < 0.97 ? 0.8 + random.next() * 0.7 : 1.5 + random.next() * 1.5;
}

function moveFrom({ moves }: FlowStep, random: Random): FlowMove | undefined {
  const isUsual = random.chance(0.93);
  return isUsual || moves.length < 2 ? moves[0] : moves[1 + random.int(moves.length - 1)];
}

const calendarOf = ({ clock }: FlowStep, { isFlat }: Beginning): Calendar =>
  isFlat || clock?.calendar === 'flat' ? flatCalendar : usual;

/** Whose a step is, as the module says; handlers take most orders from the inbox of their department. */
function holderOf(
  { owner }: FlowStep,
  { recorder }: Beginning,
  { department, random }: { department: Department | null; random: Random },
): { teamId: string | null; userId: string | null } {
  const found = ownerBy(owner, {
    recorderId: recorder.id,
    recorderTeamId: recorder.teamId,
    departmentId: department?.id ?? null,
    departmentTeamId: department?.teamId ?? null,
  });
  if (!('owner' in found)) throw new Error(found.fault);
  const isTaken = owner?.rule === 'department' && random.chance(0.6);
  const handler = department?.handlers[random.int(department.handlers.length)];
  return isTaken && handler ? { ...found.owner, userId: handler.id } : found.owner;
}

function enter(
  step: FlowStep,
  begin: Beginning,
  { at, ...given }: { at: number; department: Department | null; random: Random },
): Stay {
  const isEnd = step.kind === 'end';
  const calendar = calendarOf(step, begin);
  const clock = startVisit(isEnd ? null : step.clock, calendar, at);
  return {
    step,
    calendar,
    ...holderOf(step, begin, given),
    enteredAt: at,
    leftAt: null,
    clock: isEnd ? { ...clock, runningSince: null } : clock,
    move: null,
    alarms: [],
    nextAlarmAt: null,
  };
}

/** Gives the alarms of a stay until an instant. */
function tell(stay: Stay, until: number): void {
  const reckoning = { alarms: alarmsOf(stay.step.clock), calendar: stay.calendar };
  const { visit, given } = fireAlarms(stay.clock, reckoning, until);
  stay.clock = visit;
  for (const { alarm, at } of given) {
    if (alarm.kind !== 'late') stay.alarms.push({ kind: alarm.kind, level: alarm.level, at });
  }
}

/** The stay that goes on: its alarms so far, and when the next one is due. */
function remain(stay: Stay, until: number, paused: boolean): void {
  const { calendar } = stay;
  if (paused && stay.clock.allowedMs !== null) {
    const at = stay.enteredAt + Math.floor((until - stay.enteredAt) / 8);
    tell(stay, at);
    stay.clock = pauseVisit(stay.clock, calendar, at);
    return;
  }
  tell(stay, until);
  const next = nextAlarm(stay.clock, { alarms: alarmsOf(stay.step.clock), calendar });
  stay.nextAlarmAt = next?.at ?? null;
}

const MOST_STAYS = 14;

/** When a step is left and by which move; null: not before now. */
function leaving(
  { step, calendar, enteredAt }: Stay,
  { until }: Beginning,
  { nth, random }: { nth: number; random: Random },
): { at: number; move: FlowMove } | null {
  const dwell = Math.floor((step.clock?.minutes ?? 60) * MINUTE * shareOf(random));
  const at = calendar.add(enteredAt, dwell);
  const move = nth > MOST_STAYS ? step.moves[0] : moveFrom(step, random);
  return at === null || at > until || !move ? null : { at, move };
}

/** Leaves a step: its clock is met or missed, and the order knows what came of it. */
function leave(stay: Stay, course: Course, { at, move }: { at: number; move: FlowMove }): void {
  tell(stay, at);
  stay.clock = endVisit(stay.clock, stay.calendar, at);
  Object.assign(stay, { leftAt: at, move });
  if (move.effect === 'not_solved') course.reopened += 1;
  if (stay.step.owner?.rule === 'department') course.handlerId = stay.userId;
}

/** What happens to an order from its recording until now. */
export function courseOf(begin: Beginning, random: Random): Course {
  const { definition, until } = begin;
  const course: Course = {
    stays: [],
    status: 'open',
    department: null,
    handlerId: null,
    reopened: 0,
  };
  let step = stepOf(definition, definition.start);
  let at = begin.createdAt;
  const stuckIn = begin.isStuck ? random.int(4) : Infinity;
  for (let nth = 0; step.kind !== 'end'; nth += 1) {
    const stay = enter(step, begin, { at, department: course.department, random });
    course.stays.push(stay);
    const gone = nth === stuckIn ? null : leaving(stay, begin, { nth, random });
    if (gone === null) {
      remain(stay, until, !begin.isFlat && random.chance(0.25));
      return course;
    }
    leave(stay, course, gone);
    step = stepOf(definition, gone.move.to);
    if (step.owner?.rule === 'department') course.department = begin.department;
    at = gone.at;
    if (step.kind === 'end') course.status = statusIn(step, gone.move);
  }
  course.stays.push(enter(step, begin, { at, department: course.department, random }));
  return course;
}
