import type { FlowDefinition } from '@yingda/contract';
import { flowFaults } from '@yingda/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween } from './compare.ts';
import { minutesOf, splitMinutes, units } from './duration.ts';
import {
  addMove,
  addStep,
  changeKind,
  changeMove,
  changeStep,
  keyOfName,
  rekeyStep,
  removeMove,
  removeStep,
  shiftMove,
  shiftStep,
} from './edit.ts';
import type { StepKind } from './edit.ts';
import { faultsAt, faultsIn, gapsOf, placeOf } from './faults.ts';
import { changed, historyOf, redone, undone } from './history.ts';
import { arranged, box } from './layout.ts';
import { pathOf, routesOf } from './routes.ts';
import type { Box, Point } from './routes.ts';

const words = (text: string) => ({ 'zh-CN': text, en: text });

/** Intake → work (and back) → callback → end. */
function sample(): FlowDefinition {
  let flow: FlowDefinition = { steps: [], start: 'intake' };
  for (const kind of ['work', 'work', 'callback', 'end'] as StepKind[]) {
    flow = addStep(flow, { kind, name: words(kind) }).definition;
  }
  flow = rekeyStep(flow, 'work', 'intake');
  const moves = [
    ['intake', 'work_2', 'none'],
    ['work_2', 'callback', 'answered'],
    ['work_2', 'intake', 'none'],
    ['callback', 'end', 'solved'],
    ['callback', 'intake', 'not_solved'],
  ] as const;
  for (const [from, to, effect] of moves) {
    flow = addMove(flow, from, { to, effect, name: words(`${from} ${to}`) }).definition;
  }
  return flow;
}

describe('drawing a flow', () => {
  test('a flow put together step by step is sound', () => {
    expect(flowFaults(sample())).toEqual([]);
    expect(gapsOf({ name: words('Sample'), definition: sample() })).toEqual([]);
  });

  test('a step that is taken out takes the moves to it with it, and the start passes on', () => {
    const left = removeStep(sample(), 'intake');
    expect(left.start).toBe('work_2');
    expect(left.steps.flatMap(({ moves }) => moves.map(({ to }) => to))).toEqual([
      'callback',
      'end',
    ]);
  });

  test('moves follow a step that gets another key', () => {
    const flow = rekeyStep(sample(), 'callback', 'confirm');
    expect(flowFaults(flow)).toEqual([]);
    expect(flow.steps.map(({ key }) => key)).toContain('confirm');
  });

  test('an end keeps neither moves nor deadline', () => {
    const clock = { minutes: 60, calendar: 'owner', warnings: [], escalations: [], chase: false };
    const timed = changeStep(sample(), 'callback', { clock: { ...clock, calendar: 'owner' } });
    const step = changeKind(timed, 'callback', 'end').steps[2];
    expect(step).toMatchObject({ kind: 'end', moves: [], clock: null, owner: null });
  });

  test('an approval asks somebody, and a step of work has an owner again', () => {
    const approval = changeKind(sample(), 'work_2', 'approval');
    expect(approval.steps[1]).toMatchObject({ owner: null, approval: { mode: 'one' } });
    const work = changeKind(approval, 'work_2', 'work');
    expect(work.steps[1]).toMatchObject({ owner: { rule: 'recorder' }, approval: null });
  });

  test('moves are added with keys of their own, changed, shifted and taken away', () => {
    const { definition, at } = addMove(sample(), 'work_2', { to: 'callback' });
    expect(definition.steps[1]?.moves.map(({ key }) => key)).toEqual([
      'to_callback',
      'to_intake',
      'to_callback_2',
    ]);
    const first = shiftMove(definition, { step: 'work_2', move: at }, -1);
    expect(first.steps[1]?.moves[1]?.key).toBe('to_callback_2');
    const renamed = changeMove(first, { step: 'work_2', move: 1 }, { name: words('Again') });
    expect(renamed.steps[1]?.moves[1]?.name.en).toBe('Again');
    expect(removeMove(renamed, { step: 'work_2', move: 1 })).toEqual(sample());
  });

  test('steps change places, and stay where there is no further place', () => {
    expect(shiftStep(sample(), 'callback', -1).steps[1]?.key).toBe('callback');
    expect(shiftStep(sample(), 'intake', -1)).toEqual(sample());
  });

  test('a name becomes a key that the contract takes', () => {
    expect(keyOfName('Ask the lab')).toBe('ask_the_lab');
    expect(keyOfName('2. Check!')).toBe('check');
    expect(keyOfName('处理')).toBeNull();
    fc.assert(
      fc.property(fc.string(), (name) => {
        const key = keyOfName(name);
        return key === null || /^[a-z][a-z0-9_]{0,39}$/.test(key);
      }),
    );
  });
});

describe('faults', () => {
  test('what is empty or unchosen is named at its place', () => {
    let flow = changeStep(sample(), 'work_2', { owner: { rule: 'team', teamId: '' } });
    flow = changeMove(flow, { step: 'callback', move: 1 }, { name: words(' ') });
    const paths = gapsOf({ name: words(''), definition: flow }).map(({ path }) => path);
    expect(paths).toEqual(['name', 'steps.1.owner', 'steps.2.moves.1.name']);
  });

  test('a fault is shown at its step and at its move', () => {
    const flow = changeMove(sample(), { step: 'callback', move: 1 }, { effect: 'none' });
    const faults = faultsIn({ name: words('Sample'), definition: flow }, []);
    expect(faults).toEqual([{ path: 'steps.2.moves', kind: 'callback_moves_missing' }]);
    expect(placeOf('steps.2.moves.1.to')).toEqual({ step: 2, move: 1 });
    expect(placeOf('start')).toEqual({ step: null, move: null });
    expect(faultsAt(faults, 'steps.2')).toHaveLength(1);
    expect(faultsAt(faults, 'steps.20')).toHaveLength(0);
  });
});

