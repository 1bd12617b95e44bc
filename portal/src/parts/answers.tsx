import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TextKey } from '../lib/words.ts';
import { usePage } from '../page.ts';
import { useDeed } from '../use-deed.ts';
import { Writing } from './writing.tsx';

/** Says what is still wrong. */
function Reject({ onDone }: { onDone: () => void }): JSX.Element {
  const { t } = usePage();
  return (
    <Writing deed="reject" label={t('confirm.whyNot')} onDone={onDone}>
      <button type="button" onClick={onDone}>
        {t('confirm.cancel')}
      </button>
    </Writing>
  );
}

/** Asks whether it is solved. */
export function Confirm(): JSX.Element {
  const { t } = usePage();
  const [isRejecting, setRejecting] = useState(false);
  const { act, isBusy, problem } = useDeed();
  return (
    <section class="card is-asked">
      <h2>{t('confirm.question')}</h2>
      {isRejecting ? (
        <Reject onDone={() => setRejecting(false)} />
      ) : (
        <>
          <p class="problem" role="alert">
            {problem}
          </p>
          <div class="deeds">
            <button type="button" onClick={() => setRejecting(true)}>
              {t('confirm.no')}
            </button>
            <button
              type="button"
              class="main"
              disabled={isBusy}
              onClick={() => void act({ deed: 'confirm' })}
            >
              {t('confirm.yes')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

/** Closed, and not solved after all. */
export function Reopen(): JSX.Element {
  const { t } = usePage();
  const [isRejecting, setRejecting] = useState(false);
  return (
    <section class="card">
      {isRejecting ? (
        <Reject onDone={() => setRejecting(false)} />
      ) : (
        <button type="button" class="link" onClick={() => setRejecting(true)}>
          {t('confirm.again')}
        </button>
      )}
    </section>
  );
}

const scores = [1, 2, 3, 4, 5];
const wordOf = (score: number): TextKey => `rate.score_${score}` as TextKey;
const star = 'M12 2l3.1 6.3 6.9 1-5 4.9 1.2 6.8-6.2-3.2L5.8 21 7 14.200 2 9.300l6.900-1z';

export function Rate(): JSX.Element {
  const { t } = usePage();
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState('');
  const { act, isBusy, problem } = useDeed();
  return (
    <section class="card is-asked">
      <h2>{t('rate.question')}</h2>
      <div class="stars" role="radiogroup" aria-label={t('rate.question')}>
        {scores.map((one) => (
          <label key={one} class={one <= score ? 'is-on' : ''} title={t(wordOf(one))}>
            <input
              type="radio"
              name="score"
              aria-label={t(wordOf(one))}
              checked={one === score}
              onChange={() => setScore(one)}
            />
            <svg viewBox="0 0 24 24" width="34" height="34" aria-hidden="true">
              <path d={star} fill="currentColor" />
            </svg>
          </label>
        ))}
      </div>
      {score > 0 && (
        <>
          <p class="score">{t(wordOf(score))}</p>
          <textarea
            rows={2}
            maxLength={2000}
            aria-label={t('rate.comment')}
            placeholder={t('rate.comment')}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          <p class="problem" role="alert">
            {problem}
          </p>
          <button
            type="button"
            class="main"
            disabled={isBusy}
            onClick={() => void act({ deed: 'rate', score, comment: comment.trim() })}
          >
            {t('rate.send')}
          </button>
        </>
      )}
    </section>
  );
}
