import type { FlowDefinition } from '@yingda/contract';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { boxOf } from '../model/layout.ts';
import { pathOf, routesOf } from '../model/routes.ts';

const rim = 30;
const noRoom = { width: 1, height: 1 };

/** A flow at a glance: boxes and lines without words. */
export function MiniFlow({ definition }: { definition: FlowDefinition }): ReactNode {
  const drawn = useMemo(() => {
    const boxes = new Map(definition.steps.map((step) => [step.key, boxOf(step)]));
    const ways = definition.steps.flatMap(({ key, moves }) =>
      moves.map((move) => ({ id: `${key} ${move.key}`, from: key, to: move.to, label: noRoom })),
    );
    const routes = [...routesOf(boxes, ways).values()];
    const points = [
      ...routes.flatMap((route) => route.points),
      ...[...boxes.values()].flatMap(({ x, y, width, height }) => [
        { x, y },
        { x: x + width, y: y + height },
      ]),
    ];
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const [left, top] = [Math.min(...xs) - rim, Math.min(...ys) - rim];
    const [width, height] = [Math.max(...xs) - left + rim, Math.max(...ys) - top + rim];
    return { routes, view: `${left} ${top} ${width} ${height}` };
  }, [definition]);
  return (
    <svg className="yd-flow-mini" viewBox={drawn.view} aria-hidden focusable="false">
      {drawn.routes.map(({ points }) => (
        <path key={pathOf(points)} d={pathOf(points, 16)} />
      ))}
      {definition.steps.map((step) => {
        const { x, y, width, height } = boxOf(step);
        const isEnd = step.kind === 'end';
        return (
          <rect
            key={step.key}
            className={`is-${step.kind}`}
            x={x}
            y={y}
            width={width}
            height={height}
            rx={isEnd ? height / 2 : 18}
          />
        );
      })}
    </svg>
  );
}
