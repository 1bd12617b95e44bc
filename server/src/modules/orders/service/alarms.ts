import { Uuid } from '@yingda/contract';
import { z } from 'zod';
import { newId } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/ctx.ts';
import { setTimers, timerBatchKind } from '../../clocks/index.ts';
import { stepOf } from '../domain/flow.ts';
import { alarmsOf, fireAlarms, nextAlarm } from '../domain/visit-clock.ts';
import type { StepAlarm } from '../domain/visit-clock.ts';
import { orderChanged } from '../events.ts';
import type { OrderHappening } from '../events.ts';
import type { NewCallback } from '../store/callback-rows.ts';
import { insertLines } from '../store/line.ts';
import type { NewLine } from '../store/line.ts';
import { lockOrders } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import { clockOf, selectVisits, updateClocks, updateVisits, withClock } from '../store/visit.ts';
import type { VisitRow } from '../store/visit.ts';
import { calendarsOf } from './calendars.ts';
import { openCalls } from './callbacks/happen.ts';
import { ALARM, alarmTimer } from './enter.ts';
import { flowsById } from './flows.ts';
import { callMaker } from './open-callback.ts';
import { eventOf } from './scene.ts';

type Given = { alarm: StepAlarm; at: number };
/** What the alarms of several orders come to, stored together. */
type Outcome = {
  visits: VisitRow[];
  /** Of these their orders show that they are late now. */
  late: VisitRow[];
  lines: NewLine[];
  calls: NewCallback[];
  timers: ReturnType<typeof alarmTimer>[];
};

const system = { kind: 'system', id: null } as const;

function lineOf(
  order: OrderRow & { now: Date },
  visit: VisitRow,
  note: Pick<NewLine, 'kind' | 'data'>,
): NewLine {
  return {
    id: newId(order.now.getTime()),
    order_id: order.id,
    at: order.now,
    by_kind: 'system',
    by_id: null,
    text: '',
    file_ids: [],
    is_public: false,
    kind: note.kind,
    data: { visitId: visit.id, stepKey: visit.step_key, ...note.data },
  };
}

/** A line and an event for each alarm; `dueAt`: when it was to come, by which anybody may check us. */
function tell(
  tx: Tx,
  { order, visit }: { order: OrderRow & { now: Date }; visit: VisitRow },
  { alarm, at }: Given,
): NewLine[] {
  const { kind, level, to } = alarm;
  const dueAt = new Date(at).toISOString();
  const change: OrderHappening = kind;
  const told = { visitId: visit.id, level, to, dueAt };
  tx.emit(
    orderChanged,
    eventOf(order, order, { change, at: order.now, author: system, alarm: told }),
  );
  return kind === 'late' ? [] : [lineOf(order, visit, { kind, data: { level, to, dueAt } })];
}

/** Overdue at the department: whoever recorded the order chases it and tells the customer, with words ready. */
function chase(
  { order, visit }: { order: OrderRow & { now: Date }; visit: VisitRow },
  make: Awaited<ReturnType<typeof callMaker>>,
): { calls: NewCallback[]; lines: NewLine[] } {
  const teamId = order.recorder_team_id ?? order.owner_team_id;
  if (teamId === null) return { calls: [], lines: [] };
  const { now } = order;
  return {
    calls: [make(order, { reason: 'chase', visitId: visit.id, teamId, dueAt: now, now })],
    lines: [lineOf(order, visit, { kind: 'chased', data: {} })],
  };
}

async function store(tx: Tx, { visits, late, lines, calls, timers }: Outcome): Promise<void> {
  if (visits.length > 0) await updateVisits(tx.db, visits);
  if (late.length > 0) {
    await updateClocks(
      tx.db,
      late.map(({ order_id: id, due_at, clock }) => ({ id, due_at, clock })),
    );
  }
  await insertLines(tx.db, lines);
  await openCalls(tx, calls);
  await setTimers(tx, ALARM, timers);
}

function noteVisit({ visits, late }: Outcome, visit: VisitRow, order: OrderRow): void {
  visits.push(visit);
  if (visit.clock !== order.clock) late.push(visit);
}

/** Gives the alarms of visits that are due, and sets the timers of those to come. */
async function fire(tx: Tx, visitIds: string[], orderIds: string[]): Promise<void> {
  const orders = await lockOrders(tx.db, [...new Set(orderIds)]);
  const visits = new Map((await selectVisits(tx.db, visitIds)).map((visit) => [visit.id, visit]));
  const calendarFor = await calendarsOf(tx, [...visits.values()]);
  const flows = await flowsById(
    tx,
    orders.map((order) => order.flow_id),
  );
  const makeCall = await callMaker(tx);
  const outcome: Outcome = { visits: [], late: [], lines: [], calls: [], timers: [] };
  for (const order of orders) {
    const visit = visits.get(order.visit_id ?? '');
    const flow = flows.get(order.flow_id);
    // The order went on, or its clock was stopped, while the timer fired.
    if (!visit || !flow || visit.left_at !== null || visit.running_since === null) continue;
    const step = stepOf(flow.definition, visit.step_key);
    const reckoning = { alarms: alarmsOf(step.clock), calendar: calendarFor(visit) };
    const fired = fireAlarms(clockOf(visit), reckoning, order.now.getTime());
    const next = withClock(visit, fired.visit);
    noteVisit(outcome, next, order);
    const at = { order: { ...order, clock: next.clock }, visit: next };
    for (const given of fired.given) {
      outcome.lines.push(...tell(tx, at, given));
      if (given.alarm.kind !== 'late' || step.clock?.chase !== true) continue;
      const { calls, lines } = chase(at, makeCall);
      outcome.calls.push(...calls);
      outcome.lines.push(...lines);
    }
    const following = nextAlarm(fired.visit, reckoning);
    if (following) outcome.timers.push(alarmTimer(next, following.at));
  }
  await store(tx, outcome);
}

/** One timer stands for the next alarm of a visit. */
timerBatchKind(ALARM, z.object({ orderId: Uuid, visitId: Uuid }), async (tx, timers) => {
  await fire(
    tx,
    timers.map(({ payload }) => payload.visitId),
    timers.map(({ payload }) => payload.orderId),
  );
});
