import { getOrderSettings, ownFieldOf } from '@yingda/contract';
import type { FieldValues, NeededField, OrderFieldDefinition } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { say } from '../../../lib/wording.ts';

type Value = FieldValues[string];

const none: OrderFieldDefinition[] = [];

/** The fields that this organisation's form has beside the usual ones. */
export const useOwnFields = (): OrderFieldDefinition[] =>
  useCall(getOrderSettings, undefined, { staleTime: 5 * 60_000 }).data?.fields ?? none;

interface OwnFieldProps {
  field: OrderFieldDefinition;
  value: Value | undefined;
  disabled?: boolean;
  /** Told while it is typed, for forms that are sent as a whole. */
  isEager?: boolean;
  isRequired?: boolean;
  isMissing?: boolean;
  /** Null takes the value away. */
  onChange: (value: Value) => void;
}

const inputTypes = { text: 'text', number: 'number', date: 'date' } as const;

/** What was typed as a value of its kind; undefined while it is none. */
function valueOf(kind: keyof typeof inputTypes, typed: string): Value | undefined {
  const text = typed.trim();
  if (text === '') return null;
  if (kind !== 'number') return text;
  return Number.isFinite(Number(text)) ? Number(text) : undefined;
}

const marksOf = ({ isRequired = false, isMissing = false }: OwnFieldProps) =>
  isRequired ? { 'aria-required': true, 'aria-invalid': isMissing } : {};

function Chooser(props: OwnFieldProps): ReactNode {
  const { field, value, disabled = false, onChange } = props;
  const { t } = useTranslation('orders');
  const isYesNo = field.kind === 'boolean';
  const known = typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : '';
  // A value whose choice was taken away since stays visible.
  const kept = known !== '' && !field.choices.includes(known) ? [known] : [];
  const choices = isYesNo ? ['true', 'false'] : [...kept, ...field.choices];
  const choose = (chosen: string): void => {
    if (chosen === '') onChange(null);
    else onChange(isYesNo ? chosen === 'true' : chosen);
  };
  return (
    <select
      {...marksOf(props)}
      aria-label={say(field.label)}
      disabled={disabled}
      value={known}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">—</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {isYesNo ? t(`ownField.${choice}`) : choice}
        </option>
      ))}
    </select>
  );
}

/** One of the organisation's own fields; what is typed counts when the field is left. */
export function OwnField(props: OwnFieldProps): ReactNode {
  const { field, value, disabled = false, isEager = false, onChange } = props;
  const { kind } = field;
  const said = value === undefined || value === null ? '' : String(value);
  const { t } = useTranslation('orders');
  const [typed, setTyped] = useState<string | null>(null);
  if (kind === 'choice' || kind === 'boolean') return <Chooser {...props} />;
  const leave = (): void => {
    const next = typed === null ? undefined : valueOf(kind, typed);
    setTyped(null);
    if (next !== undefined && next !== (value ?? null)) onChange(next);
  };
  return (
    <input
      {...marksOf(props)}
      type={inputTypes[kind]}
      step="any"
      aria-label={say(field.label)}
      maxLength={2000}
      placeholder={isEager ? undefined : t('empty.value')}
      disabled={disabled}
      value={typed ?? said}
      onChange={(event) => {
        setTyped(event.target.value);
        const next = isEager ? valueOf(kind, event.target.value) : undefined;
        if (next !== undefined) onChange(next);
      }}
      onBlur={leave}
      onKeyDown={(event) => {
        // In a form Enter with Ctrl sends it.
        if (event.key === 'Enter' && !isEager) event.currentTarget.blur();
        if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
}

/** What a field of the form is called, the organisation's own too. */
export function useFieldName(): (need: NeededField) => string {
  const { t } = useTranslation('orders');
  const fields = useOwnFields();
  return (need) => {
    const own = ownFieldOf(need);
    if (own === null) return t(`field.${need}`);
    const found = fields.find(({ key }) => key === own);
    return found ? say(found.label) : own;
  };
}
