import type { Tx } from '../../../platform/ctx.ts';
import { presenceChanges } from '../../routing/index.ts';
import type { PresenceChange } from '../../routing/index.ts';
import { putPresence, selectLastPresence } from '../store/agent-time.ts';
import type { PresenceRow } from '../store/agent-time.ts';
import type { Span } from './agent-time.ts';
import { agentMembers } from './members.ts';
import type { Counting } from './zone.ts';

const AT_ONCE = 5_000;

/** Lines of one person as states with an end; being offline is none. */
function statesOf(lines: PresenceChange[], agent: number): PresenceRow[] {
  return lines.flatMap(({ at, state, reason }, index) => {
    const until = lines[index + 1]?.at.getTime() ?? null;
    const fromMs = at.getTime();
    if (state === 'offline') return [];
    return [{ agent, fromMs, untilMs: until, state, reason }];
  });
}

/** From when on the states are others than those noted, of which `known` is the last. */
function changedFrom(states: PresenceRow[], known: PresenceRow | undefined): number | undefined {
  const [first, second] = states;
  if (!known || first?.fromMs !== known.fromMs) return first?.fromMs;
  if (first.state !== known.state) return first.fromMs;
  return known.untilMs === null ? (first.untilMs ?? undefined) : second?.fromMs;
}

/** One person's states from the last one noted on; gives from when on they are others. */
async function followOne(
  tx: Tx,
  { batchId }: Counting,
  { userId, agent, known }: { userId: string; agent: number; known: PresenceRow | undefined },
): Promise<number | undefined> {
  let changed: number | undefined;
  let from = new Date(known?.fromMs ?? 0);
  for (;;) {
    const lines = await presenceChanges(tx, { userIds: [userId], from, limit: AT_ONCE });
    const states = statesOf(lines, agent);
    await putPresence(tx.db, batchId, states);
    changed ??= changedFrom(states, known);
    const end = lines.at(-1)?.at;
    if (lines.length < AT_ONCE || !end || end.getTime() === from.getTime()) return changed;
    from = end;
  }
}

/**
 * Takes over from routing's log what states people were in, from the last one noted on; gives the stretches that are
 * counted otherwise now.
 */
export async function followPresence(
  tx: Tx,
  counting: Counting,
  userIds: string[],
): Promise<Span[]> {
  const agents = await agentMembers(tx, userIds);
  const last = await selectLastPresence(tx.db, counting.batchId, [...agents.values()]);
  const spans: Span[] = [];
  for (const [userId, agent] of agents) {
    const fromMs = await followOne(tx, counting, { userId, agent, known: last.get(agent) });
    if (fromMs !== undefined) spans.push({ agent, fromMs, untilMs: Infinity });
  }
  return spans;
}
