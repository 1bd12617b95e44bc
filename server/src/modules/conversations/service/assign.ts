import type { ConversationSummary } from '@yingda/contract';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { colleaguesOf } from '../../identity/index.ts';
import { assignWork, queueOf, registerWorkKind, releaseWork } from '../../routing/index.ts';
import { mayManage, requireReply } from '../policy.ts';
import {
  findConversation,
  lockConversations,
  readSummaries,
  updateConversationRow,
} from '../store/conversation.ts';
import type { ConversationRow } from '../store/conversation.ts';
import { emitChange, lockForReply, summaryOf } from './changes.ts';
import { newMessage, tellInline } from './messages.ts';
import { appendIn } from './append.ts';

/** The contact that is under way, or `conversation.already_resolved`. */
function openContactOf(row: ConversationRow): string {
  if (row.status === 'resolved') throw new Problem('conversation.already_resolved');
  return orProblem(row.contact_id, 'conversation.already_resolved');
}

async function requireColleague(tx: Tx, userId: string, teamId: string): Promise<void> {
  const colleague = (await colleaguesOf(tx, [userId])).get(userId);
  if (!colleague?.active) throw new Problem('person.not_found');
  if (!colleague.teamIds.includes(teamId)) throw new Problem('conversation.agent_not_in_team');
}

/** Who acts; null: the product itself. */
const selfIn = ({ actor }: Tx): string | null => (actor.kind === 'user' ? actor.userId : null);

/**
 * Takes a conversation, or (with `conversation.manage`) gives it to a colleague of its team or back to the queue.
 * Problems: `conversation.assigned_to_other`, `conversation.agent_not_in_team`, `conversation.already_resolved`.
 */
export async function assignConversation(
  ctx: Ctx,
  given: { id: string; assigneeId: string | null },
): Promise<ConversationSummary> {
  const { id, assigneeId } = given;
  return transact(ctx, async (tx) => {
    const row = await lockForReply(tx, id);
    const self = selfIn(tx);
    const contactId = openContactOf(row);
    if (row.assignee_id === assigneeId) return summaryOf(tx, id);
    const taken = row.assignee_id !== null && row.assignee_id !== self;
    const forOther = assigneeId !== null && assigneeId !== self;
    if (taken && !mayManage(tx.actor, row)) throw new Problem('conversation.assigned_to_other');
    if (forOther && !mayManage(tx.actor, row)) throw new Problem('auth.forbidden');
    if (assigneeId === null) {
      const queueId = orProblem(row.queue_id, 'queue.not_found');
      await releaseWork(tx, { id: contactId, to: { queueId }, reason: 'returned' });
    } else {
      if (forOther) await requireColleague(tx, assigneeId, row.team_id);
      await assignWork(tx, { id: contactId, agentId: assigneeId, force: true });
    }
    return summaryOf(tx, id);
  });
}

export type Transfer = {
  id: string;
  to: { kind: 'agent'; agentId: string } | { kind: 'queue'; queueId: string };
  note: string;
};

async function leaveNote(tx: Tx, row: ConversationRow, text: string): Promise<void> {
  const user = requireReply(tx.actor, row);
  const note = newMessage({
    conversationId: row.id,
    kind: 'note',
    authorKind: 'agent',
    authorId: user.userId,
    authorName: user.name,
    parts: [{ type: 'text', text }],
    clientKey: null,
  });
  await appendIn(tx, note);
}

/**
 * Passes a conversation on. It waits at the head of the other queue, or for that agent until there is room. Problems:
 * `conversation.transfer_to_self`, `queue.not_found`, `conversation.agent_not_in_team`.
 */
export async function transferConversation(
  ctx: Ctx,
  { id, to, note }: Transfer,
): Promise<ConversationSummary> {
  return transact(ctx, async (tx) => {
    const before = await lockForReply(tx, id);
    const contactId = openContactOf(before);
    const foreign = before.assignee_id !== null && before.assignee_id !== selfIn(tx);
    if (foreign && !mayManage(tx.actor, before))
      throw new Problem('conversation.assigned_to_other');
    if (note.trim() !== '') await leaveNote(tx, before, note);
    if (to.kind === 'agent') {
      if (to.agentId === before.assignee_id) throw new Problem('conversation.transfer_to_self');
      await requireColleague(tx, to.agentId, before.team_id);
      await releaseWork(tx, { id: contactId, to: { agentId: to.agentId }, reason: 'transferred' });
    } else {
      const queue = await queueOf(tx, to.queueId);
      await releaseWork(tx, { id: contactId, to: { queueId: queue.id }, reason: 'transferred' });
      await updateConversationRow(tx.db, id, { team_id: queue.teamId, queue_id: queue.id });
    }
    const row = await updateConversationRow(tx.db, id, { status: 'open', snoozed_until: null });
    const target: Record<string, string> =
      to.kind === 'agent' ? { agentId: to.agentId } : { queueId: to.queueId };
    await tellInline(tx, id, { event: 'transferred', data: target });
    emitChange(tx, 'transferred', { row, before });
    return summaryOf(tx, id);
  });
}

/** Routing decides who works; the conversation's assignee changes in the same transaction. */
registerWorkKind('conversation', {
  lock: (tx, subjectIds, how) => lockConversations(tx.db, subjectIds, how),
  async assigned(tx, items) {
    for (const { subjectId, agentId } of items) {
      const before = await findConversation(tx.db, subjectId, { lock: true });
      if (!before || before.assignee_id === agentId) continue;
      const row = await updateConversationRow(tx.db, subjectId, { assignee_id: agentId });
      await tellInline(tx, subjectId, { event: 'assigned', data: { agentId } });
      emitChange(tx, 'assigned', { row, before });
    }
  },
  async released(tx, items) {
    for (const { subjectId } of items) {
      const before = await findConversation(tx.db, subjectId, { lock: true });
      if (!before || before.assignee_id === null) continue;
      const row = await updateConversationRow(tx.db, subjectId, { assignee_id: null });
      emitChange(tx, 'released', { row, before });
    }
  },
  async brief(ctx, subjectIds) {
    const rows = await readSummaries(ctx.db, subjectIds);
    return new Map(
      rows.map((row) => [
        row.id,
        { customerName: row.customer_name, subject: row.subject, preview: row.preview },
      ]),
    );
  },
});
