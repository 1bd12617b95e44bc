import { useNavigate } from '@tanstack/react-router';
import type { ResponseOf } from '@yingda/contract';
import { confirmRepeat, listSimilarOrders } from '@yingda/contract';
import { Button } from 'antd';
import { useDeferredValue } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatStamp } from '../../../lib/format.ts';
import { useAct, useCall } from '../../../lib/query.ts';
import { say } from '../../../lib/wording.ts';
import { toast } from '../../../ui/toast.tsx';
import { refreshLists, rereadOrder } from '../data/orders.ts';
import './similar.css';

/** From here on it is worth asking. */
const likely = 0.5;
const shown = 3;

type Found = ResponseOf<typeof listSimilarOrders>['items'][number];

/** What is known of the new contact so far. */
export interface Matter {
  customerId: string | undefined;
  phone: string | undefined;
  categoryId: string | null;
  product: string;
  text: string;
  /** The conversation in which the customer came. */
  conversationId: string | undefined;
}

function useSimilar({ customerId, phone, categoryId, product, text }: Matter): Found[] {
  const words = useDeferredValue(text.trim().slice(0, 500));
  const { data } = useCall(
    listSimilarOrders,
    {
      query: {
        ...(customerId === undefined ? {} : { customerId }),
        ...(phone === undefined ? {} : { phone: phone.slice(0, 40) }),
        ...(categoryId === null ? {} : { categoryId }),
        ...(product.trim() === '' ? {} : { product: product.trim() }),
        ...(words === '' ? {} : { text: words }),
      },
    },
    { enabled: customerId !== undefined || phone !== undefined, staleTime: 20_000 },
  );
  return (data?.items ?? []).filter(({ likeness }) => likeness >= likely).slice(0, shown);
}

function Row({
  order,
  isBusy,
  onSame,
}: {
  order: Found;
  isBusy: boolean;
  onSame: () => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const { id, number, subject, status, stepName, createdAt, because, repeats } = order;
  return (
    <li>
      <a href={`/orders/${id}`} target="_blank" rel="noopener noreferrer">
        <span className="yd-order-number yd-figures">{number}</span>
        <span className="yd-ellipsis">{subject}</span>
      </a>
      <span className={`yd-step-mark is-${status}`}>{say(stepName)}</span>
      <Button size="small" loading={isBusy} onClick={onSame}>
        {t(status === 'open' ? 'similar.same' : 'similar.reopen')}
      </Button>
      <span className="yd-similar-why">
        {because.map((reason) => t(`similar.because.${reason}`)).join(t('comma'))}
        {' · '}
        <span className="yd-figures">{formatStamp(createdAt)}</span>
        {repeats > 0 && ` · ${t('similar.repeats', { count: repeats })}`}
      </span>
    </li>
  );
}

/** Earlier orders this may be about: better gone on with than recorded twice. */
export function Similar({ matter, onSame }: { matter: Matter; onSame: () => void }): ReactNode {
  const { t } = useTranslation('orders');
  const navigate = useNavigate();
  const found = useSimilar(matter);
  const confirm = useAct(confirmRepeat);
  if (found.length === 0) return null;
  const same = ({ id, number, status }: Found): void =>
    confirm.mutate(
      {
        params: { id },
        body: {
          conversationId: matter.conversationId ?? null,
          note: matter.text.trim().slice(0, 5000),
          reopen: status !== 'open',
        },
      },
      {
        onError: toast.problem,
        onSuccess: () => {
          void rereadOrder(id);
          void refreshLists();
          toast.success(t(status === 'open' ? 'similar.noted' : 'similar.reopened', { number }), {
            label: t('create.show'),
            run: () =>
              void navigate({ to: '/orders/$orderId', params: { orderId: id }, search: {} }),
          });
          onSame();
        },
      },
    );
  return (
    <section className="yd-similar" aria-label={t('similar.title')}>
      <p>
        <strong>{t('similar.title')}</strong> <span>{t('similar.hint')}</span>
      </p>
      <ul>
        {found.map((order) => (
          <Row
            key={order.id}
            order={order}
            isBusy={confirm.isPending && confirm.variables.params.id === order.id}
            onSame={() => same(order)}
          />
        ))}
      </ul>
    </section>
  );
}
