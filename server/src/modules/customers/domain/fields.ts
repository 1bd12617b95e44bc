import type { CustomFieldView, Fault, FieldValues } from '@yingda/contract';
import { z } from 'zod';

export type FieldValue = FieldValues[string];
export type Definition = Pick<CustomFieldView, 'key' | 'kind' | 'choices'>;

const MAX_TEXT = 2_000;
/** Values a customer may have at most, with those of removed fields. */
const MAX_VALUES = 200;
const Day = z.iso.date();

type Wrong = Omit<Fault, 'path'> | null;
type Check = (value: FieldValue, choices: readonly string[]) => Wrong;
const unless = (fine: boolean, kind: string): Wrong => (fine ? null : { kind });
const checks: Record<Definition['kind'], Check> = {
  text: textFault,
  number: (value) => unless(typeof value === 'number' && Number.isFinite(value), 'invalid_type'),
  boolean: (value) => unless(typeof value === 'boolean', 'invalid_type'),
  date: (value) => unless(Day.safeParse(value).success, 'invalid_format'),
  choice: (value, choices) =>
    typeof value === 'string' && choices.includes(value)
      ? null
      : { kind: 'invalid_value', params: { allowed: choices.join(', ') } },
};

/** What is wrong with a value for this field. */
function faultOf({ kind, choices }: Definition, value: Exclude<FieldValue, null>): Wrong {
  return checks[kind](value, choices);
}

function textFault(value: FieldValue): Wrong {
  if (typeof value !== 'string') return { kind: 'invalid_type' };
  if (value.length > MAX_TEXT) return { kind: 'too_big', params: { max: MAX_TEXT } };
  return unless(!value.includes('\u0000'), 'control_characters');
}

/** A value without definition can be kept by whoever takes such ones, when it has a key's name. */
function undefinedFault(key: string, value: FieldValue, loose: boolean): Wrong {
  if (!loose || !/^[a-z][a-z0-9_]{0,39}$/.test(key)) return { kind: 'unrecognized_keys' };
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
    if (value === null) values.delete(key);
    else {
      const fault = definition ? faultOf(definition, value) : undefinedFault(key, value, loose);
      if (fault !== null) faults.push({ path: `fields.${key}`, ...fault });
      else if (values.size < MAX_VALUES || values.has(key)) values.set(key, wellFormed(value));
    }
  }
  return { fields: Object.fromEntries(values), faults };
}

/** jsonb refuses half a surrogate pair. */
function wellFormed(value: FieldValue): FieldValue {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
