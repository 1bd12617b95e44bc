import type { OrderView } from '@yingda/contract';
import {
  linkOrderPortal,
  pauseOrder,
  reopenOrder,
  setRecurrence,
  spendTime,
  splitOrder,
} from '@yingda/contract';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call, isProblem } from '../../../lib/api.ts';
import { CopyBox } from '../../../ui/copy.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { Bones } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { rereadOrder, say, useCategories, useOrderAct } from '../data/orders.ts';
import type { AskedProps } from './asked.tsx';
import './dialogs.css';
import './move-form.css';

interface AskProps {
  title: string;
  hint?: string;
  deed: string;
  danger?: boolean;
  act: { isPending: boolean; error: unknown };
  orderId: string;
  disabled?: boolean;
  extra?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A short form over the page. */
function Ask(props: AskProps): ReactNode {
  const { t } = useTranslation('orders');
  const { act, orderId } = props;
  const isOld = isProblem(act.error, 'order.changed_meanwhile');
  // The next try goes on from what the order is now; what was typed stays.
  useEffect(() => {
    if (isOld) void rereadOrder(orderId);
  }, [isOld, orderId]);
  return (
    <Dialog label={props.title} className="yd-asked" onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) props.onSubmit();
        }}
      >
        <h2>{props.title}</h2>
        {props.hint !== undefined && <p className="yd-soft">{props.hint}</p>}
        {props.children}
        <FormProblem error={act.error} />
        <div className="yd-asked-foot">
          {props.extra}
          <span className="yd-row-gap" />
          <Button onClick={props.onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            danger={props.danger === true}
            loading={act.isPending}
            disabled={props.disabled === true}
          >
            {props.deed}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Note({
  label,
  value,
  max,
  onChange,
}: {
  label: string;
  value: string;
  max: number;
  onChange: (text: string) => void;
}): ReactNode {
  return (
    <label className="yd-order-field">
      <span>{label}</span>
      <textarea
        rows={3}
        maxLength={max}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

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
        split.mutate(
          {
            params: { id: order.id },
            body: { subject: subject.trim(), description: description.trim(), categoryId },
          },
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

const rhythms = ['day', 'week', 'month'] as const;
const today = (): string => new Date().toISOString().slice(0, 10);

/** Records an order like this one again and again. */
export function RepeatDialog({ order, onClose }: AskedProps): ReactNode {
  const { t } = useTranslation('orders');
  const known = order.recurrence;
  const [every, setEvery] = useState(known?.every ?? 'month');
  const [interval, setInterval] = useState(known?.interval ?? 1);
  const [from, setFrom] = useState(known?.from ?? today());
  const [at, setAt] = useState(known?.at ?? '09:00');
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
      disabled={!(interval >= 1 && interval <= 36) || from === '' || at === ''}
      extra={
        known && (
          <Button danger onClick={() => send(null)}>
            {t('repeat.stop')}
          </Button>
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
            onChange={(event) => setInterval(Math.round(event.target.valueAsNumber))}
          />
        </label>
        <label className="yd-order-field">
          <span>{t('repeat.every')}</span>
          <select
            value={every}
            onChange={(event) =>
              setEvery(rhythms.find((one) => one === event.target.value) ?? 'month')
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
          <input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label className="yd-order-field">
          <span>{t('repeat.at')}</span>
          <input type="time" value={at} onChange={(event) => setAt(event.target.value)} />
        </label>
      </div>
    </Ask>
  );
}

/** The address of the customer's page. */
export function PortalDialog({
  order,
  onClose,
}: {
  order: OrderView;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const [url, setUrl] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    call(linkOrderPortal, { params: { id: order.id } }).then(
      (answer) => setUrl(answer.url),
      setError,
    );
  }, [order.id]);
  return (
    <Dialog label={t('portalLink.title')} className="yd-asked" onClose={onClose}>
      <div className="yd-asked-body">
        <h2>{t('portalLink.title')}</h2>
        <p className="yd-soft">{t('portalLink.hint')}</p>
        {url === null ? (
          error === null && <Bones rows={1} />
        ) : (
          <CopyBox text={url} label={t('portalLink.title')} />
        )}
        <FormProblem error={error} />
        <div className="yd-asked-foot">
          {url !== null && (
            <a href={url} target="_blank" rel="noopener noreferrer">
              {t('portalLink.open')}
            </a>
          )}
          <span className="yd-row-gap" />
          <Button onClick={onClose}>{t('common:close')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
