import { sql } from 'kysely';
import type { ContactEventView } from '@yingda/contract';
import { newId } from '../../kernel/ids.ts';
import { transact } from '../../platform/ctx.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { listContactEvents, openContact } from '../contacts/index.ts';
import { createTeam } from '../identity/index.ts';
import { registerWorkKind } from './service/kinds.ts';
import { createQueue } from './service/queues.ts';
import { enqueueWork } from './service/work.ts';
import type { NewWork } from './service/work.ts';
import { selectWork } from './store/work.ts';

type Settings = { offerSeconds?: number; autoAccept?: boolean; weight?: number };

/** A team with a queue of its own beside the standard one. */
export async function newQueue(
  ctx: Ctx,
  settings: Settings = {},
): Promise<{ teamId: string; queueId: string; name: string }> {
  const name = `Team ${newId().slice(-12)}`;
  const team = await createTeam(ctx, { name });
  const { offerSeconds = 600, autoAccept = false, weight = 20 } = settings;
  const queue = await createQueue(ctx, {
    name: `Queue of ${name}`,
    teamId: team.id,
    hoursId: null,
    offerSeconds,
    autoAccept,
    weight,
  });
  return { teamId: team.id, queueId: queue.id, name };
}

/** What the owner of the work was told, and what makes it fail. */
export type TestKind = {
  assigned: { subjectId: string; agentId: string }[];
  released: { subjectId: string; agentId: string | null }[];
  failing: Set<string>;
};

/** A kind of work whose subjects are mere ids. */
const testKind = 'test' as 'conversation';
export const told: TestKind = { assigned: [], released: [], failing: new Set() };

registerWorkKind(testKind, {
  async assigned(_tx, items) {
    for (const { subjectId, agentId } of items) {
      if (told.failing.has(subjectId)) throw new Error('the subject is broken');
      told.assigned.push({ subjectId, agentId });
    }
  },
  async released(_tx, items) {
    for (const { subjectId, agentId } of items) told.released.push({ subjectId, agentId });
  },
  async brief(_ctx, subjectIds) {
    return new Map(
      subjectIds.map((id) => [id, { customerName: '王小明', subject: id, preview: '在吗' }]),
    );
  },
});

/** A contact arrives and waits; gives its id. */
export function arrive(ctx: Ctx, queueId: string, more: Partial<NewWork> = {}): Promise<string> {
  return transact(ctx, async (tx) => {
    const subjectId = more.subjectId ?? newId();
    const id = await openContact(tx, { channel: 'webchat', subjectId, queueId });
    const work = { id, kind: testKind, subjectId, queueId, priority: 0, ...more };
    await enqueueWork(tx, { channel: 'webchat', ...work });
    return id;
  });
}

/** The item as it is stored. */
export function workOf(ctx: Ctx, id: string): ReturnType<typeof selectWork> {
  return selectWork(ctx, id);
}

/** What the contact log says of a contact, oldest first. */
export function logOf(ctx: Ctx, id: string): Promise<ContactEventView[]> {
  return listContactEvents(ctx, [id]);
}

/** Lets an offer ring out now. */
export async function ringOut(ctx: Ctx, offerId: string): Promise<void> {
  await sql`
    update timer set due_at = clock_timestamp(), run_at = clock_timestamp()
    where kind = 'routing.offer' and key = ${offerId}
  `.execute(ctx.db);
}

/** Moves the last sign of life of an agent into the past. */
export async function lastSeen(ctx: Ctx, userId: string, secondsAgo: number): Promise<void> {
  await sql`
    with seen as (
      update agent_seen set seen_at = clock_timestamp() - ${secondsAgo}::int * interval '1 second'
      where user_id = ${userId}
    )
    update agent_presence set since = clock_timestamp() - ${secondsAgo}::int * interval '1 second'
    where user_id = ${userId}
  `.execute(ctx.db);
}

/** Every line of an agent's log of states, oldest first. */
export async function statesOf(
  ctx: Ctx,
  userId: string,
): Promise<{ previous: string; state: string; reason: string | null; by: string | null }[]> {
  const { rows } = await sql<{
    previous: string;
    state: string;
    reason: string | null;
    by: string | null;
  }>`
    select previous_state as previous, state, reason, changed_by as by from agent_presence_log
    where user_id = ${userId} order by at
  `.execute(ctx.db);
  return rows;
}
