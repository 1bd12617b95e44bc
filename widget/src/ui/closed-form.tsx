import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ChatState } from '../chat/state.ts';
import type { Locale } from '../chat/types.ts';
import { CallProblem } from '../lib/http.ts';
import { problemText } from '../lib/locale.ts';
import type { Translate } from '../lib/locale.ts';
import { Field } from './field.tsx';
import type { Question } from './field.tsx';
import { Icon } from './icons.tsx';
import { useForm } from './use-form.ts';
import { useUi } from './ui.ts';

const dayMs = 86_400_000;

/** `9:00` today, `Monday 9:00` this week, a date later. */
export function whenText(at: string, now: Date, locale: Locale): string {
  const then = new Date(at);
  const ahead = then.getTime() - now.getTime();
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  if (then.toDateString() === now.toDateString()) return then.toLocaleTimeString(locale, time);
  const day =
    ahead < 6 * dayMs
      ? ({ weekday: 'long' } as const)
      : ({ month: 'long', day: 'numeric' } as const);
  return then.toLocaleString(locale, { ...day, ...time });
}

function questionsOf(t: Translate): Question[] {
  const text = { kind: 'text', choices: [], required: true } as const;
  return [
    { ...text, choices: [], key: 'name', label: t('closed.name') },
    { ...text, choices: [], key: 'email', label: t('closed.emailLabel'), required: false },
    { ...text, choices: [], key: 'phone', label: t('closed.phoneLabel'), required: false },
    { ...text, choices: [], key: 'text', label: t('closed.text'), long: true },
  ];
}

function Opening({ state }: { state: ChatState }): JSX.Element {
  const { t, locale } = useUi();
  const next = state.config?.nextOpenAt;
  return (
    <div class="notice">
      <Icon name="clock" />
      <div>
        <p>{state.config?.settings.closedText[locale] || t('closed.intro')}</p>
        {next && <strong>{t('closed.opens', { when: whenText(next, new Date(), locale) })}</strong>}
      </div>
    </div>
  );
}

/** Shown out of hours: a message that is answered by mail or phone. */
export function ClosedForm({ state }: { state: ChatState }): JSX.Element {
  const { t, chat } = useUi();
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);
  const questions = questionsOf(t);
  // Written just after closing time: the chat refused it, the form takes it over.
  const refused = state.pending.filter(({ failed, text }) => failed !== undefined && text);
  const send = async (): Promise<void> => {
    const { name = '', email = '', phone = '', text = '' } = form.values;
    if (!email.trim() && !phone.trim() && !state.emailKnown) return setProblem(t('closed.either'));
    setSending(true);
    setProblem('');
    try {
      await chat.leaveMessage({
        name: name.trim(),
        email: email.trim(),
        phone: phone.trim(),
        text: text.trim(),
      });
      for (const { order } of refused) chat.discard(order);
    } catch (error) {
      setProblem(problemText(t, error instanceof CallProblem ? error.code : ''));
    }
    setSending(false);
  };
  const form = useForm(questions, () => void send(), {
    text: refused.map(({ text }) => text).join('\n'),
  });
  return (
    <form ref={form.ref} class="body form" noValidate onSubmit={form.submit}>
      <Opening state={state} />
      {questions.map((question) => (
        <Field key={question.key} {...form.propsOf(question)} />
      ))}
      {problem && (
        <p class="fault" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="primary wide" disabled={isSending}>
        {t('closed.send')}
      </button>
    </form>
  );
}
