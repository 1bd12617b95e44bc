import { countOrders } from '@yingda/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../lib/format.ts';
import { refresh, useCall } from '../../lib/query.ts';
import { useLiveEvent } from '../../lib/use-live.ts';
import { announce } from '../../ui/announce.tsx';
import { usePlaceCount } from '../../ui/place-counts.ts';
import { toast } from '../../ui/toast.tsx';

const everyMs = 60_000;

/** On every page: deadlines that come near or have passed are told, and the rail counts the orders that are late. */
export function OrderNews(): ReactNode {
  const { t } = useTranslation('orders');
  const navigate = useNavigate();
  const { data } = useCall(countOrders, undefined, { staleTime: 15_000 });
  usePlaceCount('/orders', data?.late ?? 0);
  useEffect(() => {
    const timer = setInterval(() => void refresh(countOrders), everyMs);
    return () => clearInterval(timer);
  }, []);
  useLiveEvent('order.alarm', ({ orderId, number, subject, kind, level, dueAt }) => {
    const key = kind === 'escalated' && level <= 1 ? 'late' : kind;
    const text = t(`alarm.${key}`, { number, subject, at: formatDateTime(dueAt) });
    const show = {
      label: t('create.show'),
      run: () => void navigate({ to: '/orders/$orderId', params: { orderId }, search: {} }),
    };
    toast.info(text, show);
    announce(text, kind === 'warned' ? 'polite' : 'assertive');
    void refresh(countOrders);
  });
  return null;
}
