import type { InputOf, previewSchedule, ScheduleInput } from '@yingda/contract';
import { requireRight, requireUser } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { cancelTimer } from '../../clocks/index.ts';
import { audit, namesOf, organisation } from '../../identity/index.ts';
import { nextDue } from '../domain/due.ts';
import * as store from '../store/schedules.ts';
import type { ScheduleRow } from '../store/schedules.ts';
import * as sendings from '../store/sendings.ts';
import type { DeliveryRow, SendingRow } from '../store/sendings.ts';
import { letterOf } from './letter.ts';
import type { FinishedLetter } from './letter.ts';
import { DUE_TIMER, RETRY_TIMER } from './stop.ts';
import { beginSending, boxesOf, orderSending, setDue } from './timing.ts';
import { getView } from './views.ts';

export async function listSchedules(ctx: Ctx): Promise<ScheduleRow[]> {
  requireRight(ctx.actor, 'report.manage');
  return store.selectSchedules(ctx);
}

async function getSchedule(ctx: Ctx, id: string): Promise<ScheduleRow> {
  requireRight(ctx.actor, 'report.manage');
  return orProblem(await store.selectSchedule(ctx, id), 'schedule.not_found');
}

const noRecipient = () =>
  new Problem('request.invalid', { faults: [{ path: 'body.people', kind: 'no_recipient' }] });

async function save(tx: Tx, id: string, input: ScheduleInput): Promise<ScheduleRow> {
  const { userId } = requireUser(tx.actor);
  if (input.people.length + input.addresses.length === 0) throw noRecipient();
  await getView(tx, input.viewId);
  if ((await namesOf(tx, input.people)).size !== new Set(input.people).size)
    throw new Problem('person.not_found');
  const { timeZone } = await organisation(tx);
  const due = input.isActive ? new Date(nextDue(input, timeZone, Date.now())) : null;
  const { name, viewId, rhythm, day, minute, locale, subject, attachments, isActive } = input;
  const [people, addresses] = [[...new Set(input.people)], [...new Set(input.addresses)]];
  await store.saveSchedule(tx, {
    id,
    name,
    view_id: viewId,
    owner_id: userId,
    rhythm,
    day,
    minute,
    people,
    addresses,
    locale,
    subject,
    attachments: [...new Set(attachments)],
    is_active: isActive,
    next_due_at: due,
  });
  if (due) await setDue(tx, id, due);
  else await cancelTimer(tx, DUE_TIMER, id);
  return getSchedule(tx, id);
}

const subjectIn = ({ id, name }: Pick<ScheduleRow, 'id' | 'name'>) => ({
  subjectKind: 'report_schedule',
  subjectId: id,
  subjectName: name,
});

/** Makes a schedule that acts with the rights of whoever makes it. Problems: `view.not_found`, `person.not_found`. */
export async function createSchedule(ctx: Ctx, input: ScheduleInput): Promise<ScheduleRow> {
  requireRight(ctx.actor, 'report.manage');
  return transact(ctx, async (tx) => {
    const made = await save(tx, newId(), input);
    await audit(tx, { action: 'report_schedule.created', ...subjectIn(made) });
    return made;
  });
}

/** Replaces a schedule; from now on it acts with the rights of whoever changed it. */
export async function changeSchedule(
  ctx: Ctx,
  id: string,
  input: ScheduleInput,
): Promise<ScheduleRow> {
  requireRight(ctx.actor, 'report.manage');
  return transact(ctx, async (tx) => {
    orProblem(await store.lockSchedule(tx, id), 'schedule.not_found');
    const changed = await save(tx, id, input);
    await audit(tx, { action: 'report_schedule.changed', ...subjectIn(changed) });
    return changed;
  });
}

export async function removeSchedule(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const schedule = await getSchedule(tx, id);
    await cancelTimer(tx, DUE_TIMER, id);
    await store.deleteSchedule(tx, id);
    await audit(tx, { action: 'report_schedule.deleted', ...subjectIn(schedule) });
  });
}

/** The mail as it would be sent at this moment, with the rights of whoever looks. */
export async function preview(
  ctx: Ctx,
  input: InputOf<typeof previewSchedule, 'body'>,
): Promise<FinishedLetter> {
  const { name } = requireUser(ctx.actor);
  requireRight(ctx.actor, 'report.manage');
  return letterOf(ctx, { ...input, ownerName: name, at: new Date() });
}

/** Sends at once: a trial to oneself with one's own rights, or to the recipients with those of the owner. */
export async function sendNow(ctx: Ctx, id: string, to: 'me' | 'recipients'): Promise<string> {
  const { userId } = requireUser(ctx.actor);
  if (!ctx.services.mailer.isConfigured) throw new Problem('mail.not_configured');
  return transact(ctx, async (tx) => {
    const schedule = await getSchedule(tx, id);
    const isTrial = to === 'me';
    const boxes = await boxesOf(tx, isTrial ? { people: [userId], addresses: [] } : schedule);
    if (boxes.length === 0) throw noRecipient();
    await audit(tx, {
      action: isTrial ? 'report_schedule.tried' : 'report_schedule.sent',
      ...subjectIn(schedule),
    });
    return beginSending(tx, {
      schedule_id: id,
      kind: isTrial ? 'trial' : 'by_hand',
      actor_id: isTrial ? userId : schedule.owner_id,
      due_at: new Date(),
      boxes,
    });
  });
}

export type Sending = SendingRow & { deliveries: DeliveryRow[] };

async function withDeliveries(ctx: Ctx, rows: SendingRow[]): Promise<Sending[]> {
  const deliveries = Map.groupBy(
    await sendings.selectDeliveries(
      ctx,
      rows.map(({ id }) => id),
    ),
    ({ sending_id: id }) => id,
  );
  return rows.map((row) => ({ ...row, deliveries: deliveries.get(row.id) ?? [] }));
}

/** The send log, newest first. */
export async function listSendings(
  ctx: Ctx,
  { scheduleId, cursor, limit }: { scheduleId: string; cursor: string | undefined; limit: number },
): Promise<{ items: Sending[]; nextCursor: string | null }> {
  await getSchedule(ctx, scheduleId);
  const rows = await sendings.selectSendings(ctx, { scheduleId, before: cursor, limit: limit + 1 });
  const items = await withDeliveries(ctx, rows.slice(0, limit));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Tries at once what was refused, failed or is waiting for its next try. */
export async function retry(ctx: Ctx, id: string): Promise<Sending> {
  requireRight(ctx.actor, 'report.manage');
  if (!ctx.services.mailer.isConfigured) throw new Problem('mail.not_configured');
  await transact(ctx, async (tx) => {
    const sending = orProblem(await sendings.selectSending(tx, id), 'sending.not_found');
    await sendings.moveDeliveries(tx, {
      sendingId: id,
      from: ['refused', 'failed', 'retrying'],
      to: 'waiting',
      problem: null,
    });
    await cancelTimer(tx, RETRY_TIMER, id);
    await sendings.saveSending(tx, {
      ...sending,
      state: 'waiting',
      problem: null,
      tries: 0,
      next_try_at: null,
    });
    await orderSending(tx, id);
  });
  const sending = orProblem(await sendings.selectSending(ctx, id), 'sending.not_found');
  const [only] = await withDeliveries(ctx, [sending]);
  return only ?? { ...sending, deliveries: [] };
}
