import {
  CheckCircleFilled,
  CheckOutlined,
  ClockCircleOutlined,
  FrownOutlined,
  GlobalOutlined,
  StarFilled,
} from '@ant-design/icons';
import type { OrderPortalView } from '@yingda/contract';
import { getOrderPortal, writeOrderPortal } from '@yingda/contract';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime, formatStamp } from '../../../lib/format.ts';
import { changeLanguage } from '../../../lib/i18n.ts';
import { currentLanguage } from '../../../lib/language.ts';
import { keyOf, queryClient, useAct, useCall } from '../../../lib/query.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { Bones, EmptyState, ErrorState } from '../../../ui/states.tsx';
import { isProblem } from '../../../lib/api.ts';
import { useTitle } from '../../../ui/title.ts';
import './portal.css';

/** One deed of the customer; the page shows what it answers. */
function useDeed(token: string) {
  return useAct(writeOrderPortal, {
    onDone: (view) => queryClient.setQueryData(keyOf(getOrderPortal, { params: { token } }), view),
  });
}

interface PartProps {
  token: string;
  view: OrderPortalView;
}

function Steps({ view }: { view: OrderPortalView }): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <ol className="yd-portal-steps" aria-label={t('portal.progress')}>
      {view.steps.map(({ name, state, at }, index) => (
        <li
          key={`${index} ${name.en}`}
          className={`is-${state}`}
          aria-current={state === 'current' ? 'step' : undefined}
        >
          <span className="yd-portal-dot" aria-hidden>
            {state === 'done' ? <CheckOutlined /> : index + 1}
          </span>
          <span className="yd-portal-step">
            {name[currentLanguage()]}
            <span className="yd-hidden"> {t(`portal.${state}`)}</span>
          </span>
          {at !== null && (
            <time className="yd-figures" dateTime={at}>
              {formatDateTime(at)}
            </time>
          )}
        </li>
      ))}
    </ol>
  );
}

/** How it stands, in one sentence. */
function Standing({ view }: { view: OrderPortalView }): ReactNode {
  const { t } = useTranslation('orders');
  const current = view.steps.find(({ state }) => state === 'current');
  const step = current?.name[currentLanguage()] ?? '';
  if (view.status === 'closed') {
    return (
      <p className="yd-portal-standing is-done">
        <CheckCircleFilled aria-hidden /> {t('portal.closed')}
      </p>
    );
  }
  if (view.status === 'cancelled') {
    return <p className="yd-portal-standing">{t('portal.cancelled')}</p>;
  }
  return (
    <>
      <p className="yd-portal-standing">{view.mayConfirm ? t('portal.answered') : step}</p>
      {view.expectedBy !== null && !view.mayConfirm && (
        <p className="yd-portal-expected">
          <ClockCircleOutlined aria-hidden />{' '}
          {t('portal.expected', { at: formatDateTime(view.expectedBy) })}
        </p>
      )}
    </>
  );
}

