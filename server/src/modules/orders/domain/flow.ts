import { ownFieldOf } from '@yingda/contract';
import type {
  FlowDefinition,
  FlowMove,
  FlowStep,
  Mover,
  NeededField,
  OrderField,
  OrderForm,
  Wording,
} from '@yingda/contract';

/** One version of a flow, as orders go by it. */
export type Flow = {
  id: string;
  key: string;
  version: number;
  name: Wording;
  definition: FlowDefinition;
};

/** Who acts, as a flow sees them. */
export type Party =
  | {
      kind: 'person';
      userId: string;
      /** Teams whose inbox the person shares: their own, and that of their departments. */
      inboxTeams: ReadonlySet<string>;
      /** Teams whose orders the person manages. */
      manages: 'all' | ReadonlySet<string>;
    }
  | { kind: 'system' };

/** In whose hands an order is. */
export type Holding = {
  ownerId: string | null;
  ownerTeamId: string | null;
  recorderId: string | null;
  recorderTeamId: string | null;
};

/** A step by its key. Throws when the definition has none: the caller named it from a checked definition. */
export function stepOf(definition: FlowDefinition, key: string): FlowStep {
  const step = definition.steps.find((one) => one.key === key);
  if (!step) throw new Error(`the flow has no step ${key}`);
  return step;
}

const everyRole: ReadonlySet<Mover> = new Set(['owner', 'recorder', 'lead', 'manager']);

/**
 * As what this party may act on an order. Who manages a team's orders stands in for everybody in it; who manages those
 * of all teams, for everybody.
 */
export function rolesOf(party: Party, holding: Holding): ReadonlySet<Mover> {
  if (party.kind === 'system' || party.manages === 'all') return everyRole;
  const { userId, inboxTeams, manages } = party;
  const { ownerId, ownerTeamId, recorderId, recorderTeamId } = holding;
  const roles = new Set<Mover>();
  const has = (teams: ReadonlySet<string>, id: string | null) => id !== null && teams.has(id);
  if (has(manages, ownerTeamId)) roles.add('lead').add('owner');
  if (ownerId === userId || (ownerId === null && has(inboxTeams, ownerTeamId))) roles.add('owner');
  if (recorderId === userId || has(inboxTeams, recorderTeamId) || has(manages, recorderTeamId)) {
    roles.add('recorder');
  }
  return roles;
}

/** The moves that somebody in these roles may make by hand. An approval is decided by votes alone. */
export function movesFor(step: FlowStep, roles: ReadonlySet<Mover>): FlowMove[] {
  if (step.kind === 'approval' || step.kind === 'end') return [];
  return step.moves.filter(({ who }) => who.some((mover) => roles.has(mover)));
}

/** What is known of an order beside its texts. */
export type FormFacts = {
  customerId: string | null;
  customerName: string;
  departmentId: string | null;
  /** Keys of the fields that the organisation's form has now: one taken away since is asked for no more. */
  ownFields: readonly string[];
};

function isOwnFilled(key: string, form: Partial<OrderForm>, { ownFields }: FormFacts): boolean {
  if (!ownFields.includes(key)) return true;
  const value = form.fields?.[key];
  return value !== undefined && value !== null && String(value).trim() !== '';
}

const isOwn = (field: NeededField): field is Exclude<NeededField, OrderField> =>
  ownFieldOf(field) !== null;

function isFilled(field: NeededField, form: Partial<OrderForm>, facts: FormFacts): boolean {
  if (isOwn(field)) return isOwnFilled(ownFieldOf(field) ?? '', form, facts);
  switch (field) {
    case 'category':
      return true;
    case 'customer':
      return facts.customerId !== null || facts.customerName.trim() !== '';
    case 'department':
      return facts.departmentId !== null;
    case 'phones':
      return (form.phones ?? []).length > 0;
    default:
      return (form[field] ?? '').trim() !== '';
  }
}

/** Whether what a move needs is to be looked up among the organisation's own fields. */
export const needsOwnFields = (moves: readonly FlowMove[]): boolean =>
  moves.some(({ needs }) => needs.some((need) => ownFieldOf(need) !== null));

/** Fields of these that are still empty, in their order. */
export function missingFields(
  needs: readonly NeededField[],
  form: Partial<OrderForm>,
  facts: FormFacts,
): NeededField[] {
  return needs.filter((field) => !isFilled(field, form, facts));
}

/** What of a stay is done and what is not. */
export type Doings = {
  checks: readonly boolean[];
  /** Sub-tasks that were begun during this stay. */
  tasks: readonly { title: string; isDone: boolean }[];
};

/** What is to be done before this move: lines of the checklist, then sub-tasks; nothing where the step does not wait. */
export function undoneBefore(
  step: FlowStep,
  move: Pick<FlowMove, 'effect'>,
  { checks, tasks }: Doings,
): string[] {
  if (!step.doneFirst || move.effect === 'cancelled') return [];
  return [
    ...step.checklist.filter((_, place) => checks[place] !== true),
    ...tasks.filter(({ isDone }) => !isDone).map(({ title }) => title),
  ];
}
