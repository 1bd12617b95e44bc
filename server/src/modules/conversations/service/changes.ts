import type { ConversationSummary } from '@yingda/contract';
import { orProblem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { conversationChanged } from '../events.ts';
import type { ConversationChanged } from '../events.ts';
import { requireReply, requireSight } from '../policy.ts';
import { presentSummary } from '../present.ts';
import { findConversation, readSummaries } from '../store/conversation.ts';
import type { ConversationRow } from '../store/conversation.ts';

/** Where a conversation is, as its events say it. */
export function whereOf(row: ConversationRow) {
  return {
    conversationId: row.id,
    teamId: row.team_id,
    assigneeId: row.assignee_id,
    customerId: row.customer_id,
    sourceId: row.source_id,
  };
}

/** Says that a conversation changed; `before` tells who must see it leave. */
export function emitChange(
  tx: Tx,
  change: ConversationChanged['change'],
  { row, before }: { row: ConversationRow; before: ConversationRow },
): void {
  tx.emit(conversationChanged, {
    ...whereOf(row),
    change,
    previousAssigneeId: before.assignee_id === row.assignee_id ? null : before.assignee_id,
    previousTeamId: before.team_id === row.team_id ? null : before.team_id,
  });
}

/** The conversation, locked until the transaction ends, if the actor may answer in it. */
export async function lockForReply(tx: Tx, id: string): Promise<ConversationRow> {
  const row = requireSight(tx.actor, await findConversation(tx.db, id, { lock: true }));
  // The product's own work was decided elsewhere.
  if (tx.actor.kind !== 'system') requireReply(tx.actor, row);
  return row;
}

export async function summaryOf(ctx: Ctx, id: string): Promise<ConversationSummary> {
  const [row] = await readSummaries(ctx.db, [id]);
  return presentSummary(orProblem(row, 'conversation.not_found'));
}
