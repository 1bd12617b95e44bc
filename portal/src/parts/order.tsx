import type { FileView, OrderPortalView } from '@yingda/contract';
import type { JSX } from 'preact';
import { formatDate, formatTime } from '../lib/words.ts';
import { usePage } from '../page.ts';
import { Confirm, Rate, Reopen } from './answers.tsx';
import { Writing } from './writing.tsx';

/** How it stands, in one sentence, and by when it goes on. */
function Standing(): JSX.Element {
  const { t, locale, view } = usePage();
  const { status, mayConfirm, expectedBy, steps } = view;
  if (status === 'closed') return <p class="standing is-done">{`✓ ${t('standing.closed')}`}</p>;
  if (status === 'cancelled') return <p class="standing">{t('standing.cancelled')}</p>;
  const step = steps.find(({ state }) => state === 'current')?.name[locale] ?? '';
  const isLate = expectedBy !== null && Date.parse(expectedBy) < Date.now();
  return (
    <>
      <p class="standing">{mayConfirm ? t('standing.answered') : step}</p>
      {expectedBy !== null && !mayConfirm && (
        <p class="soft">
          {isLate
            ? t('standing.late')
            : t('standing.expected', { at: formatTime(locale, expectedBy) })}
        </p>
      )}
    </>
  );
}

function Steps(): JSX.Element {
  const { t, locale, view } = usePage();
  return (
    <ol class="steps" aria-label={t('steps.title')}>
      {view.steps.map(({ name, state, at }, index) => (
        <li
          key={name.en}
          class={`is-${state}`}
          aria-current={state === 'current' ? 'step' : undefined}
        >
          <span class="dot" aria-hidden="true">
            {state === 'done' ? '✓' : index + 1}
          </span>
          <span class="step">
            {name[locale]}
            <span class="hidden"> {t(`steps.${state}`)}</span>
          </span>
          {at !== null && <time dateTime={at}>{formatTime(locale, at)}</time>}
        </li>
      ))}
    </ol>
  );
}

function File({ file: { name, mime, url } }: { file: FileView }): JSX.Element {
  const isImage = /^image\/(png|jpeg|gif|webp)$/.test(mime);
  return (
    <a class={isImage ? 'photo' : 'file'} href={url} target="_blank" rel="noreferrer">
      {isImage ? <img src={url} alt={name} loading="lazy" /> : name}
    </a>
  );
}

function Line({ line }: { line: OrderPortalView['lines'][number] }): JSX.Element {
  const { t, locale, view } = usePage();
  const { fromCustomer, text, at, files } = line;
  return (
    <li class={fromCustomer ? 'is-mine' : ''}>
      {text !== '' && <p>{text}</p>}
      {files.map((file) => (
        <File key={file.id} file={file} />
      ))}
      <span>
        {fromCustomer ? t('talk.you') : view.organisationName} · {formatTime(locale, at)}
      </span>
    </li>
  );
}

function Talk(): JSX.Element {
  const { t, view } = usePage();
  return (
    <section class="card">
      <h2>{t('talk.title')}</h2>
      {view.lines.length === 0 && <p class="soft">{t('talk.none')}</p>}
      <ul class="lines">
        {view.lines.map((line, index) => (
          <Line key={`${index} ${line.at}`} line={line} />
        ))}
      </ul>
      <Writing deed="add" label={t('talk.add')} />
    </section>
  );
}

/** What was done, before the customer is asked whether that solved it. */
function Result(): JSX.Element | null {
  const { t, view } = usePage();
  if (view.result.trim() === '') return null;
  return (
    <section class="card">
      <h2>{t('result.title')}</h2>
      <p class="said">{view.result}</p>
    </section>
  );
}

/** The page of an order as its customer sees it. */
export function Order(): JSX.Element {
  const { t, locale, view } = usePage();
  return (
    <>
      <section class="card">
        <p class="number">
          {view.number} · {t('page.recorded', { at: formatDate(locale, view.createdAt) })}
        </p>
        <h1>{view.subject}</h1>
        <Standing />
      </section>
      <Result />
      {view.mayConfirm && <Confirm />}
      {view.mayReopen && <Reopen />}
      {view.mayRate && view.rating === null && <Rate />}
      {view.rating !== null && (
        <p class="thanks" role="status">
          {t('rate.thanks')}
        </p>
      )}
      <section class="card">
        <h2>{t('steps.title')}</h2>
        <Steps />
      </section>
      <Talk />
    </>
  );
}
