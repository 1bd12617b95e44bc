import type { Fault, FlowDefinition, FlowStep, Wording } from '@yingda/contract';
import { flowFaults, ownFieldOf } from '@yingda/contract';
import type { Draft } from './edit.ts';

const required = (path: string): Fault => ({ path, kind: 'required' });
const isBlank = (wording: Wording): boolean =>
  wording['zh-CN'].trim() === '' || wording.en.trim() === '';

/** Somebody or some team was to be chosen and is not. */
function isUnchosen(rule: FlowStep['owner'] | { rule: 'department_lead' }): boolean {
  if (rule?.rule === 'team') return rule.teamId === '';
  return rule?.rule === 'person' && rule.userId === '';
}

function stepGaps(step: FlowStep, path: string): Fault[] {
  const { name, customerName, owner, moves, approval, checklist, tasks } = step;
  return [
    ...(isBlank(name) ? [required(`${path}.name`)] : []),
    ...(customerName && isBlank(customerName) ? [required(`${path}.customerName`)] : []),
    ...(isUnchosen(owner) ? [required(`${path}.owner`)] : []),
    ...(approval?.approvers ?? []).flatMap((approver, at) =>
      isUnchosen(approver) ? [required(`${path}.approval.approvers.${at}`)] : [],
    ),
    ...moves.flatMap((move, at) => [
      ...(isBlank(move.name) ? [required(`${path}.moves.${at}.name`)] : []),
      ...(move.who.length === 0 ? [required(`${path}.moves.${at}.who`)] : []),
    ]),
    ...checklist.flatMap((line, at) =>
      line.trim() === '' ? [required(`${path}.checklist.${at}`)] : [],
    ),
    ...tasks.flatMap((task, at) =>
      task.title.trim() === '' || isUnchosen(task.owner) ? [required(`${path}.tasks.${at}`)] : [],
    ),
    ...[...(step.clock?.warnings ?? []), ...(step.clock?.escalations ?? [])].flatMap(({ to }) =>
      to.length === 0 ? [required(`${path}.clock`)] : [],
    ),
  ];
}

/** What is not filled in yet: a draft cannot be kept so. */
export function gapsOf({ name, definition }: Draft): Fault[] {
  return [
    ...(isBlank(name) ? [required('name')] : []),
    ...definition.steps.flatMap((step, at) => stepGaps(step, `steps.${at}`)),
  ];
}

/** Everything that keeps a draft from being published. `ownFields`: keys of the fields that the form has beside the usual ones. */
export const faultsIn = (draft: Draft, ownFields: readonly string[]): Fault[] => [
  ...gapsOf(draft),
  ...flowFaults(draft.definition, ownFields),
];

/** Where a fault is: the place of its step and of its move; null: in the flow as a whole. */
export function placeOf(path: string): { step: number | null; move: number | null } {
  const [, step, move] = /^steps\.(\d+)(?:\.moves\.(\d+))?/.exec(path) ?? [];
  return {
    step: step === undefined ? null : Number(step),
    move: move === undefined ? null : Number(move),
  };
}

/** Faults at or below a path. */
export const faultsAt = (faults: readonly Fault[], path: string): Fault[] =>
  faults.filter((fault) => fault.path === path || fault.path.startsWith(`${path}.`));

/** Keys of the own fields that the moves of a flow need. */
export const neededOwnFields = ({ steps }: FlowDefinition): string[] =>
  steps.flatMap(({ moves }) =>
    moves.flatMap(({ needs }) => needs.flatMap((need) => ownFieldOf(need) ?? [])),
  );
