import type { Ctx } from '../../platform/ctx.ts';
import { defineModule } from '../../platform/module.ts';
import { jobs } from './jobs.ts';
import { listeners } from './listeners.ts';
import { maySee } from './policy.ts';
import { projections } from './realtime.ts';
import { mountReading, mountWriting } from './routes/conversations.ts';
import { mountExtras } from './routes/extras.ts';
import { findConversation, selectSight } from './store/conversation.ts';
import { followViewers, leave, type, view } from './service/viewers.ts';

export {
  conversationChanged,
  conversationRead,
  messagePosted,
  messageRetracted,
} from './events.ts';
export type { ConversationChanged, MessagePosted } from './events.ts';
export { fileViews as ownFiles, filesById, storeUpload } from './service/files.ts';
export { partsFrom as checkParts } from './service/messages.ts';
export { createCanned } from './service/canned.ts';
export { assignConversation, transferConversation } from './service/assign.ts';
export {
  conversationFacts,
  conversationIdOf,
  conversationIds,
  pastConversationAnchors,
  pastConversationEvents,
} from './service/facts.ts';
export type { ConversationFacts, PastConversation } from './service/facts.ts';
export { endByCustomer, resolveConversation, snoozeConversation } from './service/lifecycle.ts';
export { postMessage } from './service/post.ts';
export { markCustomerRead, updateConversation } from './service/edit.ts';
export { conversationOfSource, sourceForReply } from './service/source.ts';
export type { SourceConversation } from './service/source.ts';
export { listMessagesForCustomer } from './service/read.ts';
export { requireVisible as requireVisibleConversation, writeIn } from './service/write.ts';
export { topicsOf } from './service/topics.ts';
export { postCustomerMessage } from './service/start.ts';
export type { CustomerMessage, CustomerMessageResult } from './service/start.ts';

/** Of these conversations those that the actor may open. */
export async function visibleAmong(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  const rows = await selectSight(ctx.db, ids);
  return new Set(rows.filter((row) => maySee(ctx.actor, row)).map(({ id }) => id));
}

export const conversationsModule = defineModule({
  name: 'conversations',
  routes(http) {
    mountReading(http);
    mountWriting(http);
    mountExtras(http);
  },
  listeners,
  projections,
  jobs,
  rooms: {
    async conversation(ctx, id) {
      const row = await findConversation(ctx.db, id);
      return row !== undefined && maySee(ctx.actor, row);
    },
    team: (ctx, id) => maySee(ctx.actor, { team_id: id, assignee_id: null }),
  },
  frames: {
    viewing: (ctx, frame, connection) => view(ctx, connection, frame.conversationId),
    typing(ctx, { conversationId, on }, connection) {
      if (conversationId) type(ctx, connection, { conversationId, on });
    },
  },
  sockets: { closed: leave },
  async start(services) {
    const stop = followViewers(services);
    return async () => stop();
  },
});
