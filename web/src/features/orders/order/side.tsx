import { PlusOutlined, StarFilled } from '@ant-design/icons';
import type { OrderView } from '@yingda/contract';
import { checkOrder } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatDuration, formatStamp } from '../../../lib/format.ts';
import { useRights } from '../../../lib/me.ts';
import { say, useOrderAct } from '../data/orders.ts';
import { Due } from '../parts/due.tsx';
import { Approvals } from './approvals.tsx';
import type { Question } from './asked.tsx';
import { useTellProblem } from './head.tsx';
import { OrderFiles } from './order-files.tsx';
import { Part } from './part.tsx';
import { Repeats } from './repeats.tsx';
import { Tasks } from './tasks.tsx';
import './side.css';

interface SideProps {
  order: OrderView;
  onAsk: (question: Question) => void;
  onOpen: (id: string) => void;
}

function Checklist({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const check = useOrderAct(checkOrder);
  const tell = useTellProblem(order.id);
  if (order.checklist.length === 0) return null;
  return (
    <Part title={t('checklist')}>
      <ul className="yd-side-list">
        {order.checklist.map(({ text, done }, index) => (
          <li key={text}>
            <label className="yd-side-check">
              <input
                type="checkbox"
                checked={done}
                disabled={order.status !== 'open' || !order.may.work}
                onChange={(event) =>
                  check.mutate(
                    { params: { id: order.id }, body: { index, done: event.target.checked } },
                    { onError: tell },
                  )
                }
              />
              <span className={done ? 'is-done' : ''}>{text}</span>
            </label>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Links({ order, onAsk, onOpen }: SideProps): ReactNode {
  const { t } = useTranslation('orders');
  if (order.links.length === 0) return null;
  return (
    <Part
      title={t('link.title')}
      deed={
        order.may.work && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            title={t('link.deed')}
            aria-label={t('link.deed')}
            onClick={() => onAsk('link')}
          />
        )
      }
    >
      <ul className="yd-side-list">
        {order.links.map(({ kind, order: other }) => (
          <li key={`${kind} ${other.id}`}>
            <button type="button" className="yd-side-link" onClick={() => onOpen(other.id)}>
              <span className="yd-side-hint">
                {t(`link.${kind}`)} <span className="yd-figures">{other.number}</span>
              </span>
              <span className="yd-ellipsis">{other.subject}</span>
              <span className="yd-progress-line">
                <span className={`yd-step-mark is-${other.status}`}>{say(other.stepName)}</span>
                {other.status === 'open' && <Due order={other} />}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Facts({ order, onAsk }: SideProps): ReactNode {
  const { t } = useTranslation('orders');
  const maySee = useRights().may('conversation.read');
  const { rating, recurrence, conversationId, spentMinutes } = order;
  const spent = spentMinutes === 0 ? '—' : formatDuration(spentMinutes * 60_000);
  return (
    <Part title={t('facts.title')}>
      <dl className="yd-side-facts">
        <dt>{t('facts.recorded')}</dt>
        <dd>{[order.recorderName, formatStamp(order.createdAt)].filter(Boolean).join(' · ')}</dd>
        {conversationId !== null && maySee && (
          <>
            <dt>{t('facts.conversation')}</dt>
            <dd>
              <Link to="/desk/$conversationId" params={{ conversationId }} search={{}}>
                {t('facts.openConversation')}
              </Link>
            </dd>
          </>
        )}
        <dt>{t('facts.spent')}</dt>
        <dd>
          {order.may.work ? (
            <button type="button" className="yd-side-plain" onClick={() => onAsk('time')}>
              {spentMinutes === 0 ? t('time.deed') : spent}
            </button>
          ) : (
            <span>{spent}</span>
          )}
        </dd>
        <dt>{t('facts.flow')}</dt>
        <dd>{t('facts.version', { version: order.flowVersion })}</dd>
        {recurrence && (
          <>
            <dt>{t('facts.repeat')}</dt>
            <dd>
              <button type="button" className="yd-side-plain" onClick={() => onAsk('repeat')}>
                {t('facts.repeatNext', { at: formatDateTime(recurrence.nextAt) })}
              </button>
            </dd>
          </>
        )}
        {rating && (
          <>
            <dt>{t('facts.rating')}</dt>
            <dd>
              <span
                className="yd-side-stars"
                role="img"
                aria-label={t('rating', { score: rating.score })}
              >
                {[1, 2, 3, 4, 5].map((star) => (
                  <StarFilled key={star} className={star <= rating.score ? 'is-on' : ''} />
                ))}
              </span>
              {rating.comment && <span className="yd-side-hint">{rating.comment}</span>}
            </dd>
          </>
        )}
      </dl>
    </Part>
  );
}

/** What stands beside the form: what is to be checked, done and approved, other orders, facts. */
export function Side(props: SideProps): ReactNode {
  const { order } = props;
  return (
    <>
      <Approvals order={order} />
      <Checklist order={order} />
      <Tasks order={order} />
      <Repeats order={order} />
      <Links {...props} />
      <OrderFiles order={order} />
      <Facts {...props} />
    </>
  );
}
