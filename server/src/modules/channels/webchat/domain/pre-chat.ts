import { z } from 'zod';
import type { Fault, FieldValues, PreChatField } from '@yingda/contract';

type Value = FieldValues[string];
const Day = z.iso.date();
const Email = z.email().max(200);
const phone = /^\+?[\d\s()-]{5,20}$/;

const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function kindFault({ kind, choices }: PreChatField, value: Value): string | null {
  if (kind === 'date') return Day.safeParse(value).success ? null : 'invalid_format';
  if (kind === 'choice') {
    return typeof value === 'string' && choices.includes(value) ? null : 'invalid_value';
  }
  const type = kind === 'text' ? 'string' : kind;
  // JSON knows no NaN and no infinity, so every number is one.
  return typeof value === type ? null : 'invalid_type';
}

function faultOf(field: PreChatField, value: Value | undefined): string | null {
  if (value === undefined || isEmpty(value)) return field.required ? 'required' : null;
  if (field.key === 'email' && !Email.safeParse(value).success) return 'invalid_format';
  if (field.key === 'phone' && !phone.test(String(value))) return 'invalid_format';
  return kindFault(field, value);
}

export type Answers = {
  name: string | null;
  email: string | null;
  phone: string | null;
  fields: FieldValues;
};

const textOf = (value: Value | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/**
 * The answers to the form before the chat, sorted into what fills the customer and further fields. What was not asked
 * is left out. `known` need not be answered, because the page's server has vouched for it.
 */
export function readAnswers(
  asked: readonly PreChatField[],
  given: FieldValues,
  known: ReadonlySet<string> = new Set(),
): { answers: Answers; faults: Fault[] } {
  const faults: Fault[] = [];
  const fields: FieldValues = {};
  for (const field of asked) {
    const { key } = field;
    const value = given[key];
    const kind = known.has(key) && isEmpty(value) ? null : faultOf(field, value);
    if (kind !== null) faults.push({ path: `fields.${key}`, kind });
    else if (value !== undefined && !isEmpty(value)) fields[key] = value;
  }
  const { name, email, phone: number, ...rest } = fields;
  const answers = { name: textOf(name), email: textOf(email), phone: textOf(number), fields: rest };
  return { answers, faults };
}
