import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CallProblem } from '../lib/http.ts';
import { problemText } from '../lib/locale.ts';
import { useFocusTrap } from './focus.ts';
import { useUi } from './ui.ts';

export function EndQuestion({ close }: { close: () => void }): JSX.Element {
  const { t, chat } = useUi();
  const ref = useFocusTrap<HTMLDivElement>(close);
  const [problem, setProblem] = useState('');
  const end = (): void => {
    chat.end().then(close, (error: unknown) => {
      setProblem(problemText(t, error instanceof CallProblem ? error.code : ''));
    });
  };
  return (
    <div class="veil">
      <div
        ref={ref}
        class="sheet"
        role="alertdialog"
        aria-labelledby="end-q"
        aria-describedby="end-d"
        tabIndex={-1}
      >
        <h2 id="end-q">{t('end.question')}</h2>
        <p id="end-d">{t('end.detail')}</p>
        {problem && (
          <p class="fault" role="alert">
            {problem}
          </p>
        )}
        <div class="actions">
          <button type="button" class="plain" data-first onClick={close}>
            {t('end.no')}
          </button>
          <button type="button" class="primary" onClick={end}>
            {t('end.yes')}
          </button>
        </div>
      </div>
    </div>
  );
}
