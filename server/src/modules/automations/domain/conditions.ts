import { conditionFields } from '@yingda/contract';
import type { Condition, ConditionField, Conditions, FieldValues } from '@yingda/contract';

export type FactValue = string | number | boolean | readonly string[] | null;
/** What is known of an order or conversation; absent: it has no such thing. */
export type Facts = {
  values: Partial<Record<ConditionField, FactValue>>;
  custom: { order: FieldValues; customer: FieldValues };
};

/** One condition with what was found. */
export type Finding = { condition: Condition; found: FactValue; holds: boolean };
export type GroupFinding = { holds: boolean; items: Finding[] };

/** Texts are the same whatever their case and width: ＡＢＣ is abc. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

const isEmpty = (value: FactValue): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const textOf = (value: FactValue): string =>
  Array.isArray(value) ? value.join(' ') : String(value);

function isSame(found: FactValue, wanted: FactValue): boolean {
  if (found === null || wanted === null) return found === wanted;
  if (typeof found === 'number') return found === Number(wanted);
  if (typeof found === 'boolean') return String(found) === String(wanted);
  return folded(textOf(found)) === folded(textOf(wanted));
}

function contains(found: FactValue, wanted: FactValue): boolean {
  if (found === null || wanted === null) return false;
  const part = folded(textOf(wanted));
  if (Array.isArray(found)) return found.some((one) => folded(one) === part);
  return part !== '' && folded(textOf(found)).includes(part);
}

function compare(found: FactValue, wanted: FactValue): number {
  const [a, b] = [Number(found), Number(wanted)];
  if (found === null || found === '' || Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  return a - b;
}

const listOf = (wanted: FactValue): readonly string[] =>
  Array.isArray(wanted) ? wanted : wanted === null ? [] : [String(wanted)];

const tests: Record<Condition['op'], (found: FactValue, wanted: FactValue) => boolean> = {
  is: isSame,
  is_not: (found, wanted) => !isSame(found, wanted),
  in: (found, wanted) => listOf(wanted).some((one) => isSame(found, one)),
  not_in: (found, wanted) => !listOf(wanted).some((one) => isSame(found, one)),
  contains,
  not_contains: (found, wanted) => !contains(found, wanted),
  starts_with: (found, wanted) =>
    found !== null && wanted !== null && folded(textOf(found)).startsWith(folded(textOf(wanted))),
  greater: (found, wanted) => compare(found, wanted) > 0,
  less: (found, wanted) => compare(found, wanted) < 0,
  empty: isEmpty,
  not_empty: (found) => !isEmpty(found),
};

/** What the facts say to a condition. */
export function foundFor({ field, key }: Condition, { values, custom }: Facts): FactValue {
  if (field === 'order.custom') return custom.order[key ?? ''] ?? null;
  if (field === 'customer.custom') return custom.customer[key ?? ''] ?? null;
  return values[field] ?? null;
}

const joined = (match: 'all' | 'any', parts: { holds: boolean }[]): boolean =>
  parts.length === 0 || (match === 'all' ? parts.every(isHeld) : parts.some(isHeld));
const isHeld = ({ holds }: { holds: boolean }): boolean => holds;

/** Every condition with what was found for it. */
export function examine(
  { match, groups }: Conditions,
  facts: Facts,
): { holds: boolean; groups: GroupFinding[] } {
  const found = groups.map((group) => {
    const items = group.items.map((condition) => {
      const value = foundFor(condition, facts);
      return { condition, found: value, holds: tests[condition.op](value, condition.value) };
    });
    return { holds: joined(group.match, items), items };
  });
  return { holds: joined(match, found), groups: found };
}

export const holds = (conditions: Conditions, facts: Facts): boolean =>
  examine(conditions, facts).holds;

/** Fields whose change nobody is told of here, or that change by themselves. */
const unforeseen = (field: ConditionField): boolean =>
  field.startsWith('customer.') || field.startsWith('event.') || field.endsWith('Minutes');

/**
 * Whether the conditions may hold later though nothing is heard of the thing itself: what can change in silence counts as
 * held. Conditions have no "not" around them, so that this errs on one side only.
 */
export function mayHold({ match, groups }: Conditions, facts: Facts): boolean {
  const found = groups.map((group) => ({
    holds: joined(
      group.match,
      group.items.map((condition) => ({
        holds:
          unforeseen(condition.field) ||
          tests[condition.op](foundFor(condition, facts), condition.value),
      })),
    ),
  }));
  return joined(match, found);
}

/** Whether a condition asks about this, for example `customer.`. */
export const asksFor = ({ groups }: Conditions, prefix: string): boolean =>
  groups.some(({ items }) => items.some(({ field }) => field.startsWith(prefix)));

type OpsOf = (field: ConditionField) => readonly Condition['op'][];

/** The part of a condition that does not fit; null: all is well. */
function unfitPart(
  { field, key, op, value }: Condition,
  subject: 'order' | 'conversation',
  opsOf: OpsOf,
): 'field' | 'key' | 'op' | 'value' | null {
  const { of, kind } = conditionFields[field];
  if (of !== 'both' && of !== subject) return 'field';
  if (kind === 'custom' && key === undefined) return 'key';
  if (!opsOf(field).includes(op)) return 'op';
  if (op === 'empty' || op === 'not_empty') return null;
  const isList = op === 'in' || op === 'not_in';
  return value === null || value === '' || Array.isArray(value) !== isList ? 'value' : null;
}

/** Fields that do not belong to the subject, and comparisons that do not fit a field, as paths of the input. */
export function unfit(
  { groups }: Conditions,
  subject: 'order' | 'conversation',
  opsOf: OpsOf,
): string[] {
  return groups.flatMap(({ items }, group) =>
    items.flatMap((condition, item) => {
      const part = unfitPart(condition, subject, opsOf);
      return part === null ? [] : [`conditions.groups.${group}.items.${item}.${part}`];
    }),
  );
}
