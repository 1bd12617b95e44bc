import { InboxOutlined } from '@ant-design/icons';
import type { OrderSummary } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration, formatExact } from '../../../lib/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { useNow } from '../../../ui/time.tsx';
import { dueDistance } from '../model/due.ts';

type Held = Pick<OrderSummary, 'ownerId' | 'ownerName' | 'stepSince'>;

/** A person's picture, or the tray of a team's inbox. */
export function OwnerPicture({ order, px }: { order: Held; px: number }): ReactNode {
  if (order.ownerId === null) {
    return (
      <span className="yd-owner-tray" style={{ width: px, height: px }} aria-hidden>
        <InboxOutlined />
      </span>
    );
  }
  return <Avatar name={order.ownerName.split(' / ').at(-1) ?? '?'} px={px} />;
}

/** Who holds an order; an inbox says that nobody has taken it. */
export function OwnerName({ order }: { order: Held }): ReactNode {
  const { t } = useTranslation('orders');
  const { ownerId, ownerName } = order;
  if (ownerName === '') return t('owner.none');
  return ownerId === null ? t('owner.inbox', { team: ownerName }) : ownerName;
}

/** For how long it has been in these hands: `3 min`. */
export function HeldFor({ order }: { order: Held }): ReactNode {
  const { t } = useTranslation('orders');
  const now = useNow(30_000);
  const ms = now - Date.parse(order.stepSince);
  const isFresh = ms < 60_000;
  return (
    <time
      className="yd-figures"
      dateTime={order.stepSince}
      title={t('held.since', { at: formatExact(order.stepSince) })}
    >
      {isFresh
        ? t('held.now')
        : t('held.for', { span: formatDuration(dueDistance(order.stepSince, now)) })}
    </time>
  );
}
