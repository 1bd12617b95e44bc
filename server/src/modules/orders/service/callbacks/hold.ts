import type { assignCallback, InputOf, postponeCallback } from '@yingda/contract';
import { requireUser } from '../../../../kernel/actor.ts';
import { newId } from '../../../../kernel/ids.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { transact } from '../../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../../platform/ctx.ts';
import {
  countHeld,
  insertTry,
  lockFreeNext,
  selectOwnNext,
  updateCallback,
} from '../../store/callback-rows.ts';
import type { CallbackRow } from '../../store/callback-rows.ts';
import { selectInboxPeople } from '../../store/people.ts';
import { readerOf } from '../reader.ts';
import { authorOf } from '../scene.ts';
import { orderSettings } from '../settings-read.ts';
import { tellCall } from './happen.ts';
import { callingTeams, mayGive, openCall, requireMaker } from './reach.ts';
import type { HeldCall } from './reach.ts';
import { requireSoon } from './when.ts';

/** Throws `callback.quota_reached` for somebody who holds as many calls as they may. */
export async function requireRoom(tx: Tx, userId: string): Promise<void> {
  const { callbackQuota: quota } = await orderSettings(tx);
  const held = await countHeld(tx.db, userId);
  if (held >= quota) throw new Problem('callback.quota_reached', { params: { quota } });
}

/** Puts a call in somebody's hands, or (null) back on the list of the team. */
async function hand(tx: Tx, { call, now }: HeldCall, holderId: string | null): Promise<void> {
  if (call.holder_id === holderId) return;
  if (holderId !== null) await requireRoom(tx, holderId);
  const next: CallbackRow = { ...call, holder_id: holderId, version: call.version + 1 };
  await updateCallback(tx.db, next);
  const change = holderId === null ? 'released' : 'taken';
  const previousHolderId = call.holder_id;
  tellCall(tx, next, { change, at: now, author: authorOf(tx), previousHolderId });
}

/**
 * The actor makes this call. Problems: `callback.not_found`, `callback.done`, `callback.taken`,
 * `callback.quota_reached`.
 */
export async function takeCall(ctx: Ctx, id: string): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  await transact(ctx, async (tx) => {
    const held = await openCall(tx, id);
    // Also whoever leads the team takes no call out of somebody's hands by this, but by giving it to themselves.
    if (held.call.holder_id !== null && held.call.holder_id !== userId) {
      throw new Problem('callback.taken');
    }
    requireMaker(held);
    await hand(tx, held, userId);
  });
}

/**
 * The call that the actor makes next: of their own the one that is due, else a free one, which is theirs then; null
 * when there is none. Problem: `callback.quota_reached`.
 */
export async function takeNext(ctx: Ctx): Promise<string | null> {
  const { userId } = requireUser(ctx.actor);
  return transact(ctx, async (tx) => {
    const own = await selectOwnNext(tx.db, userId);
    if (own !== undefined) return own;
    const reader = await readerOf(tx);
    const free = await lockFreeNext(tx.db, callingTeams(reader));
    if (free === undefined) return null;
    await takeCall(tx, free);
    return free;
  });
}

type Assign = InputOf<typeof assignCallback, 'body'> & { id: string };

/**
 * Gives a call to somebody of its team, or (null) back to all of them. Problems: `callback.not_found`, `callback.done`,
 * `callback.changed_meanwhile`, `callback.taken` for a call that is not the actor's to give,
 * `callback.agent_not_in_team`, `callback.quota_reached`.
 */
export async function assignCall(ctx: Ctx, { id, version, holderId }: Assign): Promise<void> {
  await transact(ctx, async (tx) => {
    const held = await openCall(tx, id, version);
    const { reader, call } = held;
    if (!mayGive(reader, call)) throw new Problem('callback.taken');
    const isSelf = reader.party.kind === 'person' && reader.party.userId === holderId;
    if (holderId !== null && !isSelf) {
      const people = await selectInboxPeople(tx.db, [call.team_id]);
      if (!people.some(({ userId }) => userId === holderId)) {
        throw new Problem('callback.agent_not_in_team');
      }
    }
    await hand(tx, held, holderId);
  });
}

type Postpone = InputOf<typeof postponeCallback, 'body'> & { id: string };

/**
 * The call is made at another time. Problems: `callback.not_found`, `callback.done`, `callback.changed_meanwhile`,
 * `callback.taken`, `callback.time_past`.
 */
export async function postponeCall(ctx: Ctx, { id, version, ...given }: Postpone): Promise<void> {
  await transact(ctx, async (tx) => {
    const held = await openCall(tx, id, version);
    requireMaker(held);
    const { call, now } = held;
    const nextTryAt = requireSoon(given.nextTryAt, now);
    const author = authorOf(tx);
    const next: CallbackRow = { ...call, next_try_at: nextTryAt, version: call.version + 1 };
    await updateCallback(tx.db, next);
    await insertTry(tx.db, {
      id: newId(now.getTime()),
      callback_id: id,
      at: now,
      by_id: author.id,
      result: null,
      phone: '',
      note: given.note,
      next_try_at: nextTryAt,
    });
    tellCall(tx, next, { change: 'postponed', at: now, author });
  });
}
