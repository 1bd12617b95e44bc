/**
 * What conditions may ask about, and how. `kind` says how a value is chosen: `choice` among `choices`, the others by
 * what the product knows (categories, steps, teams …); ids and keys are texts.
 */
export const conditionFields = {
  'order.subject': { of: 'order', kind: 'text' },
  'order.description': { of: 'order', kind: 'text' },
  'order.product': { of: 'order', kind: 'text' },
  'order.region': { of: 'order', kind: 'text' },
  'order.result': { of: 'order', kind: 'text' },
  'order.rootCause': { of: 'order', kind: 'text' },
  'order.category': { of: 'order', kind: 'category' },
  'order.isComplaint': { of: 'order', kind: 'boolean' },
  'order.priority': { of: 'order', kind: 'choice', choices: ['low', 'normal', 'high', 'urgent'] },
  'order.status': { of: 'order', kind: 'choice', choices: ['open', 'closed', 'cancelled'] },
  'order.flow': { of: 'order', kind: 'flow' },
  'order.step': { of: 'order', kind: 'step' },
  'order.previousStep': { of: 'order', kind: 'step' },
  'order.clock': {
    of: 'order',
    kind: 'choice',
    choices: ['none', 'running', 'warned', 'late', 'paused', 'met', 'missed'],
  },
  'order.department': { of: 'order', kind: 'department' },
  'order.ownerTeam': { of: 'order', kind: 'team' },
  'order.owner': { of: 'order', kind: 'person' },
  'order.recorderTeam': { of: 'order', kind: 'team' },
  'order.recorder': { of: 'order', kind: 'person' },
  'order.reopened': { of: 'order', kind: 'number' },
  'order.rating': { of: 'order', kind: 'number' },
  'order.spentMinutes': { of: 'order', kind: 'number' },
  'order.ageMinutes': { of: 'order', kind: 'number' },
  'order.stepMinutes': { of: 'order', kind: 'number' },
  /** A field of the organisation's own; the condition names it with `key`. */
  'order.custom': { of: 'order', kind: 'custom' },
  'conversation.subject': { of: 'conversation', kind: 'text' },
  'conversation.lastMessage': { of: 'conversation', kind: 'text' },
  'conversation.channel': { of: 'conversation', kind: 'channel' },
  'conversation.status': {
    of: 'conversation',
    kind: 'choice',
    choices: ['open', 'waiting', 'snoozed', 'resolved'],
  },
  'conversation.priority': {
    of: 'conversation',
    kind: 'choice',
    choices: ['low', 'normal', 'high', 'urgent'],
  },
  'conversation.team': { of: 'conversation', kind: 'team' },
  'conversation.assignee': { of: 'conversation', kind: 'person' },
  'conversation.tags': { of: 'conversation', kind: 'tags' },
  'conversation.waitingMinutes': { of: 'conversation', kind: 'number' },
  'conversation.ageMinutes': { of: 'conversation', kind: 'number' },
  'customer.name': { of: 'both', kind: 'text' },
  'customer.company': { of: 'both', kind: 'text' },
  'customer.tier': { of: 'both', kind: 'choice', choices: ['standard', 'silver', 'gold', 'vip'] },
  'customer.tags': { of: 'both', kind: 'tags' },
  'customer.custom': { of: 'both', kind: 'custom' },
  /** Who caused the event; none over time. */
  'event.by': {
    of: 'both',
    kind: 'choice',
    choices: ['person', 'customer', 'system', 'automation'],
  },
  /** What was written, of messages and comments. */
  'event.text': { of: 'both', kind: 'text' },
  /** How the call went, of `order.called`. */
  'event.callResult': {
    of: 'order',
    kind: 'choice',
    choices: ['solved', 'not_solved', 'no_answer', 'busy', 'wrong_number', 'call_later', 'refused'],
  },
} as const satisfies Record<string, ConditionFieldDef>;

type ConditionFieldDef = {
  of: 'order' | 'conversation' | 'both';
  kind: ConditionKind;
  choices?: readonly string[];
};
export type ConditionKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'tags'
  | 'category'
  | 'flow'
  | 'step'
  | 'department'
  | 'team'
  | 'person'
  | 'channel'
  | 'custom';
export type ConditionField = keyof typeof conditionFields;
export const conditionFieldNames = Object.keys(conditionFields) as [
  ConditionField,
  ...ConditionField[],
];

export const conditionOps = [
  'is',
  'is_not',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'starts_with',
  'greater',
  'less',
  'empty',
  'not_empty',
] as const;
export type ConditionOp = (typeof conditionOps)[number];

const chosen: readonly ConditionOp[] = ['is', 'is_not', 'in', 'not_in', 'empty', 'not_empty'];
/** How each kind may be compared: `in` takes a list, `empty` nothing, the others one value. */
export const opsOfKind: Record<ConditionKind, readonly ConditionOp[]> = {
  text: ['contains', 'not_contains', 'is', 'is_not', 'starts_with', 'empty', 'not_empty'],
  number: ['is', 'is_not', 'greater', 'less', 'empty', 'not_empty'],
  boolean: ['is'],
  choice: chosen,
  tags: ['contains', 'not_contains', 'empty', 'not_empty'],
  category: chosen,
  flow: chosen,
  step: chosen,
  department: chosen,
  team: chosen,
  person: chosen,
  channel: chosen,
  custom: [
    'is',
    'is_not',
    'contains',
    'not_contains',
    'starts_with',
    'greater',
    'less',
    'empty',
    'not_empty',
  ],
};

/** Placeholders in texts of actions, as `{{order.number}}`; one that is not known in a place becomes empty. */
export const actionVariables = [
  'order.number',
  'order.subject',
  'order.step',
  'order.due',
  'order.owner',
  'order.result',
  'order.address',
  'order.portal',
  'conversation.number',
  'conversation.subject',
  'conversation.address',
  'customer.name',
  'customer.company',
  'event.text',
  'organisation.name',
] as const;
export type ActionVariable = (typeof actionVariables)[number];
