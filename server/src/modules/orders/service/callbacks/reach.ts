import { may, teamsWith } from '../../../../kernel/actor.ts';
import { orProblem, Problem } from '../../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../../platform/ctx.ts';
import type { Reader } from '../../policy.ts';
import { lockCallback } from '../../store/callback-rows.ts';
import type { CallbackRow } from '../../store/callback-rows.ts';
import { selectCallback } from '../../store/callback-lists.ts';
import type { CallSight, NamedCallback } from '../../store/callback-lists.ts';
import { lockOrder } from '../../store/order.ts';
import { readerOf } from '../reader.ts';

/** Whose callbacks a reader sees: of the teams whose orders they read or whose inbox they share, and their own. */
export function sightOf({ party, teams }: Reader): CallSight {
  if (party.kind === 'system') return { userId: null, teams: null };
  const { userId, inboxTeams } = party;
  return { userId, teams: teams === null ? null : [...new Set([...teams, ...inboxTeams])] };
}

/** Teams whose calls a reader makes; null: all. */
export function callingTeams({ actor, party }: Reader): string[] | null {
  const written = teamsWith(actor, 'order.write');
  if (written === 'all' || party.kind === 'system') return null;
  // Who writes orders anywhere makes the calls of the inboxes they share.
  return written.length > 0 ? [...new Set([...written, ...party.inboxTeams])] : [];
}

const isIn = (teams: string[] | null, id: string): boolean => teams === null || teams.includes(id);

const ownIdOf = ({ party }: Reader): string | null =>
  party.kind === 'person' ? party.userId : null;

/** Whether this reader leads the team of a callback. */
export function leads({ party }: Reader, { team_id: teamId }: CallbackRow): boolean {
  return party.kind === 'system' || party.manages === 'all' || party.manages.has(teamId);
}

/** Whether this reader may report on a callback: it is theirs, nobody's, or of a team that they lead. */
export function mayMake(reader: Reader, call: CallbackRow): boolean {
  if (reader.party.kind !== 'system' && !may(reader.actor, 'order.write')) return false;
  if (call.holder_id !== null && call.holder_id === ownIdOf(reader)) return true;
  if (!isIn(callingTeams(reader), call.team_id)) return false;
  return call.holder_id === null || leads(reader, call);
}

/** Whether this reader may give a callback to somebody else. */
export const mayGive = (reader: Reader, call: CallbackRow): boolean =>
  leads(reader, call) || (call.holder_id !== null && call.holder_id === ownIdOf(reader));

/** The callback as this reader sees it. Throws `callback.not_found` for one that is none of their business. */
export async function requireCall(ctx: Ctx, reader: Reader, id: string): Promise<NamedCallback> {
  const call = orProblem(await selectCallback(ctx.db, id), 'callback.not_found');
  const { userId, teams } = sightOf(reader);
  const isOwn = userId !== null && call.holder_id === userId;
  if (!isOwn && !isIn(teams, call.team_id)) throw new Problem('callback.not_found');
  return call;
}

export type HeldCall = { reader: Reader; call: CallbackRow; now: Date };

/**
 * The callback locked, its order before it, as all who lock both do. Problems: `callback.not_found`, `callback.done`,
 * and `callback.changed_meanwhile` for another than the version that the actor saw.
 */
export async function openCall(tx: Tx, id: string, version?: number): Promise<HeldCall> {
  const reader = await readerOf(tx);
  const { order_id: orderId } = await requireCall(tx, reader, id);
  if (orderId !== null) await lockOrder(tx.db, orderId);
  const { now, ...call } = orProblem(await lockCallback(tx.db, id), 'callback.not_found');
  if (call.state !== 'open') throw new Problem('callback.done');
  if (version !== undefined && version !== call.version) {
    throw new Problem('callback.changed_meanwhile');
  }
  return { reader, call, now };
}

/** Throws `callback.taken` for a call that somebody else makes, `auth.forbidden` for one of another team. */
export function requireMaker({ reader, call }: HeldCall): void {
  if (mayMake(reader, call)) return;
  throw new Problem(call.holder_id === null ? 'auth.forbidden' : 'callback.taken');
}