describe('undo', () => {
  test('goes back and forth; typing in one field is one deed', () => {
    let history = historyOf('');
    for (const text of ['a', 'ab', 'abc']) history = changed(history, text, 'name');
    history = changed(history, 'other', 'step');
    expect(undone(history).present).toBe('abc');
    expect(undone(undone(history)).present).toBe('');
    expect(redone(undone(history))).toMatchObject({ present: 'other', future: [] });
    expect(changed(undone(history), 'new').future).toEqual([]);
  });
});

describe('durations', () => {
  test('are said in the greatest unit that fits', () => {
    expect(splitMinutes(960, 'owner')).toEqual({ amount: 2, unit: 'day' });
    expect(splitMinutes(960, 'flat')).toEqual({ amount: 16, unit: 'hour' });
    expect(splitMinutes(90, 'owner')).toEqual({ amount: 90, unit: 'minute' });
    expect(splitMinutes(0, 'owner')).toEqual({ amount: 0, unit: 'minute' });
    expect(units.map((unit) => minutesOf(unit, 'flat'))).toEqual([1, 60, 1440]);
  });
});

describe('what changes', () => {
  const saying = {
    name: ({ key }: { key: string }) => key,
    facts: ({ name, moves }: FlowDefinition['steps'][number]) => [
      { key: 'name', label: 'Name', text: name.en },
      ...moves.map(({ key, to }) => ({ key: `move ${key}`, label: key, text: to })),
    ],
  };

  test('nothing between equal versions', () => {
    expect(changesBetween(sample(), sample(), saying)).toEqual([]);
  });

  test('steps that came, went and changed, with what was and what is', () => {
    let after = removeMove(sample(), { step: 'work_2', move: 1 });
    after = changeStep(after, 'intake', { name: words('Desk') });
    after = removeStep(addStep(after, { kind: 'work', name: words('Lab') }).definition, 'end');
    const changes = changesBetween(sample(), after, saying);
    expect(changes.map(({ key, kind }) => `${key} ${kind}`)).toEqual([
      'intake changed',
      'work_2 changed',
      'callback changed',
      'work added',
      'end removed',
    ]);
    expect(changes[0]?.facts).toEqual([
      { key: 'name', label: 'Name', before: 'work', after: 'Desk' },
    ]);
    expect(changes[1]?.facts[0]).toMatchObject({ before: 'intake', after: null });
  });
});

const label = { width: 90, height: 22 };
const boxesOf = ({ steps }: FlowDefinition): Map<string, Box> =>
  new Map(steps.map(({ key, x, y }) => [key, { x, y, ...box }]));
const waysOf = ({ steps }: FlowDefinition) =>
  steps.flatMap(({ key, moves }) =>
    moves.map((move) => ({ id: `${key} ${move.key}`, from: key, to: move.to, label })),
  );

function isThrough([a, b]: [Point, Point], { x, y, width, height }: Box): boolean {
  const between = (from: number, to: number, low: number, high: number) =>
    Math.max(from, to) > low + 1 && Math.min(from, to) < high - 1;
  return between(a.x, b.x, x, x + width) && between(a.y, b.y, y, y + height);
}

describe('lines', () => {
  test('of an arranged flow go through no step and are right-angled', () => {
    const flow = arranged(sample());
    const routes = routesOf(boxesOf(flow), waysOf(flow));
    expect(routes.size).toBe(5);
    for (const { points } of routes.values()) {
      for (const [at, point] of points.slice(1).entries()) {
        const before = points[at] ?? point;
        expect(before.x === point.x || before.y === point.y).toBe(true);
        const hit = [...boxesOf(flow).values()].filter((one) => isThrough([before, point], one));
        expect(hit).toEqual([]);
      }
    }
  });

  test('straight below is a straight line', () => {
    const flow = arranged(sample());
    const route = routesOf(boxesOf(flow), waysOf(flow)).get('intake to_work_2');
    expect(route?.points.every(({ x }) => x === route.points[0]?.x)).toBe(true);
  });

  test('are found for any places of the steps', () => {
    const place = fc.record({
      x: fc.integer({ min: -900, max: 900 }),
      y: fc.integer({ min: -900, max: 900 }),
    });
    fc.assert(
      fc.property(fc.array(place, { minLength: 4, maxLength: 4 }), (places) => {
        const flow = sample();
        const steps = flow.steps.map((step, at) => ({ ...step, ...places[at] }));
        const routes = routesOf(boxesOf({ ...flow, steps }), waysOf(flow));
        return [...routes.values()].every(({ points }) => points.length > 1);
      }),
      { numRuns: 50 },
    );
  });

  test('become a path with rounded corners', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 40 },
      { x: 50, y: 40 },
    ];
    expect(pathOf(points)).toBe('M 0 0 L 0 30 Q 0 40 10 40 L 50 40');
  });
});

describe('arranging', () => {
  test('puts every step below those that lead on to it, without two in one place', () => {
    const { steps } = arranged(sample());
    expect(steps.map(({ y }) => y / 150)).toEqual([0, 1, 2, 3]);
    expect(new Set(steps.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
  });
});
