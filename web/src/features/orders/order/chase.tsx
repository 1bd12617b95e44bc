import { Link } from '@tanstack/react-router';
import type { OrderView } from '@yingda/contract';
import { listCallbacks } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { useCall } from '../../../lib/query.ts';
import { CopyButton } from '../../../ui/copy.tsx';

/** What is to be done about a late order: answer it, or tell the customer with the words that are ready for it. */
export function Chase({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const me = useMe();
  const isMine =
    order.ownerId === null
      ? me.teams.some(({ id }) => id === order.ownerTeamId)
      : order.ownerId === me.id;
  const query = useCall(
    listCallbacks,
    { query: { orderId: order.id, reason: 'chase', scope: 'team', limit: 1 } },
    { staleTime: 15_000, enabled: !isMine },
  );
  if (isMine) return <p>{t('late.answer')}</p>;
  const call = query.data?.items[0];
  // Only those who recorded it have the call among theirs.
  if (!call) return query.isPending ? null : <p>{t('late.chase')}</p>;
  return (
    <div className="yd-standing-chase">
      <h3>{t('late.tell', { name: order.customerName || '—' })}</h3>
      <p className="yd-standing-words">{call.script}</p>
      <p className="yd-standing-deeds">
        <Link to="/callbacks/$callbackId" params={{ callbackId: call.id }} search={{}}>
          {t('late.call')}
        </Link>
        <CopyButton text={call.script} label={t('late.copy')} size="small" />
      </p>
    </div>
  );
}
