import {
  actionsOf,
  automationClocks,
  automationEvents,
  conditionFields,
  opsOfKind,
} from '@yingda/contract';
import type {
  Action,
  ActionKind,
  AutomationInput,
  AutomationSubject,
  AutomationView,
  Condition,
  ConditionField,
  ConditionKind,
  ConditionOp,
  Conditions,
} from '@yingda/contract';

export type Event = (typeof automationEvents)[number];
export type Clock = (typeof automationClocks)[number];
export type When = AutomationInput['when'];

export const eventsOf = (subject: AutomationSubject): Event[] =>
  automationEvents.filter((event) => event.startsWith(`${subject}.`));
export const clocksOf = (subject: AutomationSubject): Clock[] =>
  automationClocks.filter((clock) => clock.startsWith(`${subject}.`));

/** Fields that conditions may ask of a subject. */
export const fieldsOf = (subject: AutomationSubject): ConditionField[] =>
  (Object.keys(conditionFields) as ConditionField[]).filter((field) => {
    const { of } = conditionFields[field];
    return of === subject || of === 'both';
  });
export const kindOf = (field: ConditionField): ConditionKind => conditionFields[field].kind;
export const choicesOf = (field: ConditionField): readonly string[] => {
  const definition = conditionFields[field];
  return 'choices' in definition ? definition.choices : [];
};

/** Nothing to compare with. */
export const isBare = (op: ConditionOp): boolean => op === 'empty' || op === 'not_empty';
export const isList = (op: ConditionOp): boolean => op === 'in' || op === 'not_in';

/** A condition on another field or with another comparison, with a value that fits it. */
export function conditionOf(field: ConditionField, wanted?: ConditionOp): Condition {
  const kind = kindOf(field);
  const ops = opsOfKind[kind];
  const op = ops.find((one) => one === wanted) ?? ops[0] ?? 'is';
  const value = isBare(op) ? null : isList(op) ? [] : kind === 'boolean' ? true : '';
  return { field, op, value };
}

const blank: { [K in ActionKind]: Extract<Action, { kind: K }> } = {
  set_field: { kind: 'set_field', set: { field: 'priority', value: 'high' } },
  assign: { kind: 'assign', userId: null, teamId: null },
  move: { kind: 'move', move: '', note: '' },
  pause: { kind: 'pause', reason: 'customer' },
  reopen: { kind: 'reopen', note: '' },
  resolve: { kind: 'resolve' },
  comment: { kind: 'comment', text: '', isPublic: false },
  reply: { kind: 'reply', text: '' },
  tag: { kind: 'tag', on: 'conversation', add: [], remove: [] },
  add_task: { kind: 'add_task', title: '', teamId: null, ownerId: null, dueMinutes: null },
  mail: { kind: 'mail', to: [], people: [], addresses: [], subject: '', text: '' },
  webhook: { kind: 'webhook', webhookId: '' },
  create_order: {
    kind: 'create_order',
    categoryId: '',
    subject: '',
    description: '',
    priority: 'normal',
    departmentId: null,
  },
};
export const blankAction = (kind: ActionKind, subject: AutomationSubject): Action =>
  kind === 'tag' && subject === 'order' ? { ...blank.tag, on: 'customer' } : blank[kind];

const filled = (...texts: string[]): boolean => texts.every((text) => text.trim() !== '');

type Check<K extends ActionKind> = (action: Extract<Action, { kind: K }>) => boolean;
const always = (): boolean => true;
const completeness: { [K in ActionKind]: Check<K> } = {
  set_field: ({ set }) =>
    set.field === 'custom' ? set.key !== '' : set.value === null || filled(set.value),
  assign: always,
  move: ({ move }) => filled(move),
  pause: always,
  reopen: always,
  resolve: always,
  comment: ({ text }) => filled(text),
  reply: ({ text }) => filled(text),
  tag: ({ add, remove }) => add.length + remove.length > 0,
  add_task: ({ title }) => filled(title),
  mail: ({ subject, text, to, people, addresses }) =>
    filled(subject, text) && to.length + people.length + addresses.length > 0,
  webhook: ({ webhookId }) => filled(webhookId),
  create_order: ({ categoryId, subject }) => filled(categoryId, subject),
};

/** Whether an action says everything it needs. */
export function isActionComplete(action: Action): boolean {
  // Each check gets the action of its own kind: that is how the table is made.
  return (completeness[action.kind] as Check<ActionKind>)(action);
}

/** Whether a condition says what it compares with. */
export function isConditionComplete({ field, key, op, value }: Condition): boolean {
  if (kindOf(field) === 'custom' && !key) return false;
  if (isBare(op)) return true;
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== '';
}

/** What of an automation is not filled in yet, as keys under `draft`; `n` counts actions from 1. */
export function faultsOf({ name, when, conditions, actions }: AutomationInput) {
  const faults: { key: string; n?: number }[] = [];
  if (!filled(name)) faults.push({ key: 'nameMissing' });
  if (when.kind === 'event' && when.events.length === 0) faults.push({ key: 'eventMissing' });
  if (!conditions.groups.every(({ items }) => items.every(isConditionComplete))) {
    faults.push({ key: 'conditionEmpty' });
  }
  if (actions.length === 0) faults.push({ key: 'actionMissing' });
  actions.forEach((action, index) => {
    if (!isActionComplete(action)) faults.push({ key: 'actionEmpty', n: index + 1 });
  });
  return faults;
}

export const emptyConditions: Conditions = { match: 'all', groups: [] };
export const emptyDraft: AutomationInput = {
  name: '',
  note: '',
  subject: 'order',
  when: { kind: 'event', events: [] },
  conditions: emptyConditions,
  actions: [],
  repeat: 'always',
  isActive: false,
};

/** What of a saved automation is edited. */
export const draftOf = ({
  name,
  note,
  subject,
  when,
  conditions,
  actions,
  repeat,
  isActive,
}: AutomationView): AutomationInput => ({
  name,
  note,
  subject,
  when,
  conditions,
  actions,
  repeat,
  isActive,
});

/** The draft about another subject: what does not fit it goes. */
export function aboutSubject(draft: AutomationInput, subject: AutomationSubject): AutomationInput {
  const fields = new Set(fieldsOf(subject));
  const { match, groups } = draft.conditions;
  return {
    ...draft,
    subject,
    when: { kind: 'event', events: [] },
    conditions: {
      match,
      groups: groups
        .map((group) => ({ ...group, items: group.items.filter(({ field }) => fields.has(field)) }))
        .filter(({ items }) => items.length > 0),
    },
    actions: draft.actions.filter(({ kind }) => actionsOf[subject].includes(kind)),
  };
}

export const spanUnits = { minutes: 1, hours: 60, days: 1440 } as const;
export type SpanUnit = keyof typeof spanUnits;
/** Minutes in the largest unit that divides them. */
export function spanOf(minutes: number): { amount: number; unit: SpanUnit } {
  const unit = minutes % 1440 === 0 ? 'days' : minutes % 60 === 0 ? 'hours' : 'minutes';
  return { amount: minutes / spanUnits[unit], unit };
}
/** Moves an item of a list by one place. */
export function moved<T>(items: readonly T[], at: number, by: 1 | -1): T[] {
  const next = [...items];
  const [item] = next.splice(at, 1);
  if (item !== undefined) next.splice(Math.max(0, at + by), 0, item);
  return next;
}

/** A list as people type it, with any comma. */
export const listOf = (typed: string): string[] =>
  typed
    .split(/[,，、;；\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
