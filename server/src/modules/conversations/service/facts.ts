import type { ConversationSummary } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import { presentSummary } from '../present.ts';
import { readSummaries } from '../store/conversation.ts';
import {
  selectIdByNumber,
  selectIds,
  selectPastAnchors,
  selectPastMessages,
  selectSpoken,
} from '../store/past.ts';
import type { PastRow } from '../store/past.ts';

/** A conversation as automations and other programs know it. */
export type ConversationFacts = {
  conversation: ConversationSummary;
  /** When the customer or an agent last wrote. */
  spokenAt: string;
};
export type PastConversation = PastRow;

/** What is known of conversations, by id; whoever asks has checked who may know it. */
export async function conversationFacts(
  ctx: Ctx,
  conversationIds: Iterable<string>,
): Promise<Map<string, ConversationFacts>> {
  const ids = [...new Set(conversationIds)];
  if (ids.length === 0) return new Map();
  const rows = await readSummaries(ctx.db, ids);
  const spoken = await selectSpoken(ctx.db, ids);
  return new Map(
    rows.map((row) => {
      const spokenAt = (spoken.get(row.id) ?? row.created_at).toISOString();
      return [row.id, { conversation: presentSummary(row), spokenAt }];
    }),
  );
}

/** The conversation with this number; undefined when there is none. */
export const conversationIdOf = (ctx: Ctx, number: number): Promise<string | undefined> =>
  selectIdByNumber(ctx.db, number);

/** Ids of conversations under way, or of those resolved since an instant, page by page in the order of their ids. */
export const conversationIds = (
  ctx: Ctx,
  page: { after: string | null; endedSince: Date | null; limit: number },
): Promise<string[]> => selectIds(ctx.db, page);

type Asked = { from: Date; limit: number };

/** Messages by customers and agents, and inline events of these names, newest first. */
export const pastConversationEvents = (
  ctx: Ctx,
  asked: Asked & { authors: string[]; events: string[] },
): Promise<PastConversation[]> => selectPastMessages(ctx.db, asked);

/** From when a clock (as `conversation.silent`) counted, newest first. */
export const pastConversationAnchors = (
  ctx: Ctx,
  asked: Asked & { clock: string },
): Promise<PastConversation[]> => selectPastAnchors(ctx.db, asked);
