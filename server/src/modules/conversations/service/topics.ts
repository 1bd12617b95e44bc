import type { Ctx } from '../../../platform/ctx.ts';
import { selectFirstTags } from '../store/conversation.ts';

/** What conversations are about, by id: their first tag. Those without a tag are absent. */
export function topicsOf(ctx: Ctx, conversationIds: string[]): Promise<Map<string, string>> {
  return selectFirstTags(ctx.db, [...new Set(conversationIds)]);
}
