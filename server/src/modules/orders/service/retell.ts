import { newId } from '../../../kernel/ids.ts';
import { orProblem } from '../../../kernel/problem.ts';
import { localTime } from '../../../kernel/local-time.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { organisation } from '../../identity/index.ts';
import { stepOf } from '../domain/flow.ts';
import type { Flow } from '../domain/flow.ts';
import { numbering } from '@yingda/contract';
import { alarmsOf, endVisit, fireAlarms, pauseVisit, startVisit } from '../domain/visit-clock.ts';
import type { Calendar, StepAlarm } from '../domain/visit-clock.ts';
import { insertCallbacks } from '../store/callback-rows.ts';
import { insertLines, selectLines } from '../store/line.ts';
import type { LineRow, NewLine } from '../store/line.ts';
import { lockOrder } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import * as store from '../store/retold.ts';
import { selectVisitsOf, updateVisits, withClock } from '../store/visit.ts';
import type { VisitRow } from '../store/visit.ts';
import { calendarsOf } from './calendars.ts';
import { setAlarm } from './enter.ts';
import { flowOf } from './flows.ts';
import { nextNumber } from './numbers.ts';
import { callMaker } from './open-callback.ts';
import { orderSettings } from './settings-read.ts';
import { wordsOf } from './words.ts';

/** When an order is to have come into each of its steps, oldest first, and how it was rated. */
export type Retelling = {
  orderId: string;
  entered: Date[];
  /** What the customer said when they were called, by the result of the call. */
  said?: { solved: string; notSolved: string };
  rating?: { score: number; comment: string };
};

type Told = { visit: VisitRow; calendar: Calendar; given: { alarm: StepAlarm; at: number }[] };
type Span = { from: Date; to: Date };

const MOST_LINES = 500;
const onward = new Set(['moved', 'reopened']);

/** The lines with the times they would have had: those between two steps spread evenly. */
function linesBetween(lines: LineRow[], spans: Span[]): { id: string; at: Date; kind: string }[] {
  const byVisit: LineRow[][] = spans.map(() => []);
  const told: { id: string; at: Date; kind: string }[] = [];
  let place = 0;
  for (const line of lines) {
    if (onward.has(line.kind)) place += 1;
    const at = spans[place]?.from;
    if (at && (line.kind === 'created' || onward.has(line.kind))) {
      told.push({ id: line.id, at, kind: line.kind });
    } else byVisit[place]?.push(line);
  }
  spans.forEach(({ from, to }, index) => {
    const among = byVisit[index] ?? [];
    const step = (to.getTime() - from.getTime()) / (among.length + 1);
    among.forEach(({ id, kind }, nth) =>
      told.push({ id, kind, at: new Date(from.getTime() + step * (nth + 1)) }),
    );
  });
  return told;
}

/** A visit with its clock as it would have run. */
function tellVisit(
  visit: VisitRow,
  {
    span,
    flow,
    calendar,
    pausedAt,
  }: { span: Span; flow: Flow; calendar: Calendar; pausedAt: Date | null },
): Told {
  const step = stepOf(flow.definition, visit.step_key);
  const begun = { ...visit, entered_at: span.from, left_at: visit.left_at && span.to };
  if (step.kind === 'end') return { visit: begun, calendar, given: [] };
  const started = startVisit(step.clock, calendar, span.from.getTime());
  const until = (pausedAt ?? span.to).getTime();
  const { visit: clock, given } = fireAlarms(
    started,
    { alarms: alarmsOf(step.clock), calendar },
    until,
  );
  const now = visit.left_at
    ? endVisit(clock, calendar, until)
    : pausedAt
      ? pauseVisit(clock, calendar, until)
      : clock;
  return { visit: withClock(begun, now), calendar, given };
}

function alarmLines(order: OrderRow, { visit, given }: Told, chase: boolean): NewLine[] {
  const line = (kind: NewLine['kind'], at: number, data: Record<string, unknown>): NewLine => ({
    id: newId(at),
    order_id: order.id,
    at: new Date(at),
    by_kind: 'system',
    by_id: null,
    kind,
    text: '',
    data: { visitId: visit.id, stepKey: visit.step_key, ...data },
    file_ids: [],
    is_public: false,
  });
  return given.flatMap(({ alarm: { kind, level, to }, at }) => {
    if (kind === 'late') return chase ? [line('chased', at, {})] : [];
    return [line(kind, at, { level, to, dueAt: new Date(at).toISOString() })];
  });
}

