import type { OfferView, PresenceView, QueueView } from '@yingda/contract';
import type { Hours } from '../clocks/index.ts';
import { isOpen } from '../clocks/index.ts';
import type { WorkItem } from './domain/work.ts';
import type { Brief } from './service/kinds.ts';
import type { PresenceFigures } from './store/presence.ts';
import type { QueueFigures } from './store/queues.ts';

export function presentPresence(figures: PresenceFigures): PresenceView {
  return { ...figures, since: figures.since.toISOString() };
}

/** A queue without opening hours is always open. */
export function presentQueue(queue: QueueFigures, hours: Hours | undefined, now: Date): QueueView {
  return {
    ...queue,
    longestWaitSince: queue.longestWaitSince?.toISOString() ?? null,
    openNow: hours ? isOpen(hours, now) : true,
  };
}

/** An item that is offered. */
export function presentOffer(item: WorkItem, queueName: string, brief: Brief): OfferView {
  return {
    id: item.offerId ?? '',
    contactId: item.id,
    conversationId: item.subjectId,
    queueId: item.queueId,
    queueName,
    ...brief,
    offeredAt: (item.offeredAt ?? item.waitingSince).toISOString(),
    expiresAt: (item.offerExpiresAt ?? item.waitingSince).toISOString(),
    waitingSince: item.waitingSince.toISOString(),
  };
}
