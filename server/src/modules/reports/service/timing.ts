import { z } from 'zod';
import { newId } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/ctx.ts';
import { defineJob } from '../../../platform/jobs/index.ts';
import { setTimer, timerKind } from '../../clocks/index.ts';
import { mailboxesOf, organisation } from '../../identity/index.ts';
import { nextDue } from '../domain/due.ts';
import * as store from '../store/schedules.ts';
import type { ScheduleRow } from '../store/schedules.ts';
import { insertSending, isDueDone } from '../store/sendings.ts';
import type { SendingRow } from '../store/sendings.ts';
import { deliver } from './deliver.ts';
import { DUE_TIMER, RETRY_TIMER, stop } from './stop.ts';

export const sendJob = defineJob({
  name: 'send-report',
  schema: z.object({ sendingId: z.uuid() }),
  work: (ctx, { sendingId }) => deliver(ctx, sendingId),
});

/** Has a sending delivered once this transaction is committed. */
export const orderSending = (tx: Tx, sendingId: string): Promise<void> =>
  tx.services.jobs.send(tx, sendJob, { sendingId });

type Box = { userId: string | null; address: string };

/** Where a schedule's mails go now: active people and the addresses, each once. */
export async function boxesOf(
  tx: Tx,
  { people, addresses }: Pick<ScheduleRow, 'people' | 'addresses'>,
): Promise<Box[]> {
  const boxes = new Map<string, Box>();
  for (const [userId, { email }] of await mailboxesOf(tx, people))
    boxes.set(email.toLowerCase(), { userId, address: email });
  for (const address of addresses) {
    if (!boxes.has(address.toLowerCase()))
      boxes.set(address.toLowerCase(), { userId: null, address });
  }
  return [...boxes.values()];
}

type NewSending = Pick<SendingRow, 'schedule_id' | 'kind' | 'actor_id' | 'due_at'> & {
  boxes: Box[];
};

/** Notes what is to be sent, and sends it once that is committed. */
export async function beginSending(tx: Tx, { boxes, ...sending }: NewSending): Promise<string> {
  const id = newId();
  await insertSending(
    tx,
    { id, ...sending },
    boxes.map(({ userId, address }) => ({ id: newId(), user_id: userId, address })),
  );
  await orderSending(tx, id);
  return id;
}

/** The last time up to `now` that the schedule was due, from `first` on: what was missed meanwhile is one mail. */
function latestDue(
  schedule: ScheduleRow,
  zone: string,
  { first, now }: { first: number; now: number },
): number {
  let due = first;
  for (let next = due; next <= now; next = nextDue(schedule, zone, next)) due = next;
  return due;
}

/** Sets the timer for the first time due after an instant. */
export async function setDue(tx: Tx, id: string, dueAt: Date): Promise<void> {
  await setTimer(tx, DUE_TIMER, { key: id, dueAt, payload: { scheduleId: id } });
}

/** Makes the mail of one time, unless it was made already: clocks may be put back. */
async function makeSending(tx: Tx, schedule: ScheduleRow, dueAt: Date): Promise<void> {
  if (await isDueDone(tx, schedule.id, dueAt)) return;
  const boxes = await boxesOf(tx, schedule);
  const { id, owner_id: owner } = schedule;
  if (boxes.length === 0) await stop(tx, id, 'no_recipients');
  else
    await beginSending(tx, { schedule_id: id, kind: 'due', actor_id: owner, due_at: dueAt, boxes });
}

/** A schedule is due: its sending and its next timer are made in this transaction, so each time comes once. */
async function fire(tx: Tx, scheduleId: string, dueAt: Date): Promise<void> {
  const schedule = await store.lockSchedule(tx, scheduleId);
  if (!schedule?.is_active) return;
  const { timeZone } = await organisation(tx);
  // The database, by whose clock timers fire, may be a little ahead.
  const now = Math.max(Date.now(), dueAt.getTime());
  const first = nextDue(schedule, timeZone, dueAt.getTime() - 1);
  const next = new Date(nextDue(schedule, timeZone, now));
  await store.saveNextDue(tx, scheduleId, next);
  await setDue(tx, scheduleId, next);
  // Later than now when the centre has changed its time zone: then it is not due yet.
  if (first > now) return;
  await makeSending(tx, schedule, new Date(latestDue(schedule, timeZone, { first, now })));
}

timerKind(DUE_TIMER, z.object({ scheduleId: z.uuid() }), (tx, { scheduleId }, { dueAt }) =>
  fire(tx, scheduleId, dueAt),
);

timerKind(RETRY_TIMER, z.object({ sendingId: z.uuid() }), (tx, { sendingId }) =>
  orderSending(tx, sendingId),
);
