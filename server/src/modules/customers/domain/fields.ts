import type { CustomFieldView, Fault, FieldValues } from '@yingda/contract';
import { z } from 'zod';

export type FieldValue = FieldValues[string];
export type Definition = Pick<CustomFieldView, 'key' | 'kind' | 'choices'>;

const MAX_TEXT = 2_000;
/** Values a customer may have at most, with those of removed fields. */
const MAX_VALUES = 200;
const Day = z.iso.date();

/** What is wrong with a value for this field: the kind of fault, or null. */
export function faultOf({ kind, choices }: Definition, value: FieldValue): string | null {
  if (value === null) return null;
  switch (kind) {
    case 'text':
      return textFault(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'invalid_type';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'invalid_type';
    case 'date':
      return Day.safeParse(value).success ? null : 'invalid_format';
    case 'choice':
      return typeof value === 'string' && choices.includes(value) ? null : 'invalid_value';
  }
}

function textFault(value: FieldValue): string | null {
  if (typeof value !== 'string') return 'invalid_type';
  if (value.length > MAX_TEXT) return 'too_big';
  return value.includes('\u0000') ? 'control_characters' : null;
}

/** A value without definition: kept when it is one that can be kept. */
function looseFault(value: FieldValue): string | null {
  return typeof value === 'string' ? textFault(value) : null;
}

export type FieldChange = {
  definitions: readonly Definition[];
  before: FieldValues;
  /** null takes a value away. */
  given: FieldValues;
  /** Keep values without a definition, for example answers to a form that asks more than the fields. */
  loose?: boolean;
};

/** The values after the change, and what is wrong with those given (`fields.<key>`). */
export function changeFields(change: FieldChange): { fields: FieldValues; faults: Fault[] } {
  const { definitions, before, given, loose = false } = change;
  const byKey = new Map(definitions.map((definition) => [definition.key, definition]));
  const values = new Map(Object.entries(before));
  const faults: Fault[] = [];
  for (const [key, sent] of Object.entries(given)) {
    // What a form sends for a question left open.
    const value = sent === '' ? null : sent;
    // A removed field's value comes back unchanged from whoever edits the whole customer.
    if (values.get(key) === value) continue;
    const definition = byKey.get(key);
    const known = definition !== undefined || (loose && /^[a-z][a-z0-9_]{0,39}$/.test(key));
    const fault = definition ? faultOf(definition, value) : looseFault(value);
    const kind = known ? fault : 'unknown_field';
    if (kind !== null) faults.push({ path: `fields.${key}`, kind });
    else if (value === null) values.delete(key);
    else if (values.size < MAX_VALUES || values.has(key)) {
      values.set(key, typeof value === 'string' ? value.toWellFormed() : value);
    }
  }
  return { fields: Object.fromEntries(values), faults };
}
