import { BaseEdge, EdgeLabelRenderer } from '@xyflow/react';
import type { Edge, EdgeProps } from '@xyflow/react';
import type { FlowMove } from '@yingda/contract';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { pathOf } from '../model/routes.ts';
import type { Route } from '../model/routes.ts';
import { useScene } from './scene.ts';

export type DrawnMove = Edge<
  {
    route: Route;
    name: string;
    colour: string;
    effect: FlowMove['effect'];
    /** It leads from what is chosen. */
    isNear: boolean;
    step: string;
    move: number;
  },
  'move'
>;

/** A move in the drawing: its line and the label of its button. */
export const MoveEdge = memo(({ data, markerEnd, selected }: EdgeProps<DrawnMove>): ReactNode => {
  const { choose } = useScene();
  if (!data) return null;
  const { route, name, colour, effect, isNear, step, move } = data;
  const { x, y } = route.label;
  return (
    <>
      <BaseEdge
        path={pathOf(route.points)}
        {...(markerEnd === undefined ? {} : { markerEnd })}
        interactionWidth={18}
        style={{
          stroke: colour,
          strokeWidth: selected ? 2.2 : 1.5,
          strokeDasharray: effect === 'cancelled' ? '5 4' : undefined,
        }}
      />
      <EdgeLabelRenderer>
        {/* The list beside the drawing has the same for the keyboard. */}
        <button
          type="button"
          tabIndex={-1}
          className={`yd-flow-label nodrag nopan is-${effect} ${selected ? 'is-chosen' : ''}`}
          style={{
            transform: `translate(-50%, -50%) translate(${x}px, ${y}px)`,
            zIndex: isNear ? 11 : 1,
          }}
          onClick={() => choose({ step, move })}
        >
          {name}
        </button>
      </EdgeLabelRenderer>
    </>
  );
});
MoveEdge.displayName = 'MoveEdge';
