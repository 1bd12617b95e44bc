import type { CustomFieldView, Fault, FieldValues } from '@yingda/contract';
import { z } from 'zod';

export type FieldValue = FieldValues[string];
export type Definition = Pick<CustomFieldView, 'key' | 'kind' | 'choices'>;

const MAX_TEXT = 2_000;
/** Values a customer may have at most, with those of removed fields. */
const MAX_VALUES = 200;
const Day = z.iso.date();

type Check = (value: FieldValue, choices: readonly string[]) => string | null;
const unless = (fine: boolean, fault: string): string | null => (fine ? null : fault);
const checks: Record<Definition['kind'], Check> = {
  text: textFault,
  number: (value) => unless(typeof value === 'number' && Number.isFinite(value), 'invalid_type'),
  boolean: (value) => unless(typeof value === 'boolean', 'invalid_type'),
  date: (value) => unless(Day.safeParse(value).success, 'invalid_format'),
  choice: (value, choices) =>
    unless(typeof value === 'string' && choices.includes(value), 'invalid_value'),
};

/** What is wrong with a value for this field: the kind of fault, or null. */
export function faultOf({ kind, choices }: Definition, value: FieldValue): string | null {
  return value === null ? null : checks[kind](value, choices);
}

function textFault(value: FieldValue): string | null {
  if (typeof value !== 'string') return 'invalid_type';
  if (value.length > MAX_TEXT) return 'too_big';
  return value.includes('\u0000') ? 'control_characters' : null;
}

/** A value without definition can be kept by whoever takes such ones, when it has a key's name. */
function looseFault(key: string, value: FieldValue): string | null {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(key)) return 'unknown_field';
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
    const strict = definition ? faultOf(definition, value) : 'unknown_field';
    const fault = loose && !definition ? looseFault(key, value) : strict;
    if (fault !== null) faults.push({ path: `fields.${key}`, kind: fault });
    else if (value === null) values.delete(key);
    else if (values.size < MAX_VALUES || values.has(key)) values.set(key, wellFormed(value));
  }
  return { fields: Object.fromEntries(values), faults };
}

/** jsonb refuses half a surrogate pair. */
function wellFormed(value: FieldValue): FieldValue {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
