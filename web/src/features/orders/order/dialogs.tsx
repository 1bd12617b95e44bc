import { pauseOrder, reopenOrder, spendTime, splitOrder } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendKey } from '../../../lib/send-key.ts';
import { toast } from '../../../ui/toast.tsx';
import { say, useCategories, useOrderAct } from '../data/orders.ts';
import { Ask, Note } from './ask.tsx';
import type { AskedProps } from './asked.tsx';

const reasons = ['customer', 'third_party'] as const;

/** The clock stands still while somebody else is waited for. */
export function PauseDialog({ order, onClose }: AskedProps): ReactNode {
  const { t } = useTranslation('orders');
  const [reason, setReason] = useState<(typeof reasons)[number]>('customer');
  const [note, setNote] = useState('');
  const pause = useOrderAct(pauseOrder);
  return (
    <Ask
      title={t('pause.title')}
      hint={t('pause.hint')}
      deed={t('pause.deed')}
      act={pause}
      orderId={order.id}
      onClose={onClose}
      onSubmit={() =>
        pause.mutate(
          { params: { id: order.id }, body: { version: order.version, reason, note: note.trim() } },
          { onSuccess: onClose },
        )
      }
    >
      <fieldset className="yd-asked-choice">
        <legend className="yd-hidden">{t('pause.reason')}</legend>
        {reasons.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="reason"
              checked={one === reason}
              onChange={() => setReason(one)}
            />
            {t(`pauseReason.${one}`)}
          </label>
        ))}
      </fieldset>
      <Note label={t('note.label')} value={note} max={2000} onChange={setNote} />
    </Ask>
  );
}

const quick = [5, 15, 30, 60, 120];

/** Notes time that was spent. */
export function TimeDialog({ order, onClose }: AskedProps): ReactNode {
  const { t } = useTranslation('orders');
  const [minutes, setMinutes] = useState(15);
  const [note, setNote] = useState('');
  const spend = useOrderAct(spendTime);
  return (
    <Ask
      title={t('time.title')}
      deed={t('time.deed')}
      act={spend}
      orderId={order.id}
      disabled={!(minutes >= 1 && minutes <= 6000)}
      onClose={onClose}
      onSubmit={() =>
        spend.mutate(
          { params: { id: order.id }, body: { minutes, note: note.trim() } },
          { onSuccess: onClose },
        )
      }
    >
      <div className="yd-order-field">
        <span>{t('time.minutes')}</span>
        <div className="yd-asked-quick">
          <input
            type="number"
            min={1}
            max={6000}
            aria-label={t('time.minutes')}
            value={Number.isNaN(minutes) ? '' : minutes}
            onChange={(event) => setMinutes(Math.round(event.target.valueAsNumber))}
          />
          {quick.map((one) => (
            <Button
              key={one}
              size="small"
              type={one === minutes ? 'primary' : 'default'}
              onClick={() => setMinutes(one)}
            >
              {one}
            </Button>
          ))}
        </div>
      </div>
      <Note label={t('note.label')} value={note} max={500} onChange={setNote} />
    </Ask>
  );
}

/** Makes part of the matter an order of its own. */
export function SplitDialog({ order, onClose }: AskedProps): ReactNode {
  const { t } = useTranslation('orders');
  const categories = useCategories().filter(({ retired }) => !retired);
  const [subject, setSubject] = useState('');
  const [description, setDescription] = useState('');
  const [categoryId, setCategory] = useState(order.categoryId);
  const split = useOrderAct(splitOrder);
  const key = useSendKey();
  const isReady = subject.trim() !== '';
  return (
    <Ask
      title={t('split.title')}
      hint={t('split.hint', { number: order.number })}
      deed={t('split.deed')}
      act={split}
      orderId={order.id}
      disabled={!isReady}
      onClose={onClose}
      onSubmit={() => {
        if (!isReady) return;
        const body = { subject: subject.trim(), description: description.trim(), categoryId };
        split.mutate(
          { params: { id: order.id }, body: { ...body, idempotencyKey: key.of([order.id, body]) } },
          {
            onSuccess: () => {
              toast.success(t('split.done'));
              onClose();
            },
          },
        );
      }}
    >
      <label className="yd-order-field">
        <span>{t('field.subject')}</span>
        <input
          // The dialog is opened to type it.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          required
          maxLength={200}
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
        />
      </label>
      <label className="yd-order-field">
        <span>{t('field.category')}</span>
        <select value={categoryId} onChange={(event) => setCategory(event.target.value)}>
          {categories.map(({ id, name }) => (
            <option key={id} value={id}>
              {say(name)}
            </option>
          ))}
        </select>
      </label>
      <Note
        label={t('field.description')}
        value={description}
        max={20_000}
        onChange={setDescription}
      />
    </Ask>
  );
}

/** Not solved after all. */
export function ReopenDialog({ order, onClose }: AskedProps): ReactNode {
  const { t } = useTranslation('orders');
  const [note, setNote] = useState('');
  const reopen = useOrderAct(reopenOrder);
  return (
    <Ask
      title={t('reopen.title')}
      hint={t('reopen.hint')}
      deed={t('reopen.deed')}
      act={reopen}
      orderId={order.id}
      onClose={onClose}
      onSubmit={() =>
        reopen.mutate(
          { params: { id: order.id }, body: { version: order.version, note: note.trim() } },
          { onSuccess: onClose },
        )
      }
    >
      <Note label={t('reopen.note')} value={note} max={5000} onChange={setNote} />
    </Ask>
  );
}
