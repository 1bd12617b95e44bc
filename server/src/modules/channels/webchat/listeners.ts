import { listener, onPublished } from '../../../platform/events/index.ts';
import { messagePosted } from '../../conversations/index.ts';
import { customerChanged, customerMerged } from '../../customers/index.ts';
import { personChanged } from '../../identity/index.ts';
import { visitorChanged, widgetChanged } from './events.ts';
import { watchAnswers } from './service/away.ts';
import { cacheOf } from './service/known.ts';
import { moveVisitors } from './store/visitors.ts';

const watch = listener('webchat.watch-answers', [messagePosted], (tx, events) =>
  watchAnswers(
    tx,
    events.map(({ payload }) => payload),
  ),
);

const followMerge = listener('webchat.follow-merge', [customerMerged], async (tx, events) => {
  for (const { payload } of events) {
    const moved = await moveVisitors(tx.db, { from: payload.other, to: payload.into });
    for (const visitorId of moved) tx.emit(visitorChanged, { visitorId });
  }
});

export const listeners = [watch, followMerge];

/** What this process remembers is forgotten when it changes anywhere. */
export const hooks = [
  onPublished([widgetChanged], ({ services }) => cacheOf(services).widgets.clear()),
  onPublished([visitorChanged], ({ services }, events) => {
    for (const { payload } of events) cacheOf(services).visitors.forget(payload.visitorId);
  }),
  onPublished([customerChanged], ({ services }, events) => {
    const changed = new Set(events.map(({ payload }) => payload.customerId));
    cacheOf(services).visitors.forgetWhere(
      (visitor) => visitor?.customerId != null && changed.has(visitor.customerId),
    );
  }),
  onPublished([personChanged], ({ services }) => cacheOf(services).names.clear()),
];
