import { ArrowLeftOutlined, PhoneFilled } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { CallbackDetail, CallbackTry } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatDayTime } from '../../lib/format.ts';
import { say } from '../../lib/wording.ts';
import { useMe } from '../../lib/me.ts';
import { CopyButton } from '../../ui/copy.tsx';
import { Tag } from '../../ui/data-table.tsx';
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx';
import { isProblem } from '../../lib/api.ts';
import { useOneCallback } from './data.ts';
import { CallbackDeeds, TakePart } from './deeds.tsx';
import { Moment } from './moment.tsx';
import { ResultForm } from './result-form.tsx';
import type { DrawFields } from './result-form.tsx';

type Shown = { callback: CallbackDetail };

function Phones({ callback: { phones } }: Shown): ReactNode {
  const { t } = useTranslation('callbacks');
  if (phones.length === 0) {
    return (
      <p className="yd-callback-nophone">
        <strong>{t('noPhone')}</strong> <span className="yd-soft">{t('noPhoneHint')}</span>
      </p>
    );
  }
  return (
    <ul className="yd-callback-phones" aria-label={t('phones')}>
      {phones.map((phone) => (
        <li key={phone}>
          <a
            className="yd-callback-phone yd-figures"
            href={`tel:${phone.replaceAll(/[^\d+*#]/g, '')}`}
            aria-label={t('call', { phone })}
          >
            <PhoneFilled aria-hidden /> {phone}
          </a>
          <CopyButton text={phone} size="small" type="text" />
        </li>
      ))}
    </ul>
  );
}

function Tries({ attempts }: { attempts: readonly CallbackTry[] }): ReactNode {
  const { t } = useTranslation('callbacks');
  if (attempts.length === 0) return null;
  return (
    <section className="yd-callback-part">
      <h3>{t('before')}</h3>
      <ul className="yd-callback-tries">
        {attempts.map(({ id, at, byName, result, phone, note, nextTryAt }) => (
          <li key={id}>
            <span className="yd-figures yd-soft">{formatDateTime(at)}</span>
            <span>
              <strong>{result === null ? t('putOff') : t(`result.${result}`)}</strong>
              {phone !== '' && <span className="yd-figures yd-soft"> · {phone}</span>}
              {byName !== null && <span className="yd-soft"> · {byName}</span>}
              {nextTryAt !== null && (
                <span className="yd-soft"> · {t('when.at', { at: formatDayTime(nextTryAt) })}</span>
              )}
              {note !== '' && <p>{note}</p>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The order the call is about: what the problem was and what came of it. */
function About({ callback }: Shown): ReactNode {
  const { t } = useTranslation('callbacks');
  const { order, orderDescription, orderResult } = callback;
  if (order === null) return null;
  const facts: [string, string][] = [
    [t('matter'), orderDescription],
    [t('answer'), orderResult],
    [t('heldBy'), [say(order.stepName), order.ownerName].filter(Boolean).join(' · ')],
  ];
  return (
    <section className="yd-callback-part">
      <h3>{t('about')}</h3>
      <p className="yd-callback-order">
        <Link
          to="/orders/$orderId"
          params={{ orderId: order.id }}
          search={{}}
          title={t('openOrder')}
        >
          <span className="yd-figures">{order.number}</span> {order.subject}
        </Link>
      </p>
      <dl>
        {facts
          .filter(([, text]) => text !== '')
          .map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Ended({ callback }: Shown): ReactNode {
  const { t } = useTranslation('callbacks');
  const { result, note, state, satisfaction, doneAt, doneByName } = callback;
  return (
    <section className="yd-callback-ended">
      <p>
        <Tag tone={state === 'done' ? 'green' : 'amber'}>
          {result === null ? t(`state.${state}`) : t(`result.${result}`)}
        </Tag>
        {satisfaction !== null && <span>{t(`score.${satisfaction}`)}</span>}
        {doneAt !== null && (
          <span className="yd-soft">
            {t('doneBy', { at: formatDateTime(doneAt) })}
            {doneByName !== null && ` · ${doneByName}`}
          </span>
        )}
      </p>
      {note !== '' && <blockquote>{note}</blockquote>}
    </section>
  );
}

function Head({ callback, onClose }: Shown & { onClose: () => void }): ReactNode {
  const { t } = useTranslation('callbacks');
  const { customerId, reason, tries, maxTries, state, dueAt } = callback;
  const name = callback.customerName || t('noName');
  return (
    <header>
      <Button
        type="text"
        className="yd-callback-back"
        icon={<ArrowLeftOutlined />}
        aria-label={t('back')}
        onClick={onClose}
      />
      <div className="yd-callback-who">
        <h2>
          {customerId === null ? (
            name
          ) : (
            <Link to="/customers/$customerId" params={{ customerId }} search={{}}>
              {name}
            </Link>
          )}
        </h2>
        <p className="yd-callback-meta yd-figures">
          <span>{t(`reason.${reason}`)}</span>
          <Moment callback={callback} />
          {state === 'open' && (
            <>
              <span className="yd-soft">
                {t('try', { now: Math.min(tries + 1, maxTries), max: maxTries })}
              </span>
              <span className="yd-soft">{t('when.exact', { at: formatDayTime(dueAt) })}</span>
            </>
          )}
        </p>
      </div>
      <CallbackDeeds callback={callback} />
    </header>
  );
}

type DeedProps = Shown & { drawFields: DrawFields; onDone: (answer: CallbackDetail) => void };

function Deed({ callback, drawFields, onDone }: DeedProps): ReactNode {
  const me = useMe();
  if (callback.state !== 'open') return <Ended callback={callback} />;
  if (callback.mayWork && callback.holderId === me.id) {
    return <ResultForm callback={callback} drawFields={drawFields} onDone={onDone} />;
  }
  return <TakePart callback={callback} />;
}

/** Everything one needs while the telephone rings: numbers, words, the matter, and where to write the result. */
export function CallbackPane({
  id,
  drawFields,
  onDone,
  onClose,
}: {
  id: string;
  drawFields: DrawFields;
  onDone: (answer: CallbackDetail) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('callbacks');
  const { data: callback, error, refetch } = useOneCallback(id);
  if (!callback) {
    if (isProblem(error, 'callback.not_found')) {
      return (
        <EmptyState title={t('gone')}>
          <Button onClick={onClose}>{t('back')}</Button>
        </EmptyState>
      );
    }
    return error ? <ErrorState error={error} retry={() => void refetch()} /> : <Bones rows={8} />;
  }
  const { script, attempts, state } = callback;
  return (
    <article className="yd-callback" aria-label={t('detail')}>
      <Head callback={callback} onClose={onClose} />
      {state === 'open' && <Phones callback={callback} />}
      {state === 'open' && script !== '' && (
        <section className="yd-callback-part">
          <h3>{t('script')}</h3>
          <blockquote className="yd-callback-script">{script}</blockquote>
        </section>
      )}
      <Deed callback={callback} drawFields={drawFields} onDone={onDone} />
      <About callback={callback} />
      <Tries attempts={attempts} />
    </article>
  );
}
