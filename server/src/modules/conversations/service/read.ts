import type {
  ContactEventView,
  ConversationSummary,
  ConversationView,
  InputOf,
  MessageView,
  listConversations as listRoute,
} from '@yingda/contract';
import { requireUser } from '../../../kernel/actor.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { listContactEventsAbout } from '../../contacts/index.ts';
import { customerView } from '../../customers/index.ts';
import { readableTeams, requireSight } from '../policy.ts';
import { presentMessage, presentSummary } from '../present.ts';
import { findConversation, readSummaries, tagsInUse } from '../store/conversation.ts';
import { findDraft } from '../store/draft.ts';
import { countUnread, countUpTo, listSummaries } from '../store/list.ts';
import type { ListFilter, ListPage } from '../store/list.ts';
import { countUnseenMentions } from '../store/mention.ts';
import { listMessageRows } from '../store/message.ts';

type Query = InputOf<typeof listRoute, 'query'>;
const COUNT_CAP = 999;

/** What each view of the desk shows. */
function filterOf(view: Query['view'], userId: string, teamIds: string[] | null): ListFilter {
  switch (view) {
    case 'mine':
      return { statuses: ['open', 'waiting'], teamIds: null, assigneeId: userId };
    case 'queue':
      return { statuses: ['open', 'waiting'], teamIds, assigneeId: null };
    case 'team':
      return { statuses: ['open', 'waiting'], teamIds };
    case 'snoozed':
      return { statuses: ['snoozed'], teamIds };
    case 'resolved':
      return { statuses: ['resolved'], teamIds };
    case 'mentions':
      return { statuses: null, teamIds, mentionedUserId: userId };
    case 'all':
      return { statuses: null, teamIds };
  }
}

function cursorOf(row: ConversationSummary, order: Query['order']): string {
  const at = order === 'waiting' ? (row.waitingSince ?? row.lastMessageAt) : row.lastMessageAt;
  return Buffer.from(JSON.stringify([at, row.id])).toString('base64url');
}

function readCursor(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null;
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string];
    if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Error('cursor');
    return { at, id };
  } catch {
    throw new Problem('request.invalid', {
      faults: [{ path: 'query.cursor', kind: 'invalid_format' }],
    });
  }
}

/**
 * Only what is open or waiting for the customer can wait: asked for the longest waiting, a list of everything shows
 * these, and one of others (put aside, resolved) goes by age. So an index holds every such order.
 */
function orderOf(filter: ListFilter, order: ListPage['order']): [ListFilter, ListPage['order']] {
  if (order === 'newest') return [filter, order];
  const statuses = filter.statuses ?? ['open', 'waiting'];
  const canWait = statuses.every((status) => status === 'open' || status === 'waiting');
  return canWait ? [{ ...filter, statuses }, order] : [filter, 'newest'];
}

/** One page of conversations the person may see. */
export async function listConversations(ctx: Ctx, query: Query) {
  const { userId } = requireUser(ctx.actor);
  const readable = readableTeams(ctx.actor);
  const filter = filterOf(query.view, userId, readable === 'all' ? null : readable);
  const { teamId, assigneeId, customerId, tag, status, limit } = query;
  const narrowed: ListFilter = {
    ...filter,
    ...(status && { statuses: [status] }),
    ...(teamId && { teamId }),
    ...(assigneeId && filter.assigneeId === undefined && { assigneeId }),
    ...(customerId && { customerId }),
    ...(tag && { tag }),
  };
  const [shown, order] = orderOf(narrowed, query.order);
  // Instants have microseconds in the database and milliseconds here: rows are stored in whole milliseconds.
  const rows = await listSummaries(ctx.db, shown, {
    order,
    after: readCursor(query.cursor),
    limit: limit + 1,
  });
  const items = rows.slice(0, limit).map(presentSummary);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? cursorOf(last, order) : null };
}

export async function countConversations(ctx: Ctx) {
  const { userId } = requireUser(ctx.actor);
  const readable = readableTeams(ctx.actor);
  const teamIds = readable === 'all' ? null : readable;
  const count = (view: Query['view']) =>
    countUpTo(ctx.db, filterOf(view, userId, teamIds), COUNT_CAP);
  const [mine, queue, team, snoozed, mineUnread, mentions] = await Promise.all([
    count('mine'),
    count('queue'),
    count('team'),
    count('snoozed'),
    countUnread(ctx.db, userId, COUNT_CAP),
    countUnseenMentions(ctx.db, userId),
  ]);
  return { mine, mineUnread, queue, team, snoozed, mentions };
}

/** One conversation with its customer and the person's draft. */
export async function getConversation(ctx: Ctx, { id }: { id: string }): Promise<ConversationView> {
  const { userId } = requireUser(ctx.actor);
  const [row] = await readSummaries(ctx.db, [id]);
  requireSight(ctx.actor, row);
  const summary = presentSummary(orProblem(row, 'conversation.not_found'));
  const [customer, draft] = await Promise.all([
    customerView(ctx, summary.customer.id),
    findDraft(ctx.db, { conversationId: id, userId }),
  ]);
  const page = (row?.page ?? {}) as Partial<ConversationView['page']>;
  return {
    ...summary,
    customer,
    draft: draft
      ? {
          kind: draft.kind as 'message' | 'note',
          text: draft.text,
          updatedAt: draft.updated_at.toISOString(),
        }
      : null,
    page: { url: page.url ?? null, title: page.title ?? null, userAgent: page.userAgent ?? null },
  };
}

type Range = { id: string; before?: number; after?: number; limit: number };

export async function listMessages(
  ctx: Ctx,
  { id, ...page }: Range,
): Promise<{ items: MessageView[]; hasMore: boolean }> {
  requireSight(ctx.actor, await findConversation(ctx.db, id));
  const { rows, hasMore } = await listMessageRows(ctx.db, id, { ...page, withNotes: true });
  return { items: rows.map(presentMessage), hasMore };
}

/** For channels: messages without notes; the channel has checked whose conversation it is. */
export async function listMessagesForCustomer(
  ctx: Ctx,
  { id, ...page }: Range,
): Promise<{ items: MessageView[]; hasMore: boolean }> {
  const { rows, hasMore } = await listMessageRows(ctx.db, id, { ...page, withNotes: false });
  return { items: rows.map(presentMessage), hasMore };
}

export async function listEventsOfConversation(
  ctx: Ctx,
  { id }: { id: string },
): Promise<ContactEventView[]> {
  requireSight(ctx.actor, await findConversation(ctx.db, id));
  return listContactEventsAbout(ctx, id);
}

export async function listTags(ctx: Ctx, { q = '' }: { q?: string }) {
  const readable = readableTeams(ctx.actor);
  return tagsInUse(ctx.db, { q, teamIds: readable === 'all' ? null : readable });
}
