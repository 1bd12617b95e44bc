import type { FlowDefinition, FlowMove, FlowStep, Wording } from '@yingda/contract';

/** What is drawn and saved: the flow without its versions. */
export interface Draft {
  name: Wording;
  definition: FlowDefinition;
}

export type StepKind = FlowStep['kind'];
/** What is looked at: a step, or one of its moves. */
export interface Chosen {
  step: string;
  move?: number | undefined;
}

const nothing: Wording = { 'zh-CN': '', en: '' };

/** A key of this stem that none of those taken has: `work`, `work_2`. */
export function freeKey(stem: string, taken: readonly string[]): string {
  if (!taken.includes(stem)) return stem;
  let count = 2;
  while (taken.includes(`${stem}_${count}`)) count++;
  return `${stem}_${count}`;
}

/** A name as a key: `Ask the lab` → `ask_the_lab`; null when too little is left of it. */
export function keyOfName(name: string): string | null {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const key = words
    .join('_')
    .replace(/^[0-9_]+/, '')
    .slice(0, 36);
  return key.length > 1 ? key.replace(/_$/, '') : null;
}

const steps = (definition: FlowDefinition, next: FlowStep[]): FlowDefinition => ({
  ...definition,
  steps: next,
});

export function changeStep(
  definition: FlowDefinition,
  key: string,
  change: Partial<FlowStep>,
): FlowDefinition {
  return steps(
    definition,
    definition.steps.map((step) => (step.key === key ? { ...step, ...change } : step)),
  );
}

/** A move that waits to be named. */
export function newMove(to: string, given: Partial<FlowMove> & { key: string }): FlowMove {
  return { name: nothing, to, who: ['owner'], needs: [], effect: 'none', ...given };
}

/** Adds a step of a kind below the lowest one, or where it is put. */
export function addStep(
  definition: FlowDefinition,
  { kind, name, at }: { kind: StepKind; name: Wording; at?: { x: number; y: number } },
): { definition: FlowDefinition; key: string } {
  const key = freeKey(
    kind,
    definition.steps.map((step) => step.key),
  );
  const lowest = definition.steps.toSorted((a, b) => b.y - a.y)[0];
  const place = at ?? { x: lowest?.x ?? 0, y: (lowest?.y ?? -150) + 150 };
  const step: FlowStep = {
    key,
    kind,
    name,
    customerName: null,
    owner: kind === 'work' || kind === 'callback' ? { rule: 'recorder' } : null,
    clock: null,
    moves: [],
    approval:
      kind === 'approval' ? { mode: 'one', approvers: [{ rule: 'department_lead' }] } : null,
    checklist: [],
    tasks: [],
    doneFirst: false,
    ...place,
  };
  return { definition: steps(definition, [...definition.steps, step]), key };
}

/** What a step of this kind cannot have is taken away. */
export function changeKind(
  definition: FlowDefinition,
  key: string,
  kind: StepKind,
): FlowDefinition {
  const step = definition.steps.find((one) => one.key === key);
  if (!step || step.kind === kind) return definition;
  const hasOwner = kind === 'work' || kind === 'callback';
  return changeStep(definition, key, {
    kind,
    owner: hasOwner ? (step.owner ?? { rule: 'recorder' }) : null,
    approval:
      kind === 'approval'
        ? (step.approval ?? { mode: 'one', approvers: [{ rule: 'department_lead' }] })
        : null,
    ...(kind === 'end'
      ? { moves: [], clock: null, checklist: [], tasks: [], doneFirst: false }
      : {}),
  });
}

/** Takes a step out with every move that leads to it. */
export function removeStep(definition: FlowDefinition, key: string): FlowDefinition {
  const left = definition.steps
    .filter((step) => step.key !== key)
    .map((step) => ({ ...step, moves: step.moves.filter(({ to }) => to !== key) }));
  const start = definition.start === key ? (left[0]?.key ?? '') : definition.start;
  return { steps: left, start };
}

function swapped<T>(items: readonly T[], at: number, by: number): T[] {
  const to = at + by;
  const [moved, other] = [items[at], items[to]];
  if (moved === undefined || other === undefined) return [...items];
  return items.with(at, other).with(to, moved);
}

/** Changes the order of the steps, which boards and progress follow. */
export function shiftStep(definition: FlowDefinition, key: string, by: 1 | -1): FlowDefinition {
  const at = definition.steps.findIndex((step) => step.key === key);
  return steps(definition, swapped(definition.steps, at, by));
}

/** Gives a step another key; moves that lead to it follow. */
export function rekeyStep(definition: FlowDefinition, from: string, to: string): FlowDefinition {
  const over = (key: string): string => (key === from ? to : key);
  return {
    start: over(definition.start),
    steps: definition.steps.map((step) => ({
      ...step,
      key: over(step.key),
      moves: step.moves.map((move) => ({ ...move, to: over(move.to) })),
    })),
  };
}

const movesOf = (definition: FlowDefinition, key: string): FlowMove[] =>
  definition.steps.find((step) => step.key === key)?.moves ?? [];

/** Adds a move between two steps; its place among the moves of the first. */
export function addMove(
  definition: FlowDefinition,
  from: string,
  given: Partial<FlowMove> & { to: string },
): { definition: FlowDefinition; at: number } {
  const moves = movesOf(definition, from);
  const key = freeKey(
    given.key ?? `to_${given.to}`.slice(0, 36),
    moves.map((move) => move.key),
  );
  const { to, ...rest } = given;
  const next = [...moves, newMove(to, { ...rest, key })];
  return { definition: changeStep(definition, from, { moves: next }), at: moves.length };
}

export function changeMove(
  definition: FlowDefinition,
  { step, move }: { step: string; move: number },
  change: Partial<FlowMove>,
): FlowDefinition {
  const moves = movesOf(definition, step).map((one, at) =>
    at === move ? { ...one, ...change } : one,
  );
  return changeStep(definition, step, { moves });
}

export function removeMove(
  definition: FlowDefinition,
  { step, move }: { step: string; move: number },
): FlowDefinition {
  const moves = movesOf(definition, step).filter((_, at) => at !== move);
  return changeStep(definition, step, { moves });
}

export function shiftMove(
  definition: FlowDefinition,
  { step, move }: { step: string; move: number },
  by: 1 | -1,
): FlowDefinition {
  return changeStep(definition, step, { moves: swapped(movesOf(definition, step), move, by) });
}
