import * as contract from '@yingda/contract';
import type { Http } from '../../../platform/http/handle.ts';
import { assignConversation, transferConversation } from '../service/assign.ts';
import {
  bulkUpdateConversations,
  markRead,
  saveDraft,
  updateConversation,
} from '../service/edit.ts';
import {
  reopenConversation,
  resolveConversation,
  snoozeConversation,
  waitForCustomer,
} from '../service/lifecycle.ts';
import { postMessage, retractMessage } from '../service/post.ts';
import {
  countConversations,
  getConversation,
  listConversations,
  listEventsOfConversation,
  listMessages,
  listTags,
} from '../service/read.ts';
import { search } from '../service/search.ts';

/** Lists, one conversation, its messages. */
export function mountReading({ handle }: Http): void {
  handle(contract.listConversations, (ctx, { query }) => listConversations(ctx, query));
  handle(contract.countConversations, (ctx) => countConversations(ctx));
  handle(contract.getConversation, (ctx, { params }) => getConversation(ctx, params));
  handle(contract.listMessages, (ctx, { params, query }) =>
    listMessages(ctx, { ...params, ...query }),
  );
  handle(contract.listContactEvents, async (ctx, { params }) => ({
    items: await listEventsOfConversation(ctx, params),
  }));
  handle(contract.listTags, async (ctx, { query }) => ({ items: await listTags(ctx, query) }));
  handle(contract.search, (ctx, { query }) => search(ctx, query));
}

/** Everything that changes a conversation. */
export function mountWriting({ handle }: Http): void {
  handle(contract.postMessage, (ctx, { params, body }) =>
    postMessage(ctx, { conversationId: params.id, ...body }),
  );
  handle(contract.retractMessage, (ctx, { params }) =>
    retractMessage(ctx, { conversationId: params.id, messageId: params.messageId }),
  );
  handle(contract.markRead, (ctx, { params, body }) => markRead(ctx, { ...params, ...body }));
  handle(contract.saveDraft, (ctx, { params, body }) => saveDraft(ctx, { ...params, ...body }));
  handle(contract.assignConversation, (ctx, { params, body }) =>
    assignConversation(ctx, { ...params, ...body }),
  );
  handle(contract.transferConversation, (ctx, { params, body }) =>
    transferConversation(ctx, { ...params, ...body }),
  );
  handle(contract.snoozeConversation, (ctx, { params, body }) =>
    snoozeConversation(ctx, {
      id: params.id,
      until: body.until === null ? null : new Date(body.until),
    }),
  );
  handle(contract.resolveConversation, (ctx, { params }) => resolveConversation(ctx, params));
  handle(contract.reopenConversation, (ctx, { params }) => reopenConversation(ctx, params));
  handle(contract.waitForCustomer, (ctx, { params }) => waitForCustomer(ctx, params));
  handle(contract.updateConversation, (ctx, { params, body }) =>
    updateConversation(ctx, { id: params.id, changes: body }),
  );
  handle(contract.bulkUpdate, (ctx, { body }) => bulkUpdateConversations(ctx, body));
}
