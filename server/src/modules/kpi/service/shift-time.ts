import type { Tx } from '../../../platform/ctx.ts';
import { lockBatch } from '../store/batches.ts';
import { selectTimedAgents } from '../store/shift-agents.ts';
import type { ShiftRow } from '../store/shifts.ts';
import { countSpans } from './agent-time.ts';
import { countingOf } from './zone.ts';

/** Counts the agents' time anew where their shifts are others. Shifts to come are counted as they pass. */
export async function recountShifts(tx: Tx, shifts: ShiftRow[]): Promise<void> {
  const spans = shifts.map(({ agentId, startsAt, endsAt }) => ({
    agent: agentId,
    fromMs: startsAt.getTime(),
    untilMs: endsAt.getTime(),
  }));
  const agents = [...new Set(spans.map(({ agent }) => agent))];
  for (const timed of await selectTimedAgents(tx, agents)) {
    const batch = await lockBatch(tx.db, timed.batch);
    if (!batch) continue;
    await countSpans(tx, await countingOf(tx, batch), {
      spans: spans.filter(({ agent }) => timed.agents.includes(agent)),
      nowMs: Date.now(),
    });
  }
}
