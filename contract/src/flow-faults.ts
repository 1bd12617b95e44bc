import type { FlowDefinition, FlowStep, NeededField } from './orders/index.ts';
import type { Fault } from './problems.ts';

const OWN = 'fields.';
const fault = (path: string, kind: string): Fault => ({ path, kind });

function repeated(keys: readonly string[]): number[] {
  return keys.flatMap((key, index) => (keys.indexOf(key) < index ? [index] : []));
}

function clockFaults({ clock }: FlowStep, path: string): Fault[] {
  if (!clock) return [];
  return clock.warnings.flatMap(({ minutes }, index) =>
    minutes >= clock.minutes || minutes === 0
      ? [fault(`${path}.clock.warnings.${index}`, 'warning_too_early')]
      : [],
  );
}

const ownerFaults = ({ owner }: FlowStep, path: string): Fault[] =>
  owner ? [] : [fault(`${path}.owner`, 'owner_missing')];

function approvalFaults({ approval, moves }: FlowStep, path: string): Fault[] {
  const faults = approval ? [] : [fault(`${path}.approval`, 'approvers_missing')];
  const keys = new Set(moves.map(({ key }) => key));
  if (keys.has('approved') && keys.has('refused')) return faults;
  return [...faults, fault(`${path}.moves`, 'approval_moves_missing')];
}

function callbackFaults(step: FlowStep, path: string): Fault[] {
  const effects = new Set(step.moves.map(({ effect }) => effect));
  const faults = ownerFaults(step, path);
  if (effects.has('solved') && effects.has('not_solved')) return faults;
  return [...faults, fault(`${path}.moves`, 'callback_moves_missing')];
}

function kindFaults(step: FlowStep, path: string): Fault[] {
  switch (step.kind) {
    case 'end':
      return step.moves.length > 0 || step.clock ? [fault(path, 'end_goes_on')] : [];
    case 'approval':
      return approvalFaults(step, path);
    case 'callback':
      return callbackFaults(step, path);
    case 'work':
      return ownerFaults(step, path);
  }
}

function stepFaults(step: FlowStep, keys: ReadonlySet<string>, path: string): Fault[] {
  const twice = repeated(step.moves.map(({ key }) => key));
  return [
    ...kindFaults(step, path),
    ...clockFaults(step, path),
    ...twice.map((index) => fault(`${path}.moves.${index}.key`, 'key_twice')),
    ...step.moves.flatMap(({ to }, index) =>
      keys.has(to) ? [] : [fault(`${path}.moves.${index}.to`, 'step_unknown')],
    ),
  ];
}

/** Steps from which (or, backwards, to which) a way leads from these. */
function reachable(from: Iterable<string>, next: (key: string) => string[]): Set<string> {
  const seen = new Set(from);
  const open = [...seen];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const other of next(key)) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return seen;
}

function wayFaults({ steps, start }: FlowDefinition): Fault[] {
  const onward = (key: string) =>
    steps.find((step) => step.key === key)?.moves.map(({ to }) => to) ?? [];
  const backward = (key: string) =>
    steps.filter(({ moves }) => moves.some(({ to }) => to === key)).map((step) => step.key);
  const ends = steps.filter(({ kind }) => kind === 'end').map(({ key }) => key);
  const reached = reachable([start], onward);
  const closing = reachable(ends, backward);
  return steps.flatMap(({ key }, index) => [
    ...(reached.has(key) ? [] : [fault(`steps.${index}`, 'step_unreachable')]),
    ...(closing.has(key) ? [] : [fault(`steps.${index}`, 'no_way_out')]),
  ]);
}

/** Own fields of the form that a move needs and that the form does not have. */
function ownFieldFaults({ moves }: FlowStep, path: string, ownFields: readonly string[]): Fault[] {
  return moves.flatMap(({ needs }, move) => {
    const unknown = needs.filter((need) => !isKnownField(need, ownFields));
    return unknown.length === 0 ? [] : [fault(`${path}.moves.${move}.needs`, 'field_unknown')];
  });
}

/** The key of an own field that a move needs; null for a field that every form has. */
export const ownFieldOf = (need: NeededField): string | null =>
  need.startsWith(OWN) ? need.slice(OWN.length) : null;

function isKnownField(need: NeededField, ownFields: readonly string[]): boolean {
  const key = ownFieldOf(need);
  return key === null || ownFields.includes(key);
}

/**
 * What is wrong with a flow; empty when orders may go by it: each can be closed from wherever it is. `ownFields`: keys of
 * the fields that the organisation added to the form.
 */
export function flowFaults(definition: FlowDefinition, ownFields: readonly string[] = []): Fault[] {
  const { steps, start } = definition;
  const keys = new Set(steps.map(({ key }) => key));
  const first = steps.find(({ key }) => key === start);
  const faults = [
    ...repeated(steps.map(({ key }) => key)).map((index) =>
      fault(`steps.${index}.key`, 'key_twice'),
    ),
    ...steps.flatMap((step, index) => [
      ...stepFaults(step, keys, `steps.${index}`),
      ...ownFieldFaults(step, `steps.${index}`, ownFields),
    ]),
  ];
  if (first?.kind !== 'work') faults.push(fault('start', 'step_unknown'));
  if (!steps.some(({ kind }) => kind === 'end')) faults.push(fault('steps', 'end_missing'));
  return faults.length > 0 ? faults : wayFaults(definition);
}
