import type { InputOf, reportCallback } from '@yingda/contract';
import { newId } from '../../../../kernel/ids.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { transact } from '../../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../../platform/ctx.ts';
import { outcomeOf, resultsFor } from '../../domain/callbacks.ts';
import type { Outcome } from '../../domain/callbacks.ts';
import { insertTry, updateCallback } from '../../store/callback-rows.ts';
import type { CallbackRow } from '../../store/callback-rows.ts';
import { answerResult } from '../move.ts';
import { authorOf, onOrder, write } from '../scene.ts';
import type { Author } from '../scene.ts';
import { asOrders, tellCall } from './happen.ts';
import { openCall, requireMaker } from './reach.ts';
import type { HeldCall } from './reach.ts';
import { takeWayOut } from './way-out.ts';
import { requireSoon, retryAt } from './when.ts';

type Given = Omit<InputOf<typeof reportCallback, 'body'>, 'version'>;

const required = (path: string): Problem =>
  new Problem('request.invalid', { faults: [{ path, kind: 'required' }] });

/**
 * What the call comes to. Problems: `callback.result_unfit`, `request.invalid` for a later call without a time, and
 * `callback.note_missing` for "not solved" without a word of what is not: whoever takes the order up again would have
 * to call once more.
 */
function judge({ call }: HeldCall, { result, note, phone, newPhone, nextTryAt }: Given): Outcome {
  const known = {
    reason: call.reason,
    hasOrder: call.order_id !== null,
    tries: call.tries,
    maxTries: call.max_tries,
    phones: call.phones,
  };
  if (!resultsFor(known).includes(result)) {
    throw new Problem('callback.result_unfit', { params: { result } });
  }
  if (result === 'call_later' && nextTryAt === null) throw required('nextTryAt');
  if (result === 'not_solved' && note.trim() === '') {
    throw new Problem('callback.note_missing', { faults: [{ path: 'note', kind: 'required' }] });
  }
  return outcomeOf(known, { result, phone, newPhone });
}

/** The callback as the call leaves it. */
async function callAfter(
  tx: Tx,
  { call, now }: HeldCall,
  { given, outcome }: { given: Given; outcome: Outcome },
): Promise<CallbackRow> {
  const { result, note, satisfaction } = given;
  const base = { ...call, result, note, satisfaction, version: call.version + 1 };
  if (outcome.next === 'again') {
    const { tries, phones } = outcome;
    const at = given.nextTryAt;
    const next_try_at = at === null ? await retryAt(tx, call.team_id, now) : requireSoon(at, now);
    return { ...base, tries, phones, next_try_at };
  }
  const ended = { ...base, done_at: now, done_by: authorOf(tx).id };
  if (outcome.next !== 'way_out') return { ...ended, state: 'done' };
  return { ...ended, state: 'given_up', tries: outcome.tries, phones: outcome.phones };
}

/** A line on the order for each call that was made. */
async function noteOnOrder(tx: Tx, call: CallbackRow, author: Author): Promise<void> {
  if (call.order_id === null) return;
  await onOrder(asOrders(tx), { id: call.order_id, author }, (scene) => {
    scene.isNewVersion = false;
    const { reason, result, tries, max_tries: maxTries, satisfaction, note: text } = call;
    const nextTryAt = call.state === 'open' ? call.next_try_at.toISOString() : null;
    const data = { reason, result, tries, maxTries, nextTryAt, satisfaction, state: call.state };
    write(scene, { kind: 'called', text, data });
  });
}

/** What the customer said of how content they are, on a closed order that they have not rated themselves. */
async function noteRating(tx: Tx, call: CallbackRow, author: Author): Promise<void> {
  const { order_id: id, satisfaction: score } = call;
  if (id === null || score === null) return;
  await onOrder(asOrders(tx), { id, author }, (scene) => {
    const { order, now } = scene;
    if (order.status !== 'closed' || order.rating !== null) return;
    Object.assign(order, { rating: score, rating_comment: call.note, rated_at: now });
    scene.isNewVersion = false;
    write(scene, { kind: 'rated', data: { score } });
  });
}

const changes = { again: 'tried', answer: 'done', done: 'done', way_out: 'given_up' } as const;

/**
 * Notes how a call went, and does what follows: the order goes on by the customer's word, another try is set, or the
 * way out is taken. Problems: `callback.not_found`, `callback.done`, `callback.changed_meanwhile`, `callback.taken`,
 * `callback.result_unfit`, `callback.note_missing`, `callback.time_past`, `request.invalid`, those of `answerResult`.
 */
export async function reportCall(
  ctx: Ctx,
  { id, version, ...given }: Given & { id: string; version: number },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const held = await openCall(tx, id, version);
    requireMaker(held);
    const { call: before, now } = held;
    const author = authorOf(tx);
    const outcome = judge(held, given);
    const call = await callAfter(tx, held, { given, outcome });
    // First of all: the order's leaving its step ends the calls that are still open.
    await updateCallback(tx.db, call);
    await insertTry(tx.db, {
      id: newId(now.getTime()),
      callback_id: id,
      at: now,
      by_id: author.id,
      result: given.result,
      phone: given.phone ?? before.phones[0] ?? '',
      note: given.note,
      next_try_at: outcome.next === 'again' ? call.next_try_at : null,
    });
    tellCall(tx, call, { change: changes[outcome.next], at: now, author });
    await noteOnOrder(tx, call, author);
    if (outcome.next === 'answer' && call.order_id !== null) {
      const { effect } = outcome;
      const { note, filled } = given;
      await answerResult(tx, { orderId: call.order_id, effect, note, author, filled });
    }
    if (outcome.next === 'way_out') await takeWayOut(tx, call);
    await noteRating(tx, call, author);
  });
}
