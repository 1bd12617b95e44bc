import { Uuid } from '@yingda/contract';
import { z } from 'zod';
import type { Tx } from '../../../platform/ctx.ts';
import { cancelTimers, setTimer, setTimers, timerKind } from '../../clocks/index.ts';
import { stepOf } from '../domain/flow.ts';
import { alarmsOf, nextAlarm, rebaseVisit } from '../domain/visit-clock.ts';
import { orderChanged } from '../events.ts';
import { lockOrders } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import {
  clockOf,
  selectRunning,
  selectVisits,
  updateClocks,
  updateVisits,
  withClock,
} from '../store/visit.ts';
import type { VisitRow } from '../store/visit.ts';
import { clockHours } from './calendars.ts';
import type { ClockHours } from './calendars.ts';
import { ALARM, alarmTimer } from './enter.ts';
import { flowsById } from './flows.ts';
import { eventOf } from './scene.ts';

const PAGE = 200;
const system = { kind: 'system', id: null } as const;
const asked = (visit: VisitRow) => ({ rule: visit.calendar, teamId: visit.owner_team_id });

type Clocked = { order: OrderRow & { now: Date }; visit: VisitRow };

/** The clocks of these visits by the hours that are theirs now; timers move with them. */
async function reckon(tx: Tx, clocked: Clocked[], hoursOf: (visit: VisitRow) => ClockHours) {
  const flows = await flowsById(
    tx,
    clocked.map(({ order }) => order.flow_id),
  );
  const visits: VisitRow[] = [];
  const timers: ReturnType<typeof alarmTimer>[] = [];
  const silent: string[] = [];
  for (const { order, visit } of clocked) {
    const flow = flows.get(order.flow_id);
    if (!flow) continue;
    const { hoursId, calendar } = hoursOf(visit);
    const reckoning = { alarms: alarmsOf(stepOf(flow.definition, visit.step_key).clock), calendar };
    const clock = rebaseVisit(clockOf(visit), reckoning, order.now.getTime());
    const next = withClock({ ...visit, hours_id: hoursId }, clock);
    visits.push(next);
    const following = nextAlarm(clock, reckoning);
    if (following) timers.push(alarmTimer(next, following.at));
    else silent.push(visit.id);
    if (next.due_at?.getTime() === visit.due_at?.getTime()) continue;
    const happening = { change: 'rescheduled', at: order.now, author: system } as const;
    tx.emit(orderChanged, eventOf(order, order, happening));
  }
  await updateVisits(tx.db, visits);
  await updateClocks(
    tx.db,
    visits.map(({ order_id: id, due_at, clock }) => ({ id, due_at, clock })),
  );
  await setTimers(tx, ALARM, timers);
  if (silent.length > 0) await cancelTimers(tx, ALARM, silent);
}

const Page = z.object({ hoursId: Uuid.nullable(), all: z.boolean(), after: Uuid.nullable() });

/** A page at a time, so that orders are not held up by a calendar that thousands run by. */
const reckoning = timerKind('order.reckon', Page, async (tx, page, { key }) => {
  const running = await selectRunning(tx.db, { ...page, limit: PAGE });
  const last = running.at(-1);
  if (!last) return;
  const orders = await lockOrders(
    tx.db,
    running.map(({ orderId }) => orderId),
  );
  const visits = new Map(
    (
      await selectVisits(
        tx.db,
        running.map(({ id }) => id),
      )
    ).map((visit) => [visit.id, visit]),
  );
  const clocked = orders.flatMap((order): Clocked[] => {
    const visit = visits.get(order.visit_id ?? '');
    return visit && visit.left_at === null && visit.running_since !== null
      ? [{ order, visit }]
      : [];
  });
  const hours = await clockHours(
    tx,
    clocked.map(({ visit }) => asked(visit)),
  );
  if (clocked.length > 0) await reckon(tx, clocked, (visit) => hours(asked(visit)));
  if (running.length < PAGE) return;
  const payload = { ...page, after: last.id };
  await setTimer(tx, 'order.reckon', { key, dueAt: new Date(0), payload });
});

/** Has every running clock reckoned anew: who has which hours is different now. */
export function reckonAll(tx: Tx): Promise<void> {
  const payload = { hoursId: null, all: true, after: null };
  return setTimer(tx, reckoning, { key: 'all', dueAt: new Date(0), payload });
}

/** Has the clocks reckoned anew that run by these hours (null: by the usual ones, in the centre's zone). */
export function reckonBy(tx: Tx, hoursId: string | null): Promise<void> {
  const payload = { hoursId, all: false, after: null };
  return setTimer(tx, reckoning, { key: hoursId ?? 'usual', dueAt: new Date(0), payload });
}
