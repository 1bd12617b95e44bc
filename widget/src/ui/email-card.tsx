import type { JSX, TargetedSubmitEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ChatState } from '../chat/state.ts';
import { CallProblem } from '../lib/http.ts';
import { problemText } from '../lib/locale.ts';
import { faultOf } from './field.tsx';
import { Icon } from './icons.tsx';
import { useUi } from './ui.ts';

/** How long the visitor waits for an answer before we ask where else it may go. */
const patienceMs = 25_000;

/** Since when the visitor waits: the last message is his own. 0 when it is his turn. */
function waitingSince({ timeline, conversation }: ChatState): number {
  if (!conversation || conversation.status === 'resolved') return 0;
  const last = timeline.messages.findLast(({ kind }) => kind === 'message');
  return last?.author.kind === 'customer' ? Date.parse(last.createdAt) : 0;
}

function useImpatience(since: number): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (since === 0) return undefined;
    const timer = setTimeout(() => setLong(true), Math.max(0, since + patienceMs - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return isLong;
}

/** While nobody answers: where should the answer go when the visitor has left? */
export function EmailCard({ state }: { state: ChatState }): JSX.Element | null {
  const { t, chat } = useUi();
  const isLong = useImpatience(waitingSince(state));
  const [email, setEmail] = useState('');
  const [problem, setProblem] = useState('');
  const [isSaved, setSaved] = useState(false);
  if (isSaved) {
    return (
      <p class="line" role="status">
        {t('email.saved')}
      </p>
    );
  }
  if (!isLong || state.emailKnown || state.emailCardClosed) return null;
  const save = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fault = faultOf(
      { key: 'email', kind: 'text', choices: [], required: true, label: '' },
      email,
    );
    if (fault) return setProblem(t(fault));
    chat.saveEmail(email.trim()).then(
      () => setSaved(true),
      (error: unknown) =>
        setProblem(problemText(t, error instanceof CallProblem ? error.code : '')),
    );
  };
  return (
    <form class="notice" noValidate onSubmit={save}>
      <Icon name="mail" />
      <div>
        <strong>{t('email.title')}</strong>
        <p>{t('email.detail')}</p>
        <div class="inline">
          <input
            type="email"
            autocomplete="email"
            aria-label={t('email.label')}
            aria-invalid={problem !== ''}
            placeholder="name@example.com"
            value={email}
            onInput={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <button type="submit" class="primary">
            {t('email.save')}
          </button>
        </div>
        {problem && (
          <p class="fault" role="alert">
            {problem}
          </p>
        )}
        <button type="button" class="link" onClick={chat.closeEmailCard}>
          {t('email.close')}
        </button>
      </div>
    </form>
  );
}
