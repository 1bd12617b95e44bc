import type { TargetedSubmitEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { TextKey } from '../lib/locale.ts';
import { faultOf } from './field.tsx';
import type { Question } from './field.tsx';

export interface Form {
  ref: { current: HTMLFormElement | null };
  values: Readonly<Record<string, string>>;
  propsOf(question: Question): {
    question: Question;
    value: string;
    fault: TextKey | null;
    change: (value: string) => void;
  };
  submit: (event: TargetedSubmitEvent<HTMLFormElement>) => void;
}

/** Answers to questions; `done` hears them once all are right. The first wrong one gets the focus. */
export function useForm(
  questions: readonly Question[],
  done: () => void,
  initial: Record<string, string> = {},
): Form {
  const ref = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Record<string, string>>(initial);
  const [tried, setTried] = useState(false);
  const fault = (question: Question): TextKey | null =>
    faultOf(question, values[question.key] ?? '');
  return {
    ref,
    values,
    propsOf: (question) => ({
      question,
      value: values[question.key] ?? '',
      fault: tried ? fault(question) : null,
      change: (value) => setValues({ ...values, [question.key]: value }),
    }),
    submit(event) {
      event.preventDefault();
      setTried(true);
      const wrong = questions.find(fault);
      if (wrong) ref.current?.querySelector<HTMLElement>(`#field-${wrong.key}`)?.focus();
      else done();
    },
  };
}
