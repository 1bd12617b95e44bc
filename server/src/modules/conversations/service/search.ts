import type { CustomerBrief, MessagePart, SearchHit } from '@yingda/contract';
import { requireUser } from '../../../kernel/actor.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { queryTokens, tsqueryOf } from '../../../platform/text/index.ts';
import { searchCustomers } from '../../customers/index.ts';
import { excerptOf } from '../domain/excerpt.ts';
import { textOf } from '../domain/parts.ts';
import { maySee, readableTeams } from '../policy.ts';
import { presentSummary } from '../present.ts';
import { readSummaries } from '../store/conversation.ts';
import {
  findByNumber,
  newestOfCustomers,
  readForExcerpts,
  searchMessages,
} from '../store/search.ts';
import type { Found } from '../store/search.ts';

async function present(ctx: Ctx, found: Found[], words: string[]): Promise<SearchHit[]> {
  const summaries = await readSummaries(ctx.db, [
    ...new Set(found.map((hit) => hit.conversation_id)),
  ]);
  const byId = new Map(
    summaries.filter((row) => maySee(ctx.actor, row)).map((row) => [row.id, row]),
  );
  const texts = await readForExcerpts(
    ctx.db,
    found.filter(({ seq }) => seq > 0).map((hit) => hit.message_id),
  );
  const textById = new Map(texts.map((row) => [row.id, row]));
  return found.flatMap((hit) => {
    const row = byId.get(hit.conversation_id);
    if (!row) return [];
    const message = textById.get(hit.message_id);
    return [
      {
        conversation: presentSummary(row),
        messageId: message ? message.id : null,
        seq: message ? hit.seq : null,
        excerpt: message ? excerptOf(textOf(message.parts as MessagePart[]), words) : row.subject,
        at: (message?.created_at ?? row.last_message_at).toISOString(),
      },
    ];
  });
}

/** Conversations named directly: by number, or by their customer. */
async function named(
  ctx: Ctx,
  { q, customers, limit }: { q: string; customers: CustomerBrief[]; limit: number },
): Promise<SearchHit[]> {
  const number = /^#?(\d{1,12})$/.exec(q)?.[1];
  const byNumber = number ? await findByNumber(ctx.db, Number(number)) : undefined;
  const ofCustomers = await newestOfCustomers(
    ctx.db,
    customers.map(({ id }) => id),
    limit,
  );
  const ids = [...new Set([...(byNumber ? [byNumber] : []), ...ofCustomers])];
  const rows = await readSummaries(ctx.db, ids);
  return rows
    .filter((row) => maySee(ctx.actor, row))
    .map((row) => ({
      conversation: presentSummary(row),
      messageId: null,
      seq: null,
      excerpt: row.preview,
      at: row.last_message_at.toISOString(),
    }));
}

/** Finds conversations by words in messages and subjects, by number and by customer, newest first, one hit each. */
export async function search(
  ctx: Ctx,
  { q, limit }: { q: string; limit: number },
): Promise<{ hits: SearchHit[]; customers: CustomerBrief[] }> {
  const { userId } = requireUser(ctx.actor);
  const readable = readableTeams(ctx.actor);
  const words = queryTokens(q);
  const tsquery = tsqueryOf(words);
  const teamIds = readable === 'all' ? null : readable;
  const [customers, found] = await Promise.all([
    searchCustomers(ctx, q, 5),
    tsquery ? searchMessages(ctx.db, { tsquery, teamIds, userId, limit: limit * 2 }) : [],
  ]);
  const all = [
    ...(await named(ctx, { q, customers, limit: 5 })),
    ...(await present(ctx, found, words)),
  ];
  const seen = new Set<string>();
  const hits = all.filter(
    ({ conversation }) => !seen.has(conversation.id) && seen.add(conversation.id),
  );
  return { hits: hits.slice(0, limit), customers };
}
