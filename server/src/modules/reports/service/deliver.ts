import { problems } from '@yingda/contract';
import type { StopReason } from '@yingda/contract';
import { may } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import { actingAs, transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { setTimer } from '../../clocks/index.ts';
import { actorOfPerson, namesOf } from '../../identity/index.ts';
import { selectSchedule } from '../store/schedules.ts';
import type { ScheduleRow } from '../store/schedules.ts';
import * as store from '../store/sendings.ts';
import type { DeliveryRow, SendingRow } from '../store/sendings.ts';
import { letterOf } from './letter.ts';
import type { FinishedLetter } from './letter.ts';
import { RETRY_TIMER, stop } from './stop.ts';

/** After a mail server was away or busy, in minutes: a day in all. */
const RETRY_MINUTES = [1, 5, 15, 60, 180, 360, 720];
const MINUTE_MS = 60_000;
/** A server that does not answer twice will not answer the fiftieth recipient either. */
const GIVE_UP_ROUND = 2;

class Stopped extends Error {
  readonly reason: StopReason;
  constructor(reason: StopReason) {
    super(reason);
    this.reason = reason;
  }
}

/** The mail, read with the rights that the person has now. Throws `Stopped` when they have them no longer. */
async function compose(
  ctx: Ctx,
  schedule: ScheduleRow,
  { actor_id: actorId, due_at: at }: SendingRow,
): Promise<FinishedLetter> {
  const actor = await actorOfPerson(ctx, actorId);
  if (!actor) throw new Stopped('owner_gone');
  if (!may(actor, 'report.manage') || !may(actor, 'kpi.read'))
    throw new Stopped('owner_without_right');
  const { name, view_id: viewId, locale, subject, attachments, owner_id: owner } = schedule;
  const ownerName = (await namesOf(ctx, [owner])).get(owner) ?? '';
  try {
    return await letterOf(actingAs(ctx, actor), {
      name,
      viewId,
      locale,
      subject,
      attachments,
      ownerName,
      at,
    });
  } catch (error) {
    if (error instanceof Problem && error.code === 'view.not_found') throw new Stopped('view_gone');
    throw error;
  }
}

type Outcome = { state: DeliveryRow['state']; problem: string | null };

async function attempt(
  ctx: Ctx,
  { id, address }: DeliveryRow,
  letter: FinishedLetter,
): Promise<Outcome> {
  const { subject, html, text, files } = letter;
  const host = new URL(ctx.services.config.baseUrl).hostname;
  try {
    await ctx.services.mailer.send({
      to: address,
      subject,
      html,
      text,
      messageId: `report-${id}@${host}`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      attachments: files.map(({ name, mime, bytes }) => ({
        filename: name,
        contentType: mime,
        content: Buffer.from(bytes),
      })),
    });
    return { state: 'sent', problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const states = { 'mail.refused': 'refused', 'mail.unavailable': 'retrying' } as const;
    const state =
      error.code === 'mail.refused' || error.code === 'mail.unavailable'
        ? states[error.code]
        : 'failed';
    ctx.log.warn({ err: error, deliveryId: id }, 'a report could not be mailed');
    return { state, problem: error.code };
  }
}

/** One mail to each recipient still waiting, so that none sees the others. */
async function sendAll(ctx: Ctx, deliveries: DeliveryRow[], letter: FinishedLetter): Promise<void> {
  let unavailable = 0;
  for (const delivery of deliveries) {
    if (unavailable >= GIVE_UP_ROUND) return;
    if (!(await store.claimDelivery(ctx, delivery.id))) continue;
    const outcome = await attempt(ctx, delivery, letter);
    await store.saveOutcome(ctx, delivery.id, outcome);
    unavailable = outcome.state === 'retrying' ? unavailable + 1 : 0;
  }
}

/** `isFinal`: trying again is no use. */
type Ending = { subject: string; problem: string | null; isFinal?: boolean };

/** Notes how it went, and when the rest is tried again. */
async function conclude(
  ctx: Ctx,
  sending: SendingRow,
  { subject, problem, isFinal = false }: Ending,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { id, tries } = sending;
    const minutes = RETRY_MINUTES[tries];
    const give = isFinal || minutes === undefined;
    if (give)
      await store.moveDeliveries(tx, {
        sendingId: id,
        from: ['waiting', 'retrying'],
        to: 'failed',
        problem,
      });
    else
      await store.moveDeliveries(tx, {
        sendingId: id,
        from: ['waiting'],
        to: 'retrying',
        problem: null,
      });
    const states = (await store.selectDeliveries(tx, [id])).map(({ state }) => state);
    if (
      states.some((state) => state === 'retrying' || state === 'sending') &&
      minutes !== undefined
    ) {
      const at = new Date(Date.now() + minutes * MINUTE_MS);
      await store.saveSending(tx, {
        id,
        state: 'retrying',
        problem,
        tries: tries + 1,
        next_try_at: at,
        subject,
      });
      await setTimer(tx, RETRY_TIMER, { key: id, dueAt: at, payload: { sendingId: id } });
      return;
    }
    const state = states.every((one) => one === 'sent') ? 'sent' : 'failed';
    await store.saveSending(tx, { id, state, problem, tries, next_try_at: null, subject });
  });
}

/** Why there is no mail, as the log tells it, and whether trying again is of use. */
function reasonOf(error: unknown): { problem: string; isFinal: boolean } {
  if (error instanceof Stopped) return { problem: error.reason, isFinal: true };
  const code = error instanceof Problem ? error.code : 'server.unexpected';
  return { problem: code, isFinal: problems[code].status < 500 };
}

const isPending = ({ state }: DeliveryRow) =>
  state === 'waiting' || state === 'retrying' || state === 'sending';

/**
 * Mails a sending to whoever has not got it yet, and notes the outcome; what may be better later is tried again by a
 * timer. Does nothing when everybody has got it.
 */
export async function deliver(ctx: Ctx, sendingId: string): Promise<void> {
  const sending = await store.selectSending(ctx, sendingId);
  const schedule = sending && (await selectSchedule(ctx, sending.schedule_id));
  if (!schedule) return;
  const pending = (await store.selectDeliveries(ctx, [sendingId])).filter(isPending);
  if (pending.length === 0) return;
  const { subject } = sending;
  if (!ctx.services.mailer.isConfigured)
    return conclude(ctx, sending, { subject, problem: 'mail.not_configured', isFinal: true });
  try {
    const letter = await compose(ctx, schedule, sending);
    await sendAll(ctx, pending, letter);
    await conclude(ctx, sending, { subject: letter.subject, problem: null });
  } catch (error) {
    ctx.log.warn({ err: error, sendingId }, 'a report could not be sent');
    await conclude(ctx, sending, { subject, ...reasonOf(error) });
    if (error instanceof Stopped && sending.kind === 'due')
      await transact(ctx, (tx) => stop(tx, schedule.id, error.reason));
  }
}
