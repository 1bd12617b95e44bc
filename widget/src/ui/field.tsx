import type { JSX } from 'preact';
import type { FieldValue, PreChatField } from '../chat/types.ts';
import type { TextKey } from '../lib/locale.ts';
import { useUi } from './ui.ts';

export type Question = Pick<PreChatField, 'key' | 'kind' | 'choices' | 'required'> & {
  label: string;
  long?: boolean;
};

const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const phone = /^\+?[\d\s()-]{5,20}$/;

/** What is wrong with an answer, or null. */
export function faultOf({ key, kind, required }: Question, value: string): TextKey | null {
  const text = value.trim();
  if (text === '') return required ? 'form.required' : null;
  if (key === 'email' && !email.test(text)) return 'form.email';
  if (key === 'phone' && !phone.test(text)) return 'form.phone';
  return kind === 'number' && !Number.isFinite(Number(text)) ? 'form.number' : null;
}

/** The answer as the server takes it; null when left empty. */
export function valueOf({ kind }: Question, value: string): FieldValue {
  const text = value.trim();
  if (text === '') return null;
  if (kind === 'number') return Number(text);
  return kind === 'boolean' ? text === 'yes' : text;
}

type InputLook = {
  type: 'text' | 'email' | 'tel' | 'date';
  autocomplete?: 'name' | 'email' | 'tel';
};

const inputs: Partial<Record<string, InputLook>> = {
  name: { type: 'text', autocomplete: 'name' },
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
};

interface Props {
  question: Question;
  value: string;
  fault: TextKey | null;
  change: (value: string) => void;
}

interface LineProps {
  question: Question;
  common: Record<string, unknown>;
}

/** A field of one line. Each type of input has a type of its own here, hence not one element with a chosen type. */
function Line({ question: { key, kind }, common }: LineProps): JSX.Element {
  const otherwise: InputLook = { type: kind === 'date' ? 'date' : 'text' };
  const { type, autocomplete } = inputs[key] ?? otherwise;
  const maxLength = key === 'name' ? 120 : 200;
  const rest = { ...common, autocomplete, maxLength } as const;
  if (type === 'email') return <input {...rest} type="email" />;
  if (type === 'tel') return <input {...rest} type="tel" />;
  if (type === 'date') return <input {...rest} type="date" />;
  return <input {...rest} type="text" inputMode={kind === 'number' ? 'decimal' : undefined} />;
}

function Control({ question, value, fault, change }: Props): JSX.Element {
  const { t } = useUi();
  const { key, kind, choices, required } = question;
  const common = {
    id: `field-${key}`,
    name: key,
    value,
    required,
    'aria-invalid': fault !== null,
    'aria-describedby': fault ? `fault-${key}` : undefined,
    onInput: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value),
  };
  if (kind === 'choice' || kind === 'boolean') {
    const options =
      kind === 'choice'
        ? choices.map((choice) => [choice, choice])
        : [
            ['yes', t('form.yes')],
            ['no', t('form.no')],
          ];
    return (
      <select {...common}>
        <option value="">{t('form.choose')}</option>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    );
  }
  if (question.long) return <textarea {...common} rows={4} maxLength={5000} />;
  return <Line question={question} common={common} />;
}

/** A labelled question with its fault below. */
export function Field(props: Props): JSX.Element {
  const { t } = useUi();
  const { question, fault } = props;
  return (
    <div class="field">
      <label for={`field-${question.key}`}>
        {question.label}
        {!question.required && <small>{t('form.optional')}</small>}
      </label>
      <Control {...props} />
      {fault && (
        <p id={`fault-${question.key}`} class="fault">
          {t(fault)}
        </p>
      )}
    </div>
  );
}
