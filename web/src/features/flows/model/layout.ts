import type { FlowDefinition, FlowStep } from '@yingda/contract';

/** Size of a step in the drawing. */
export const box = { width: 240, height: 88 } as const;
/** The room of a step where it stands; an end says less. */
export const boxOf = ({ x, y, kind }: FlowStep) => ({
  x,
  y,
  width: box.width,
  height: kind === 'end' ? 52 : box.height,
});
const gap = { x: 80, y: 62 } as const;

/** How far each step is from the start, the way orders go forward; what nothing leads to comes last. */
export function depths({ steps, start }: FlowDefinition): Map<string, number> {
  const depth = new Map<string, number>([[start, 0]]);
  const onward = (key: string): string[] =>
    steps.find((step) => step.key === key)?.moves.map(({ to }) => to) ?? [];
  // Deepest way that meets no step twice: a step stands below all that lead to it, but a way back does not pull down.
  const visit = (key: string, way: ReadonlySet<string>): void => {
    const here = (depth.get(key) ?? 0) + 1;
    for (const to of onward(key)) {
      if (way.has(to) || (depth.get(to) ?? -1) >= here) continue;
      depth.set(to, here);
      visit(to, new Set([...way, to]));
    }
  };
  visit(start, new Set([start]));
  const lowest = Math.max(...depth.values());
  for (const { key } of steps) if (!depth.has(key)) depth.set(key, lowest + 1);
  return depth;
}

/** Puts the steps in rows from top to bottom, each under those that lead to it; ends of little weight at the side. */
export function arranged(definition: FlowDefinition): FlowDefinition {
  const depth = depths(definition);
  const column = new Map<string, number>();
  const rows = Map.groupBy(definition.steps, ({ key }) => depth.get(key) ?? 0);
  for (const [, row] of [...rows].toSorted(([a], [b]) => a - b)) {
    // Steps that go on take the middle; ends stand beside them.
    const sorted = row.toSorted((a, b) => Number(a.kind === 'end') - Number(b.kind === 'end'));
    const shift = sorted.filter(({ kind }) => kind !== 'end').length > 1 ? -1 : 0;
    sorted.forEach(({ key }, at) => column.set(key, at + shift));
  }
  return {
    ...definition,
    steps: definition.steps.map((step) => ({
      ...step,
      x: (column.get(step.key) ?? 0) * (box.width + gap.x),
      y: (depth.get(step.key) ?? 0) * (box.height + gap.y),
    })),
  };
}