/** Overdue where the recorder is to chase it: the call that would be waiting. */
async function chaseCall(tx: Tx, order: OrderRow, { visit, given }: Told): Promise<void> {
  const late = given.find(({ alarm }) => alarm.kind === 'late');
  const teamId = order.recorder_team_id;
  if (!late || visit.left_at !== null || teamId === null) return;
  const at = new Date(late.at);
  const make = await callMaker(tx);
  await insertCallbacks(tx.db, [
    make(order, { reason: 'chase', visitId: visit.id, teamId, dueAt: at, now: at }),
  ]);
}

/** The number that the order would have got on its day; the one it has goes back. */
async function numberOf(tx: Tx, order: OrderRow, created: Date): Promise<string> {
  const { numberPattern: pattern } = await orderSettings(tx);
  const { timeZone } = await organisation(tx);
  const periodOf = (at: Date): string => {
    const date = new Date(localTime(timeZone, at.getTime()).day * 86_400_000);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    return numbering(pattern, { year, month, day }).period;
  };
  const present = periodOf(order.created_at);
  if (periodOf(created) === present) return order.number;
  await store.giveBackNumber(tx.db, present);
  return nextNumber(tx, { pattern, now: created, timeZone });
}

async function tellVisits(
  tx: Tx,
  { order, flow, entered, now }: { order: OrderRow; flow: Flow; entered: Date[]; now: Date },
): Promise<Told[]> {
  const visits = await selectVisitsOf(tx.db, order.id);
  if (visits.length !== entered.length) {
    throw new Error(`${order.subject}: ${visits.length} steps, ${entered.length} times`);
  }
  const spans = entered.map((from, index): Span => ({ from, to: entered[index + 1] ?? now }));
  const lines = linesBetween(await selectLines(tx.db, order.id, MOST_LINES), spans);
  await store.updateLineTimes(tx.db, lines);
  const paused = lines.findLast(({ kind }) => kind === 'paused')?.at ?? null;
  const calendarFor = await calendarsOf(tx, visits);
  return visits.map((visit, index) => {
    const span = spans[index] ?? { from: now, to: now };
    const pausedAt = visit.clock === 'paused' ? paused : null;
    return tellVisit(visit, { span, flow, calendar: calendarFor(visit), pausedAt });
  });
}

/**
 * Tells the story of an order anew as if it had happened at other times, with clocks, alarms, calls and number as they
 * would be: for examples, which otherwise would all begin now. `entered` names a time for each of its steps.
 */
export async function retellOrder(
  ctx: Ctx,
  { orderId, entered, said, rating }: Retelling,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { now, ...order } = orProblem(await lockOrder(tx.db, orderId), 'order.not_found');
    const flow = await flowOf(tx, order.flow_id);
    const told = await tellVisits(tx, { order, flow, entered, now });
    const visits = told.map(({ visit }) => visit);
    const [first, last] = [told[0], told.at(-1)];
    if (!first || !last) return;
    const number = await numberOf(tx, order, first.visit.entered_at);
    const ended = order.status === 'open' ? null : last.visit.entered_at;
    const placed: OrderRow = {
      ...order,
      number,
      created_at: first.visit.entered_at,
      step_since: last.visit.entered_at,
      due_at: last.visit.due_at,
      clock: last.visit.clock,
      closed_at: ended,
      ...(rating && { rating: rating.score, rating_comment: rating.comment, rated_at: ended }),
    };
    await store.updateRetold(tx.db, { ...placed, words: wordsOf(placed) });
    await updateVisits(tx.db, visits);
    await store.updateEntries(tx.db, visits);
    for (const visit of visits) {
      await store.updateCallTimes(tx.db, visit, {
        from: order.number,
        to: number,
        said,
        score: rating?.score,
      });
    }
    for (const one of told) {
      const { clock } = stepOf(flow.definition, one.visit.step_key);
      await insertLines(tx.db, alarmLines(placed, one, clock?.chase === true));
      if (clock?.chase === true) await chaseCall(tx, placed, one);
    }
    const step = stepOf(flow.definition, last.visit.step_key);
    if (order.status === 'open') await setAlarm(tx, last.visit, { step, calendar: last.calendar });
  });
}
