import type { PresenceState } from '@yingda/contract';
import { requireRight, requireUser } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { recordContactEvents } from '../../contacts/index.ts';
import { audit } from '../../identity/index.ts';
import { giveBack } from '../domain/work.ts';
import type { GivenBack } from '../domain/work.ts';
import { presenceChanged } from '../events.ts';
import { readableTeams, requireSupervision } from '../policy.ts';
import * as store from '../store/presence.ts';
import type { Presence, PresenceFigures } from '../store/presence.ts';
import { lockOffersOf } from '../store/work.ts';
import { kick } from './kick.ts';
import { noteMoved } from './moves.ts';
import { saveSteps, tellOfferEnded } from './steps.ts';

/** Locks an agent's state. The router passes over locked agents, so it looks again afterwards. */
export function lockPresence(tx: Tx, userId: string): Promise<Presence> {
  kick(tx);
  return store.lockPresence(tx, userId);
}

/** Whatever rings at an agent goes back to the heads of its queues. */
async function giveOffersBack(tx: Tx, userId: string, why: GivenBack): Promise<void> {
  const offers = await lockOffersOf(tx, userId);
  await saveSteps(
    tx,
    offers.map(({ now, ...item }) => giveBack(item, why, now)),
  );
  for (const item of offers) {
    tellOfferEnded(tx, item, 'withdrawn');
    noteMoved(tx, item);
  }
}

/**
 * Tells the log that an agent begins or ends to wrap up the contact finished last; the end is found by the same
 * question as the begin, at the instant the state began.
 */
async function recordWrapUp(
  tx: Tx,
  {
    userId,
    at,
    type,
  }: { userId: string; at: Date | null; type: 'wrap_up_started' | 'wrap_up_ended' },
): Promise<void> {
  const work = await store.selectWrappedUp(tx, userId, at);
  if (!work) return;
  const { id: contactId, queueId, teamId } = work;
  await recordContactEvents(tx, [{ contactId, type, queueId, teamId, agentId: userId }]);
}

async function tellWrapUp(tx: Tx, before: Presence, state: PresenceState): Promise<void> {
  const { userId, since: at } = before;
  if (before.state === 'after_call_work') {
    await recordWrapUp(tx, { userId, at, type: 'wrap_up_ended' });
  }
  if (state === 'after_call_work') {
    await recordWrapUp(tx, { userId, at: null, type: 'wrap_up_started' });
  }
}

export type StateInput = { state: PresenceState; reason?: string | null | undefined };

const LOST = 'connection_lost';
const NO_ANSWER = 'no_answer';

/**
 * Puts an agent, whose row is locked, into a state, with its line in the log. Who is not ready any more has nothing
 * ringing. The same state and reason again change nothing.
 */
export async function changeState(
  tx: Tx,
  before: Presence,
  { state, reason = null }: StateInput,
): Promise<void> {
  const { userId, state: previousState } = before;
  if (state === previousState && reason === before.reason) return;
  const changedBy = tx.actor.kind === 'user' ? tx.actor.userId : null;
  await store.saveState(tx, { ...before, state, reason, previousState, changedBy });
  if (previousState === 'ready' && state !== 'ready') {
    const missed = reason === LOST || reason === NO_ANSWER;
    await giveOffersBack(tx, userId, {
      type: missed ? 'no_answer' : 'declined',
      reason: reason === LOST ? LOST : 'not_ready',
    });
  }
  if (state !== previousState) await tellWrapUp(tx, before, state);
  tx.emit(presenceChanged, { userId, previousState, state, reason });
}

function requireReason({ state, reason }: StateInput): void {
  if (state === 'break' && !reason) throw new Problem('presence.break_needs_reason');
}

async function figuresOf(ctx: Ctx, userId: string): Promise<PresenceFigures> {
  const [figures] = await store.selectPresenceFigures(ctx, { userIds: [userId] });
  if (!figures) throw new Problem('person.not_found');
  return figures;
}

/** The caller's own state. */
export function getMyPresence(ctx: Ctx): Promise<PresenceFigures> {
  requireRight(ctx.actor, 'routing.work');
  return figuresOf(ctx, requireUser(ctx.actor).userId);
}

/** Changes the caller's own state. Throws `presence.break_needs_reason`. */
export async function setMyPresence(ctx: Ctx, input: StateInput): Promise<PresenceFigures> {
  requireRight(ctx.actor, 'routing.work');
  const { userId } = requireUser(ctx.actor);
  requireReason(input);
  return transact(ctx, async (tx) => {
    await store.saveSeen(tx, [userId]);
    await changeState(tx, await lockPresence(tx, userId), input);
    return figuresOf(tx, userId);
  });
}

/** The agents of one team, or of all teams whose conversations the caller may read. */
export async function listPresence(
  ctx: Ctx,
  { teamId }: { teamId?: string | undefined },
): Promise<PresenceFigures[]> {
  if (teamId !== undefined) requireRight(ctx.actor, 'conversation.read', teamId);
  const teamIds = teamId === undefined ? readableTeams(ctx.actor) : [teamId];
  return store.selectPresenceFigures(ctx, { teamIds });
}

export type AgentInput = Partial<StateInput> & { userId: string; capacity?: number | undefined };

/** A supervisor changes an agent's state or capacity. Throws `person.not_found`, `presence.break_needs_reason`. */
export async function setAgentPresence(ctx: Ctx, input: AgentInput): Promise<PresenceFigures> {
  const { userId, state, reason, capacity } = input;
  return transact(ctx, async (tx) => {
    const figures = await figuresOf(tx, userId);
    requireSupervision(tx.actor, figures.teamIds);
    if (state !== undefined) requireReason({ state, reason });
    const before = await lockPresence(tx, userId);
    if (capacity !== undefined && capacity !== before.capacity) {
      await store.saveCapacity(tx, userId, capacity);
      tx.emit(presenceChanged, { ...before, previousState: before.state });
    }
    if (state !== undefined) await changeState(tx, before, { state, reason });
    await audit(tx, {
      action: 'presence.changed',
      subjectKind: 'person',
      subjectId: userId,
      subjectName: figures.name,
      details: { state, reason, capacity },
    });
    return figuresOf(tx, userId);
  });
}

/** How long an agent may be without an open socket before the state becomes offline. */
const UNSEEN_SECONDS = 60;

/** Sets agents who have not been seen for a minute offline; gives back what rings at them. */
export async function sweepUnseen(ctx: Ctx): Promise<void> {
  for (const userId of await store.selectUnseen(ctx, UNSEEN_SECONDS)) {
    await transact(ctx, async (tx) => {
      const before = await lockPresence(tx, userId);
      // Somebody may have come back while others were set offline.
      if (!(await store.selectUnseen(tx, UNSEEN_SECONDS)).includes(userId)) return;
      await changeState(tx, before, { state: 'offline', reason: LOST });
    });
  }
}

/** The agent let an offer ring out, or is gone: no more work until the agent says otherwise. */
export async function setNotAnswering(tx: Tx, before: Presence): Promise<void> {
  if (before.state === 'ready') await changeState(tx, before, { state: 'busy', reason: NO_ANSWER });
}
