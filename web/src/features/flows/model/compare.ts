import type { FlowDefinition, FlowStep } from '@yingda/contract';

/** One thing that is said of a step: `limit` → "2 working days"; moves by their keys. */
export interface Fact {
  key: string;
  label: string;
  text: string;
}
export interface FactChange {
  key: string;
  label: string;
  /** Null: it was not there. */
  before: string | null;
  after: string | null;
}
export interface StepChange {
  key: string;
  kind: 'added' | 'removed' | 'changed';
  name: string;
  facts: FactChange[];
}

function compareFacts(before: readonly Fact[], after: readonly Fact[]): FactChange[] {
  const was = new Map(before.map((fact) => [fact.key, fact]));
  const is = new Map(after.map((fact) => [fact.key, fact]));
  const keys = [...new Set([...is.keys(), ...was.keys()])];
  return keys.flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)];
    if (old?.text === now?.text) return [];
    const label = now?.label ?? old?.label ?? key;
    return [{ key, label, before: old?.text ?? null, after: now?.text ?? null }];
  });
}

export interface Saying {
  name: (step: FlowStep) => string;
  /** Everything that is said of a step of this flow, as people read it. */
  facts: (step: FlowStep, definition: FlowDefinition) => Fact[];
}

/** What another version changes, step by step in the order of the new one; steps are told apart by their keys. */
export function changesBetween(
  before: FlowDefinition,
  after: FlowDefinition,
  { name, facts }: Saying,
): StepChange[] {
  const was = new Map(before.steps.map((step) => [step.key, step]));
  const stays = new Set(after.steps.map(({ key }) => key));
  const kept = after.steps.flatMap((step): StepChange[] => {
    const old = was.get(step.key);
    const now = facts(step, after);
    if (!old) {
      return [{ key: step.key, kind: 'added', name: name(step), facts: compareFacts([], now) }];
    }
    const changes = compareFacts(facts(old, before), now);
    return changes.length === 0
      ? []
      : [{ key: step.key, kind: 'changed', name: name(step), facts: changes }];
  });
  const gone = before.steps
    .filter(({ key }) => !stays.has(key))
    .map((step): StepChange => ({ key: step.key, kind: 'removed', name: name(step), facts: [] }));
  return [...kept, ...gone];
}
