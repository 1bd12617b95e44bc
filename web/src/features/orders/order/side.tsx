import {
  CheckCircleFilled,
  CloseCircleFilled,
  ClockCircleOutlined,
  MinusCircleOutlined,
  PlusOutlined,
  StarFilled,
} from '@ant-design/icons';
import type { OrderTask, OrderView } from '@yingda/contract';
import { addOrderTask, checkOrder, finishOrderTask, voteOrder } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatDuration, formatStamp } from '../../../lib/format.ts';
import { useRights } from '../../../lib/me.ts';
import { say, useColleagues, useOrderAct } from '../data/orders.ts';
import { Due } from '../parts/due.tsx';
import type { Question } from './asked.tsx';
import { useTellProblem } from './head.tsx';
import './side.css';

interface SideProps {
  order: OrderView;
  onAsk: (question: Question) => void;
  onOpen: (id: string) => void;
}

function Part({
  title,
  deed,
  children,
}: {
  title: string;
  deed?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section className="yd-side-part" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {deed}
      </header>
      {children}
    </section>
  );
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
                disabled={order.status !== 'open'}
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

function Task({ task, order }: { task: OrderTask; order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const finish = useOrderAct(finishOrderTask);
  const tell = useTellProblem(order.id);
  return (
    <li>
      <label className="yd-side-check">
        <input
          type="checkbox"
          checked={task.doneAt !== null}
          disabled={order.status !== 'open'}
          onChange={(event) =>
            finish.mutate(
              {
                params: { id: order.id, taskId: task.id },
                body: { done: event.target.checked },
              },
              { onError: tell },
            )
          }
        />
        <span className={task.doneAt === null ? '' : 'is-done'}>{task.title}</span>
      </label>
      <span className="yd-side-hint is-under">
        {[task.ownerName, task.dueAt && t('task.until', { at: formatStamp(task.dueAt) })]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}

function NewTask({ order, onClose }: { order: OrderView; onClose: () => void }): ReactNode {
  const { t } = useTranslation('orders');
  const people = useColleagues().filter(({ active }) => active);
  const [title, setTitle] = useState('');
  const [ownerId, setOwner] = useState('');
  const [due, setDue] = useState('');
  const add = useOrderAct(addOrderTask);
  const tell = useTellProblem(order.id);
  const submit = (): void =>
    add.mutate(
      {
        params: { id: order.id },
        body: {
          title: title.trim(),
          ownerId: ownerId || null,
          dueAt: due === '' ? null : new Date(due).toISOString(),
        },
      },
      { onSuccess: onClose, onError: tell },
    );
  return (
    // Esc closes it from every field.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="yd-side-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <input
        // Asked for to be typed into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        required
        maxLength={200}
        aria-label={t('task.title')}
        placeholder={t('task.title')}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <select
        aria-label={t('task.owner')}
        value={ownerId}
        onChange={(event) => setOwner(event.target.value)}
      >
        <option value="">{t('task.anybody')}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <input
        type="datetime-local"
        aria-label={t('task.due')}
        value={due}
        onChange={(event) => setDue(event.target.value)}
      />
      <div>
        <Button size="small" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          size="small"
          type="primary"
          htmlType="submit"
          loading={add.isPending}
          disabled={title.trim() === ''}
        >
          {t('common:add')}
        </Button>
      </div>
    </form>
  );
}

function Tasks({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const [isAdding, setAdding] = useState(false);
  const isOpen = order.status === 'open';
  if (order.tasks.length === 0 && !isOpen) return null;
  return (
    <Part
      title={t('task.all')}
      deed={
        isOpen &&
        !isAdding && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            title={t('task.add')}
            aria-label={t('task.add')}
            onClick={() => setAdding(true)}
          />
        )
      }
    >
      {order.tasks.length === 0 && !isAdding && <p className="yd-side-none">{t('task.none')}</p>}
      <ul className="yd-side-list">
        {order.tasks.map((task) => (
          <Task key={task.id} task={task} order={order} />
        ))}
      </ul>
      {isAdding && <NewTask order={order} onClose={() => setAdding(false)} />}
    </Part>
  );
}

const voteIcons = {
  waiting: <MinusCircleOutlined />,
  asked: <ClockCircleOutlined />,
  approved: <CheckCircleFilled />,
  refused: <CloseCircleFilled />,
};

function Approvals({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const [note, setNote] = useState('');
  const vote = useOrderAct(voteOrder);
  const tell = useTellProblem(order.id);
  if (order.approvals.length === 0) return null;
  const step = order.definition.steps.find(({ key }) => key === order.stepKey);
  const isAsked =
    step?.kind === 'approval' && order.approvals.some(({ state }) => state === 'asked');
  const cast = (approve: boolean): void =>
    vote.mutate(
      { params: { id: order.id }, body: { version: order.version, approve, note: note.trim() } },
      { onError: tell, onSuccess: () => setNote('') },
    );
  return (
    <Part title={t('approval.title')}>
      <ul className="yd-side-list yd-side-votes">
        {order.approvals.map(({ name, state, at, note: said }, index) => (
          <li key={`${index} ${name}`} className={`is-${state}`}>
            <span aria-hidden>{voteIcons[state]}</span>
            <span>
              {name} <span className="yd-soft">{t(`approval.${state}`)}</span>
              {(at ?? said) && (
                <span className="yd-side-hint">
                  {[at && formatStamp(at), said].filter(Boolean).join(' · ')}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {isAsked && (
        <div className="yd-side-form">
          <input
            aria-label={t('approval.note')}
            placeholder={t('approval.note')}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <div>
            <Button size="small" danger loading={vote.isPending} onClick={() => cast(false)}>
              {t('approval.refuse')}
            </Button>
            <Button size="small" type="primary" loading={vote.isPending} onClick={() => cast(true)}>
              {t('approval.approve')}
            </Button>
          </div>
        </div>
      )}
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
        <Button
          size="small"
          type="text"
          icon={<PlusOutlined />}
          title={t('link.deed')}
          aria-label={t('link.deed')}
          onClick={() => onAsk('link')}
        />
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
          <button type="button" className="yd-side-plain" onClick={() => onAsk('time')}>
            {spentMinutes === 0 ? t('time.deed') : formatDuration(spentMinutes * 60_000)}
          </button>
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
      <Links {...props} />
      <Facts {...props} />
    </>
  );
}