/** Says what is still wrong. */
function Reject({ token, onDone }: { token: string; onDone: () => void }): ReactNode {
  const { t } = useTranslation('orders');
  const [text, setText] = useState('');
  const deed = useDeed(token);
  return (
    <>
      <label>
        {t('portal.whyNot')}
        <textarea
          // Asked for to be typed into.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          rows={3}
          maxLength={5000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <FormProblem error={deed.error} />
      <div className="yd-portal-deeds">
        <Button size="large" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button
          size="large"
          type="primary"
          loading={deed.isPending}
          onClick={() =>
            deed.mutate(
              { params: { token }, body: { deed: 'reject', text: text.trim() } },
              { onSuccess: onDone },
            )
          }
        >
          {t('portal.sendReject')}
        </Button>
      </div>
    </>
  );
}

function Confirm({ token }: { token: string }): ReactNode {
  const { t } = useTranslation('orders');
  const [isRejecting, setRejecting] = useState(false);
  const deed = useDeed(token);
  return (
    <section className="yd-portal-card is-asked">
      <h2>{t('portal.isSolved')}</h2>
      {isRejecting ? (
        <Reject token={token} onDone={() => setRejecting(false)} />
      ) : (
        <>
          <FormProblem error={deed.error} />
          <div className="yd-portal-deeds">
            <Button size="large" icon={<FrownOutlined />} onClick={() => setRejecting(true)}>
              {t('portal.reject')}
            </Button>
            <Button
              size="large"
              type="primary"
              icon={<CheckOutlined />}
              loading={deed.isPending}
              onClick={() => deed.mutate({ params: { token }, body: { deed: 'confirm' } })}
            >
              {t('portal.confirm')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** Closed, and not solved after all. */
function Reopen({ token }: { token: string }): ReactNode {
  const { t } = useTranslation('orders');
  const [isRejecting, setRejecting] = useState(false);
  return (
    <section className="yd-portal-card">
      {isRejecting ? (
        <Reject token={token} onDone={() => setRejecting(false)} />
      ) : (
        <Button type="link" icon={<FrownOutlined />} onClick={() => setRejecting(true)}>
          {t('portal.reopen')}
        </Button>
      )}
    </section>
  );
}

const scores = [1, 2, 3, 4, 5];

function Rate({ token }: { token: string }): ReactNode {
  const { t } = useTranslation('orders');
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState('');
  const deed = useDeed(token);
  return (
    <section className="yd-portal-card is-asked">
      <h2>{t('portal.rate')}</h2>
      <div className="yd-portal-stars" role="radiogroup" aria-label={t('portal.rate')}>
        {scores.map((star) => (
          <label
            key={star}
            className={star <= score ? 'is-on' : ''}
            title={t(`portal.score.${star}`)}
          >
            <input
              type="radio"
              name="score"
              aria-label={t(`portal.score.${star}`)}
              checked={star === score}
              onChange={() => setScore(star)}
            />
            <StarFilled aria-hidden />
          </label>
        ))}
      </div>
      {score > 0 && (
        <>
          <p className="yd-portal-score">{t(`portal.score.${score}`)}</p>
          <textarea
            rows={2}
            maxLength={2000}
            aria-label={t('portal.comment')}
            placeholder={t('portal.comment')}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
          <FormProblem error={deed.error} />
          <Button
            size="large"
            type="primary"
            block
            loading={deed.isPending}
            onClick={() =>
              deed.mutate({
                params: { token },
                body: { deed: 'rate', score, comment: comment.trim() },
              })
            }
          >
            {t('portal.sendRating')}
          </Button>
        </>
      )}
    </section>
  );
}

function Talk({ token, view }: PartProps): ReactNode {
  const { t } = useTranslation('orders');
  const [text, setText] = useState('');
  const deed = useDeed(token);
  const send = (): void => {
    if (text.trim() === '' || deed.isPending) return;
    deed.mutate(
      { params: { token }, body: { deed: 'add', text: text.trim() } },
      { onSuccess: () => setText('') },
    );
  };
  return (
    <section className="yd-portal-card">
      <h2>{t('portal.talk')}</h2>
      {view.lines.length === 0 && <p className="yd-soft">{t('portal.noLines')}</p>}
      <ul className="yd-portal-lines">
        {view.lines.map(({ at, fromCustomer, text: said }, index) => (
          <li key={`${index} ${at}`} className={fromCustomer ? 'is-mine' : ''}>
            <p>{said}</p>
            <span>
              {fromCustomer ? t('portal.you') : view.organisationName} · {formatStamp(at)}
            </span>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          rows={2}
          maxLength={5000}
          aria-label={t('portal.add')}
          placeholder={t('portal.add')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <FormProblem error={deed.error} />
        <Button
          size="large"
          htmlType="submit"
          disabled={text.trim() === ''}
          loading={deed.isPending}
        >
          {t('portal.send')}
        </Button>
      </form>
    </section>
  );
}

function Shown({ token, view }: PartProps): ReactNode {
  const { t } = useTranslation('orders');
  const other = currentLanguage() === 'en' ? 'zh-CN' : 'en';
  return (
    <>
      <header className="yd-portal-head">
        <span>{view.organisationName}</span>
        <button type="button" onClick={() => void changeLanguage(other)}>
          <GlobalOutlined aria-hidden /> {t('portal.otherLanguage')}
        </button>
      </header>
      <section className="yd-portal-card">
        <p className="yd-portal-number">
          <span className="yd-figures">{view.number}</span> ·{' '}
          {t('portal.recorded', { at: formatDate(view.createdAt) })}
        </p>
        <h1>{view.subject}</h1>
        <Standing view={view} />
      </section>
      {view.mayConfirm && <Confirm token={token} />}
      {view.mayReopen && <Reopen token={token} />}
      {view.mayRate && view.rating === null && <Rate token={token} />}
      {view.rating !== null && (
        <p className="yd-portal-thanks" role="status">
          {t('portal.thanks')}
        </p>
      )}
      <section className="yd-portal-card">
        <h2>{t('portal.progress')}</h2>
        <Steps view={view} />
      </section>
      <Talk token={token} view={view} />
    </>
  );
}

/** The customer's page of an order: how it stands in plain words; by a signed link, without an account. */
export function PortalPage(): ReactNode {
  const { t } = useTranslation('orders');
  const { token } = useParams({ from: '/o/$token' });
  const query = useCall(getOrderPortal, { params: { token } }, { staleTime: 15_000 });
  const { data, error, refetch } = query;
  useTitle(data ? `${data.number} ${data.subject}` : t('portal.title'));
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') void refetch();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [refetch]);
  const isGone = isProblem(error, 'order.not_found') || isProblem(error, 'order.link_invalid');
  return (
    <main className="yd-portal">
      <div className="yd-portal-page">
        {data ? (
          <Shown token={token} view={data} />
        ) : isGone ? (
          <EmptyState title={t('portal.gone')} hint={t('portal.goneHint')} />
        ) : error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <Bones rows={8} />
        )}
      </div>
    </main>
  );
}
