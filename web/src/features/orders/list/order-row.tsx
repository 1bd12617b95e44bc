import type { OrderSummary } from '@yingda/contract';
import type { ReactNode } from 'react';
import { formatDayTime, formatExact } from '../../../lib/format.ts';
import { PriorityMark, TierBadge } from '../../../ui/marks.tsx';
import { say } from '../data/orders.ts';
import { Due } from '../parts/due.tsx';
import { HeldFor, OwnerName, OwnerPicture } from '../parts/owner.tsx';
import { ComplaintMark, ReopenedMark } from '../parts/marks.tsx';

function Time({ order }: { order: OrderSummary }): ReactNode {
  const { closedAt, dueAt } = order;
  if (closedAt !== null) {
    return (
      <time className="yd-soft yd-figures" dateTime={closedAt} title={formatExact(closedAt)}>
        {formatDayTime(closedAt)}
      </time>
    );
  }
  return (
    <>
      <Due order={order} />
      {dueAt !== null && (
        <time className="yd-order-at yd-figures" dateTime={dueAt}>
          {formatDayTime(dueAt)}
        </time>
      )}
    </>
  );
}

/** One order in a list: what, for whom, where it stands, who holds it since when, and how much time is left. */
export function OrderRow({
  order,
  isAt,
  onOpen,
}: {
  order: OrderSummary;
  isAt: boolean;
  onOpen: (id: string) => void;
}): ReactNode {
  return (
    <button
      type="button"
      className="yd-order-row"
      aria-current={isAt ? 'true' : undefined}
      onClick={() => onOpen(order.id)}
    >
      <span className="yd-order-what">
        <span className="yd-order-subject yd-ellipsis">{order.subject}</span>
        <span className="yd-order-meta">
          <span className="yd-figures yd-order-number">{order.number}</span>
          {order.isComplaint && <ComplaintMark />}
          <PriorityMark priority={order.priority} />
          <ReopenedMark times={order.reopened} />
        </span>
      </span>
      <span className="yd-order-customer">
        <span className="yd-ellipsis">{order.customerName || '—'}</span>
        {order.tier && <TierBadge tier={order.tier} />}
      </span>
      <span className="yd-order-step">
        <span className={`yd-step-mark is-${order.status}`}>{say(order.stepName)}</span>
      </span>
      <span className="yd-order-owner">
        {order.status === 'open' && (
          <>
            <OwnerPicture order={order} px={22} />
            <span className="yd-order-owner-text">
              <span className="yd-ellipsis">
                <OwnerName order={order} />
              </span>
              <span className="yd-order-since yd-ellipsis">
                <HeldFor order={order} />
              </span>
            </span>
          </>
        )}
      </span>
      <span className="yd-order-due">
        <Time order={order} />
      </span>
    </button>
  );
}
