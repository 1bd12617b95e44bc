import { createQueue as createRoute, updateQueue as updateRoute } from '@yingda/contract';
import type { InputOf, QueueView } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { hoursOf } from '../../clocks/index.ts';
import { audit, teamOf } from '../../identity/index.ts';
import { queueChanged } from '../events.ts';
import { presentQueue } from '../present.ts';
import * as store from '../store/queues.ts';
import type { Queue } from '../store/queues.ts';
import { kick } from './kick.ts';

/** Asked before a queue is deleted; true: somebody still needs it. */
export type QueueUse = (tx: Tx, queueId: string) => Promise<boolean>;
const uses: QueueUse[] = [];

/** Lets a module above say that a queue is in use, so that deleting it is refused. Call once, when loaded. */
export function guardQueue(isInUse: QueueUse): void {
  uses.push(isInUse);
}

/** Queues with what waits in them: all, or those named. */
export async function listQueues(ctx: Ctx, ids?: string[]): Promise<QueueView[]> {
  const queues = await store.selectQueueFigures(ctx, ids);
  const hours = await hoursOf(
    ctx,
    queues.flatMap(({ hoursId }) => (hoursId ? [hoursId] : [])),
  );
  const now = new Date();
  return queues.map((queue) => presentQueue(queue, hours.get(queue.hoursId ?? ''), now));
}

async function viewOf(ctx: Ctx, id: string): Promise<QueueView> {
  const [view] = await listQueues(ctx, [id]);
  return orProblem(view, 'queue.not_found');
}

type Change = { action: string; details?: Record<string, unknown> };

async function note(tx: Tx, queue: Queue, { action, details = {} }: Change): Promise<void> {
  const { id, name, teamId } = queue;
  await audit(tx, { action, subjectKind: 'queue', subjectId: id, subjectName: name, details });
  tx.emit(queueChanged, { queueId: id, teamId });
  kick(tx);
}

async function requireHours(tx: Tx, hoursId: string | null): Promise<void> {
  if (hoursId === null) return;
  if (!(await hoursOf(tx, [hoursId])).has(hoursId)) throw new Problem('hours.not_found');
}

async function save(tx: Tx, queue: Queue): Promise<void> {
  if (await store.isNameTaken(tx, queue.name, queue.id)) throw new Problem('queue.name_taken');
  await requireHours(tx, queue.hoursId);
  await store.saveQueue(tx, queue);
}

type Creation = InputOf<typeof createRoute, 'body'>;

/** Throws `team.not_found`, `queue.name_taken`, `hours.not_found`. */
export async function createQueue(ctx: Ctx, input: Creation): Promise<QueueView> {
  requireRight(ctx.actor, 'queue.manage', input.teamId);
  const queue = { id: newId(), ...input };
  return transact(ctx, async (tx) => {
    if (!(await teamOf(tx, queue.teamId))?.active) throw new Problem('team.not_found');
    await save(tx, queue);
    await note(tx, queue, { action: 'queue.created' });
    return viewOf(tx, queue.id);
  });
}

async function lockManaged(tx: Tx, id: string): Promise<Queue> {
  const queue = orProblem(await store.selectQueueForUpdate(tx, id), 'queue.not_found');
  requireRight(tx.actor, 'queue.manage', queue.teamId);
  return queue;
}

type Update = InputOf<typeof updateRoute, 'body'> & { id: string };

/** Work that waits keeps the weight it came with. Throws `queue.not_found`, `queue.name_taken`, `hours.not_found`. */
export async function updateQueue(ctx: Ctx, { id, ...change }: Update): Promise<QueueView> {
  return transact(ctx, async (tx) => {
    const before = await lockManaged(tx, id);
    const queue = { ...before, ...change };
    await save(tx, queue);
    await note(tx, queue, { action: 'queue.changed', details: change });
    return viewOf(tx, id);
  });
}

/** Throws `queue.not_found`; `queue.in_use` while work in it is not done or another module needs it. */
export async function deleteQueue(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const queue = await lockManaged(tx, id);
    if (await isInUse(tx, id)) throw new Problem('queue.in_use');
    await store.retireQueue(tx, id);
    await note(tx, queue, { action: 'queue.deleted' });
  });
}

async function isInUse(tx: Tx, queueId: string): Promise<boolean> {
  if (await store.hasOpenWork(tx, queueId)) return true;
  for (const isNeeded of uses) if (await isNeeded(tx, queueId)) return true;
  return false;
}

/** Whether one of the team's queues is in use. */
export async function isTeamInUse(tx: Tx, teamId: string): Promise<boolean> {
  for (const { id } of await store.selectQueuesOfTeam(tx, teamId)) {
    if (await isInUse(tx, id)) return true;
  }
  return false;
}

/** A team's first queue, of the same name (with a number when that is taken); a team that has one keeps it. */
export async function createTeamQueue(tx: Tx, team: { id: string; name: string }): Promise<void> {
  if ((await store.selectQueuesOfTeam(tx, team.id)).length > 0) return;
  const id = newId();
  let name = team.name;
  for (let n = 2; await store.isNameTaken(tx, name, id); n++) name = `${team.name} ${n}`;
  const standard = { hoursId: null, offerSeconds: 20, autoAccept: false, weight: 20 };
  const queue = { id, name, teamId: team.id, ...standard };
  await store.saveQueue(tx, queue);
  await note(tx, queue, { action: 'queue.created' });
}

/** The queues of a team that is gone; it had no work. */
export async function retireTeamQueues(tx: Tx, teamId: string): Promise<void> {
  for (const queue of await store.selectQueuesOfTeam(tx, teamId)) {
    await store.retireQueue(tx, queue.id);
    await note(tx, queue, { action: 'queue.deleted' });
  }
}
