import type { FlowMove, FlowStep } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { cancelTimers, setTimers } from '../../clocks/index.ts';
import { stepOf } from '../domain/flow.ts';
import { firstVotes, ownerBy, statusIn } from '../domain/machine.ts';
import type { Owner } from '../domain/machine.ts';
import { alarmsOf, endVisit, nextAlarm, startVisit } from '../domain/visit-clock.ts';
import type { Calendar } from '../domain/visit-clock.ts';
import { insertVotes } from '../store/extras.ts';
import type { OrderRow } from '../store/order.ts';
import { isActive, selectDepartmentTeam } from '../store/people.ts';
import { clockOf, insertVisit, updateVisits, withClock } from '../store/visit.ts';
import type { VisitRow } from '../store/visit.ts';
import { calendarsOf, hoursFor } from './calendars.ts';
import type { ClockHours } from './calendars.ts';
import { endCalls } from './callbacks/happen.ts';
import { giveBeforeStop } from './due-alarms.ts';
import { openCallback } from './open-callback.ts';
import type { Scene } from './scene.ts';
import { beginTasks } from './step-tasks.ts';

/** The kind of the timers that stand for the next alarm of a visit; the key is the visit's id. */
export const ALARM = 'order.alarm';

export type Arrival = {
  order: OrderRow;
  step: FlowStep;
  owner: Owner;
  now: Date;
  /** By which the clock is to run, where the caller knows. */
  hours?: ClockHours;
};

/** A stay in a step that begins now, with its clock set running. */
export async function beginVisit(
  ctx: Ctx,
  { order, step, owner, now, hours }: Arrival,
): Promise<{ visit: VisitRow; calendar: Calendar }> {
  const rule = step.clock?.calendar ?? 'owner';
  const { hoursId, calendar } = hours ?? (await hoursFor(ctx, { rule, teamId: owner.teamId }));
  const empty: VisitRow = {
    id: newId(now.getTime()),
    order_id: order.id,
    step_key: step.key,
    owner_team_id: owner.teamId,
    owner_id: owner.userId,
    entered_at: now,
    left_at: null,
    hours_id: hoursId,
    calendar: rule,
    allowed_ms: null,
    left_ms: null,
    running_since: null,
    due_at: null,
    clock: 'none',
    alarms_fired: 0,
    worked_ms: 0,
    move: null,
  };
  if (step.kind === 'end') return { visit: empty, calendar };
  const visit = withClock(empty, startVisit(step.clock, calendar, now.getTime()));
  return { visit, calendar };
}

/** Sets the timer of a visit's next alarm, or takes it away. */
export async function setAlarm(
  tx: Tx,
  visit: VisitRow,
  { step, calendar }: { step: FlowStep; calendar: Calendar },
): Promise<void> {
  const next = nextAlarm(clockOf(visit), { alarms: alarmsOf(step.clock), calendar });
  if (next) await setTimers(tx, ALARM, [alarmTimer(visit, next.at)]);
  else await cancelTimers(tx, ALARM, [visit.id]);
}

export const alarmTimer = (visit: VisitRow, at: number) => ({
  key: visit.id,
  dueAt: new Date(at),
  payload: { orderId: visit.order_id, visitId: visit.id },
});

/** The team whose inbox the order's department has. */
export async function departmentTeam(ctx: Ctx, order: OrderRow): Promise<string | null> {
  return order.department_id === null ? null : selectDepartmentTeam(ctx.db, order.department_id);
}

/** Whoever will hold a step, or the problem that nobody can. */
export function requireOwner(
  step: FlowStep,
  order: Pick<OrderRow, 'recorder_id' | 'recorder_team_id' | 'department_id'>,
  departmentTeamId: string | null,
): Owner {
  const found = ownerBy(step.owner, {
    recorderId: order.recorder_id,
    recorderTeamId: order.recorder_team_id,
    departmentId: order.department_id,
    departmentTeamId,
  });
  if ('fault' in found) throw new Problem(`order.${found.fault}`);
  return found.owner;
}

