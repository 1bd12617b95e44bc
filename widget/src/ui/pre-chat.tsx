import type { JSX } from 'preact';
import type { ChatState } from '../chat/state.ts';
import type { Locale, PreChatField } from '../chat/types.ts';
import { Field, valueOf } from './field.tsx';
import type { Question } from './field.tsx';
import { useForm } from './use-form.ts';
import { useUi } from './ui.ts';

/** Questions before the chat; a visitor whose identity the page vouches for is not asked name and address again. */
export function openQuestions({ config, verified, emailKnown }: ChatState): PreChatField[] {
  const known = new Set(verified ? ['name', ...(emailKnown ? ['email'] : [])] : []);
  return (config?.settings.preChat ?? []).filter(({ key }) => !known.has(key));
}

const asQuestion = (field: PreChatField, locale: Locale): Question => ({
  ...field,
  label: field.label[locale],
});

export function PreChat({ state }: { state: ChatState }): JSX.Element {
  const { t, locale, chat } = useUi();
  const questions = openQuestions(state).map((field) => asQuestion(field, locale));
  const form = useForm(questions, () => {
    const answers = questions.map((one) => [one.key, valueOf(one, form.values[one.key] ?? '')]);
    chat.answerForm(Object.fromEntries(answers.filter(([, value]) => value !== null)));
  });
  return (
    <form ref={form.ref} class="body form" noValidate onSubmit={form.submit}>
      <p class="intro">{state.config?.settings.greeting[locale] || t('form.intro')}</p>
      {questions.map((question) => (
        <Field key={question.key} {...form.propsOf(question)} />
      ))}
      <button type="submit" class="primary wide">
        {t('form.start')}
      </button>
    </form>
  );
}
