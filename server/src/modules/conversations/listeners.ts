import { listener } from '../../platform/events/index.ts';
import { segment } from '../../platform/text/index.ts';
import { customerMerged } from '../customers/index.ts';
import { textOf } from './domain/parts.ts';
import { conversationChanged, messagePosted, messageRetracted } from './events.ts';
import { emitChange } from './service/changes.ts';
import { findConversation, moveToCustomer, readSummaries } from './store/conversation.ts';
import { forgetMessage, indexMessages } from './store/search.ts';

/** Words of new messages go into the index a moment after they are posted, many at once. */
const indexPosted = listener(
  'conversations.index-messages',
  [messagePosted],
  async (tx, events) => {
    const entries = events.flatMap(({ payload: { message } }) => {
      const words = message.kind === 'event' ? '' : segment(textOf(message.parts));
      if (words === '') return [];
      return [
        { messageId: message.id, conversationId: message.conversationId, seq: message.seq, words },
      ];
    });
    await indexMessages(tx.db, entries);
  },
);

const indexSubjects = listener(
  'conversations.index-subjects',
  [conversationChanged],
  async (tx, events) => {
    const ids = events
      .filter(({ payload }) => payload.change === 'started' || payload.change === 'edited')
      .map(({ payload }) => payload.conversationId);
    const rows = await readSummaries(tx.db, [...new Set(ids)]);
    const entries = rows.flatMap((row) => {
      const words = segment(row.subject);
      return words === '' ? [] : [{ messageId: row.id, conversationId: row.id, seq: 0, words }];
    });
    await indexMessages(tx.db, entries);
  },
);

const forgetRetracted = listener(
  'conversations.forget-retracted',
  [messageRetracted],
  async (tx, events) => {
    for (const { payload } of events) await forgetMessage(tx.db, payload.message.id);
  },
);

/** A merged customer's conversations go on with the customer that stays. */
const followMerge = listener('conversations.follow-merge', [customerMerged], async (tx, events) => {
  for (const { payload } of events) {
    for (const id of await moveToCustomer(tx.db, { from: payload.other, to: payload.into })) {
      const row = await findConversation(tx.db, id);
      if (row) emitChange(tx, 'merged', { row, before: row });
    }
  }
});

export const listeners = [indexPosted, indexSubjects, forgetRetracted, followMerge];