/** Whoever does not work here any more holds nothing: the inbox of their team does, or that of the recorder's. */
export async function presentOwner(
  { db, actor }: Ctx,
  owner: Owner,
  recorderTeamId: string | null,
): Promise<Owner> {
  const { userId, teamId } = owner;
  const isSelf = actor.kind === 'user' && actor.userId === userId;
  if (userId === null || isSelf || (await isActive(db, userId))) return owner;
  return { userId: null, teamId: teamId ?? recorderTeamId };
}

async function askForVotes(scene: Scene, visit: VisitRow): Promise<void> {
  const { approval } = stepOf(scene.flow.definition, visit.step_key);
  if (!approval) return;
  const leadTeam = await departmentTeam(scene.tx, scene.order);
  const states = firstVotes(approval.mode, approval.approvers.length);
  await insertVotes(
    scene.tx.db,
    approval.approvers.map((approver, place) => ({
      id: newId(),
      visit_id: visit.id,
      place,
      team_id:
        approver.rule === 'team'
          ? approver.teamId
          : approver.rule === 'department_lead'
            ? (leadTeam ?? scene.order.recorder_team_id)
            : null,
      user_id: approver.rule === 'person' ? approver.userId : null,
      state: states[place] ?? 'waiting',
    })),
  );
}

/** Ends the present stay: what was due is given, its clock is met or missed, its timer and its calls are gone. */
async function leave(scene: Scene, move: FlowMove | null): Promise<void> {
  const { tx, order, now, step } = scene;
  const calendar = (await calendarsOf(tx, [scene.visit]))(scene.visit);
  const visit = await giveBeforeStop(scene, calendar);
  const ended = withClock(visit, endVisit(clockOf(visit), calendar, now.getTime()));
  const left = { ...ended, left_at: now, move: move?.key ?? null };
  await updateVisits(tx.db, [left]);
  await cancelTimers(tx, ALARM, [visit.id]);
  // The answer that the call was for, or (of a chase) the department has answered: nobody need be told to wait.
  const isAnswer =
    step.kind === 'callback' && ['solved', 'not_solved'].includes(move?.effect ?? '');
  const result = isAnswer ? (move?.effect ?? null) : null;
  await endCalls(tx, { orderId: order.id, visitId: visit.id, result, at: now });
}

/** Places an order in a step; the caller stores the order and says what happened. */
function place(order: OrderRow, step: FlowStep, visit: VisitRow): void {
  Object.assign(order, {
    step_key: step.key,
    visit_id: visit.id,
    step_since: visit.entered_at,
    due_at: visit.due_at,
    clock: visit.clock,
    paused_for: null,
    checks: step.checklist.map(() => false),
  } satisfies Partial<OrderRow>);
  if (step.kind === 'end') return;
  Object.assign(order, { owner_team_id: visit.owner_team_id, owner_id: visit.owner_id });
}

/**
 * The order leaves its step and enters another: clocks, timers, approvals and calls follow. `move` null: reopened.
 * Problems: `order.department_missing`, `order.department_without_team`.
 */
export async function enterStep(
  scene: Scene,
  stepKey: string,
  move: FlowMove | null,
): Promise<void> {
  const { tx, order, flow, now } = scene;
  const step = stepOf(flow.definition, stepKey);
  const needsTeam = step.owner?.rule === 'department';
  const found = requireOwner(step, order, needsTeam ? await departmentTeam(tx, order) : null);
  const owner = await presentOwner(tx, found, order.recorder_team_id);
  await leave(scene, move);
  const { visit, calendar } = await beginVisit(tx, { order, step, owner, now });
  await insertVisit(tx.db, visit);
  place(order, step, visit);
  order.status = statusIn(step, move);
  order.closed_at = order.status === 'open' ? null : now;
  scene.step = step;
  scene.visit = visit;
  if (visit.due_at) await setAlarm(tx, visit, { step, calendar });
  if (step.tasks.length > 0) await beginTasks(tx, { order, step, visit, now });
  if (step.kind === 'approval') await askForVotes(scene, visit);
  if (step.kind === 'callback') await openCallback(scene);
  if (step.kind === 'end') {
    await endCalls(tx, { orderId: order.id, visitId: null, result: null, at: now });
  }
}
