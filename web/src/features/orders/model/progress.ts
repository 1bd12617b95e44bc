import type { FlowDefinition, FlowStep, OrderView, StepVisit, Wording } from '@yingda/contract';

export type ProgressItem =
  | { kind: 'visit'; id: string; name: Wording; visit: StepVisit; isCurrent: boolean }
  | { kind: 'to_come'; id: string; name: Wording; step: FlowStep };

/** The way on: the first move that neither gives up nor leads back. */
function onward(
  definition: FlowDefinition,
  from: string,
  seen: ReadonlySet<string>,
): FlowStep | undefined {
  const step = definition.steps.find(({ key }) => key === from);
  const next = step?.moves.find(
    ({ effect, to }) => effect !== 'cancelled' && effect !== 'not_solved' && !seen.has(to),
  );
  return definition.steps.find(({ key }) => key === next?.to);
}

/** Steps that most likely follow, by the first way on of each, up to the end. */
export function stepsToCome(definition: FlowDefinition, from: string): FlowStep[] {
  const seen = new Set([from]);
  const steps: FlowStep[] = [];
  let step = onward(definition, from, seen);
  while (step) {
    seen.add(step.key);
    steps.push(step);
    step = onward(definition, step.key, seen);
  }
  return steps;
}

/** Where the order has been, where it is, and what most likely follows. */
export function progressOf(
  order: Pick<OrderView, 'visits' | 'definition' | 'stepKey' | 'status'>,
): ProgressItem[] {
  const visits = order.visits.map((visit): ProgressItem => {
    const isCurrent = visit.leftAt === null;
    return { kind: 'visit', id: visit.id, name: visit.stepName, visit, isCurrent };
  });
  if (order.status !== 'open') return visits;
  const ahead = stepsToCome(order.definition, order.stepKey).map((step): ProgressItem => ({
    kind: 'to_come',
    id: step.key,
    name: step.name,
    step,
  }));
  return [...visits, ...ahead];
}
