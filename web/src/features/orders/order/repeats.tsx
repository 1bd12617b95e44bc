import type { OrderView, ResponseOf } from '@yingda/contract';
import { confirmRepeat, denyRepeat, listRepeats, listSimilarOrders } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatStamp } from '../../../lib/format.ts';
import { useRights } from '../../../lib/me.ts';
import { useAct, useCall } from '../../../lib/query.ts';
import { toast } from '../../../ui/toast.tsx';
import { rereadOrder, say } from '../data/orders.ts';
import { Part } from './part.tsx';
import './repeats.css';

type Found = ResponseOf<typeof listSimilarOrders>['items'][number];

/** From here on it is worth asking. */
const likely = 0.5;
/** The text of this order is known whole: the same person and category alone say nothing of the matter. */
const telling = (because: Found['because']): boolean =>
  because.includes('words') || because.includes('product');
const shown = 3;

/** Orders that may be about the same matter and of which nobody has said yet whether they are. */
function useAsked(order: OrderView): Found[] {
  const { id, customerId, categoryId, form } = order;
  const phone = form.phones[0];
  const mayWrite = useRights().may('order.write');
  const { data } = useCall(
    listSimilarOrders,
    {
      query: {
        exceptId: id,
        categoryId,
        ...(customerId === null ? {} : { customerId }),
        ...(phone === undefined ? {} : { phone }),
        ...(form.product === '' ? {} : { product: form.product }),
        text: `${form.subject} ${form.description}`.slice(0, 500),
      },
    },
    { enabled: mayWrite && (customerId !== null || phone !== undefined), staleTime: 60_000 },
  );
  const tied = new Set(order.links.map((link) => link.order.id));
  return (data?.items ?? [])
    .filter((one) => one.likeness >= likely && telling(one.because) && !tied.has(one.id))
    .slice(0, shown);
}

/** Asks whether another order is about the same matter. */
function Asked({ order, other }: { order: OrderView; other: Found }): ReactNode {
  const { t } = useTranslation('orders');
  const onDone = (): void => {
    void rereadOrder(order.id);
    void rereadOrder(other.id);
  };
  const refreshes = [listSimilarOrders, listRepeats];
  const confirm = useAct(confirmRepeat, { refreshes, onDone });
  const deny = useAct(denyRepeat, {
    refreshes,
    onDone: () => {
      onDone();
      toast.success(t('repeats.denied'));
    },
  });
  // The later one is the repetition of the earlier one.
  const [first, again] =
    other.createdAt <= order.createdAt ? [other.id, order.id] : [order.id, other.id];
  return (
    <li className="yd-repeat-asked">
      <Link to="/orders/$orderId" params={{ orderId: other.id }} search={{}}>
        <span className="yd-figures">{other.number}</span> {other.subject}
      </Link>
      <span className="yd-side-hint">
        {[
          say(other.stepName),
          ...other.because.map((reason) => t(`similar.because.${reason}`)),
        ].join(' · ')}
      </span>
      <span className="yd-repeat-deeds">
        <Button
          size="small"
          loading={confirm.isPending}
          onClick={() =>
            confirm.mutate(
              { params: { id: first }, body: { otherOrderId: again } },
              { onError: toast.problem },
            )
          }
        >
          {t('repeats.yes')}
        </Button>
        <Button
          size="small"
          type="text"
          loading={deny.isPending}
          onClick={() =>
            deny.mutate(
              { params: { id: order.id }, body: { otherOrderId: other.id } },
              { onError: toast.problem },
            )
          }
        >
          {t('repeats.no')}
        </Button>
      </span>
    </li>
  );
}

/** How often the customer came again about this order, and orders that may be about the same matter. */
export function Repeats({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const { data } = useCall(listRepeats, { params: { id: order.id } }, { staleTime: 60_000 });
  const repeats = data?.items ?? [];
  const asked = useAsked(order);
  if (repeats.length === 0 && asked.length === 0) return null;
  return (
    <Part title={t('repeats.title')}>
      {repeats.length > 0 && <p>{t('repeats.count', { count: repeats.length })}</p>}
      <ul className="yd-side-list">
        {repeats.map(({ id, at, byName, conversationId, otherOrderId, otherOrderNumber, note }) => (
          <li key={id} className="yd-repeat">
            <span className="yd-figures">{formatStamp(at)}</span>
            {otherOrderId !== null && (
              <Link to="/orders/$orderId" params={{ orderId: otherOrderId }} search={{}}>
                {otherOrderNumber}
              </Link>
            )}
            {conversationId !== null && (
              <Link to="/desk/$conversationId" params={{ conversationId }} search={{}}>
                {t('repeats.conversation')}
              </Link>
            )}
            {byName !== null && (
              <span className="yd-side-hint">{t('repeats.from', { name: byName })}</span>
            )}
            {note !== '' && <span className="yd-repeat-note">{note}</span>}
          </li>
        ))}
      </ul>
      {asked.length > 0 && (
        <>
          <p className="yd-repeat-question">{t('repeats.asked')}</p>
          <ul className="yd-side-list">
            {asked.map((other) => (
              <Asked key={other.id} order={order} other={other} />
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}
