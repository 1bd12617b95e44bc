import type { Recurrence } from '@yingda/contract';
import { setRecurrence } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useOrderAct } from '../data/orders.ts';
import { Ask } from './ask.tsx';
import type { AskedProps } from './asked.tsx';

const rhythms = ['day', 'week', 'month'] as const;
const today = (): string => new Date().toISOString().slice(0, 10);

const usual = (): Recurrence => ({ every: 'month', interval: 1, from: today(), at: '09:00' });
const isSound = ({ interval, from, at }: Recurrence): boolean =>
  interval >= 1 && interval <= 36 && from !== '' && at !== '';

/** Records an order like this one again and again. */
export function RepeatDialog({ order, onClose }: AskedProps): ReactNode {
  const { t } = useTranslation('orders');
  const known = order.recurrence;
  const [rule, setRule] = useState<Recurrence>(known ?? usual);
  const { every, interval, from, at } = rule;
  const change = (next: Partial<Recurrence>): void => setRule({ ...rule, ...next });
  const set = useOrderAct(setRecurrence);
  const send = (recurrence: Parameters<typeof set.mutate>[0]['body']['recurrence']): void =>
    set.mutate({ params: { id: order.id }, body: { recurrence } }, { onSuccess: onClose });
  return (
    <Ask
      title={t('repeat.title')}
      hint={t('repeat.hint')}
      deed={t('common:save')}
      act={set}
      orderId={order.id}
      disabled={!isSound(rule)}
      extra={
        known && (
          <span>
            <Button danger onClick={() => send(null)}>
              {t('repeat.stop')}
            </Button>
          </span>
        )
      }
      onClose={onClose}
      onSubmit={() => send({ every, interval, from, at })}
    >
      <div className="yd-asked-row">
        <label className="yd-order-field">
          <span>{t('repeat.interval')}</span>
          <input
            type="number"
            min={1}
            max={36}
            value={Number.isNaN(interval) ? '' : interval}
            onChange={(event) => change({ interval: Math.round(event.target.valueAsNumber) })}
          />
        </label>
        <label className="yd-order-field">
          <span>{t('repeat.every')}</span>
          <select
            value={every}
            onChange={(event) =>
              change({ every: rhythms.find((one) => one === event.target.value) ?? 'month' })
            }
          >
            {rhythms.map((one) => (
              <option key={one} value={one}>
                {t(`repeat.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="yd-asked-row">
        <label className="yd-order-field">
          <span>{t('repeat.from')}</span>
          <input
            type="date"
            value={from}
            onChange={(event) => change({ from: event.target.value })}
          />
        </label>
        <label className="yd-order-field">
          <span>{t('repeat.at')}</span>
          <input type="time" value={at} onChange={(event) => change({ at: event.target.value })} />
        </label>
      </div>
    </Ask>
  );
}
