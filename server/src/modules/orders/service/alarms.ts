import { Uuid } from '@yingda/contract';
import { z } from 'zod';
import type { Tx } from '../../../platform/ctx.ts';
import { setTimers, timerBatchKind } from '../../clocks/index.ts';
import { stepOf } from '../domain/flow.ts';
import type { NewCallback } from '../store/callback-rows.ts';
import { insertLines } from '../store/line.ts';
import type { NewLine } from '../store/line.ts';
import { lockOrders } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import { selectVisits, updateClocks, updateVisits } from '../store/visit.ts';
import type { VisitRow } from '../store/visit.ts';
import { calendarsOf } from './calendars.ts';
import { openCalls } from './callbacks/happen.ts';
import { giveDue } from './due-alarms.ts';
import { ALARM, alarmTimer } from './enter.ts';
import { flowsById } from './flows.ts';
import { callMaker } from './open-callback.ts';

/** What the alarms of several orders come to, stored together. */
type Outcome = {
  visits: VisitRow[];
  /** Of these their orders show that they are late now. */
  late: VisitRow[];
  lines: NewLine[];
  calls: NewCallback[];
  timers: ReturnType<typeof alarmTimer>[];
};

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
  const make = await callMaker(tx);
  const outcome: Outcome = { visits: [], late: [], lines: [], calls: [], timers: [] };
  for (const order of orders) {
    const visit = visits.get(order.visit_id ?? '');
    const flow = flows.get(order.flow_id);
    // The order went on, or its clock was stopped, while the timer fired.
    if (!visit || !flow || visit.left_at !== null || visit.running_since === null) continue;
    const step = stepOf(flow.definition, visit.step_key);
    const place = { order, visit, step, now: order.now };
    const given = giveDue(tx, place, { calendar: calendarFor(visit), make });
    noteVisit(outcome, given.visit, order);
    outcome.lines.push(...given.lines);
    outcome.calls.push(...given.calls);
    if (given.nextAt !== null) outcome.timers.push(alarmTimer(visit, given.nextAt));
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
