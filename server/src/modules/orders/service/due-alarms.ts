import type { FlowStep } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/ctx.ts';
import { alarmsOf, fireAlarms, nextAlarm } from '../domain/visit-clock.ts';
import type { Calendar, StepAlarm } from '../domain/visit-clock.ts';
import { orderChanged } from '../events.ts';
import type { OrderChanged } from '../events.ts';
import type { NewCallback } from '../store/callback-rows.ts';
import type { NewLine } from '../store/line.ts';
import type { OrderRow } from '../store/order.ts';
import { clockOf, withClock } from '../store/visit.ts';
import type { VisitRow } from '../store/visit.ts';
import { openCalls } from './callbacks/happen.ts';
import { callMaker } from './open-callback.ts';
import type { MakeCall } from './open-callback.ts';
import { eventOf } from './scene.ts';
import type { Scene } from './scene.ts';

type Place = { order: OrderRow; visit: VisitRow; step: FlowStep; now: Date };
/** What the alarms of an order come to, to be stored by who gave them. */
type Given = { visit: VisitRow; lines: NewLine[]; calls: NewCallback[]; nextAt: number | null };
type Told = {
  kind: StepAlarm['kind'] | 'chased';
  level: number;
  to: StepAlarm['to'];
  dueAt: string;
};

const system = { kind: 'system', id: null } as const;

/** An event, and but for the deadline itself a line; `dueAt`: when it was to come, by which anybody may check us. */
function tell(tx: Tx, { order, visit, now }: Place, { kind, level, to, dueAt }: Told): NewLine[] {
  const alarm: OrderChanged['alarm'] = { visitId: visit.id, level, to, dueAt };
  tx.emit(orderChanged, eventOf(order, order, { change: kind, at: now, author: system, alarm }));
  if (kind === 'late') return [];
  const place = { visitId: visit.id, stepKey: visit.step_key };
  return [
    {
      id: newId(now.getTime()),
      order_id: order.id,
      at: now,
      by_kind: 'system',
      by_id: null,
      kind,
      text: '',
      data: kind === 'chased' ? place : { ...place, level, to, dueAt },
      file_ids: [],
      is_public: false,
    },
  ];
}

/**
 * Overdue at the department: whoever recorded the order chases it and tells the customer, with words ready; holder and
 * lead hear that they are chased.
 */
function chase(tx: Tx, place: Place, { dueAt, make }: { dueAt: string; make: MakeCall }) {
  const { order, visit, now } = place;
  const teamId = order.recorder_team_id ?? order.owner_team_id;
  if (teamId === null) return { calls: [], lines: [] };
  return {
    calls: [make(order, { reason: 'chase', visitId: visit.id, teamId, dueAt: now, now })],
    lines: tell(tx, place, { kind: 'chased', level: 0, to: ['owner', 'lead'], dueAt }),
  };
}

/** Gives every alarm of a running clock that is due by now: each a line and an event. */
export function giveDue(
  tx: Tx,
  place: Place,
  { calendar, make }: { calendar: Calendar; make: MakeCall },
): Given {
  const { step, visit, now } = place;
  const reckoning = { alarms: alarmsOf(step.clock), calendar };
  const fired = fireAlarms(clockOf(visit), reckoning, now.getTime());
  const given: Given = {
    visit: withClock(visit, fired.visit),
    lines: [],
    calls: [],
    nextAt: nextAlarm(fired.visit, reckoning)?.at ?? null,
  };
  for (const { alarm, at } of fired.given) {
    const dueAt = new Date(at).toISOString();
    given.lines.push(...tell(tx, place, { ...alarm, dueAt }));
    if (alarm.kind !== 'late' || step.clock?.chase !== true) continue;
    const { calls, lines } = chase(tx, place, { dueAt, make });
    given.calls.push(...calls);
    given.lines.push(...lines);
  }
  return given;
}

/**
 * The present visit with what was due before its clock stops: somebody may be quicker than the timer, which then finds
 * the clock stopped and gives nothing.
 */
export async function giveBeforeStop(scene: Scene, calendar: Calendar): Promise<VisitRow> {
  const { tx, visit, step, now } = scene;
  const next = nextAlarm(clockOf(visit), { alarms: alarmsOf(step.clock), calendar });
  if (!next || next.at > now.getTime()) return visit;
  const given = giveDue(tx, scene, { calendar, make: await callMaker(tx) });
  scene.lines.push(...given.lines);
  await openCalls(tx, given.calls);
  return given.visit;
}
