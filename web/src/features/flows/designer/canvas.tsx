import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  MarkerType,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react';
import type { Connection, Node, NodeChange } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useScheme } from '../../../ui/theme.tsx';
import { addMove, changeStep } from '../model/edit.ts';
import { boxOf } from '../model/layout.ts';
import { routesOf } from '../model/routes.ts';
import type { Way } from '../model/routes.ts';
import { CanvasTools } from './canvas-tools.tsx';
import { MoveEdge } from './move-edge.tsx';
import type { DrawnMove } from './move-edge.tsx';
import { useScene } from './scene.ts';
import { StepNode } from './step-node.tsx';
import type { DrawnStep } from './step-node.tsx';
import './canvas.css';

const nodeTypes = { step: StepNode };
const edgeTypes = { move: MoveEdge };
const fitting = { padding: 0.12, maxZoom: 1 };
const grid: [number, number] = [10, 10];

/** Room of a text in the drawing; a Chinese character is about twice as wide as a letter. */
function roomOf(text: string): Way['label'] {
  const wide = [...text].filter((letter) => letter > '\u2e7f').length;
  return { width: Math.min(210, wide * 12 + (text.length - wide) * 6.6 + 18), height: 24 };
}

const idOf = (step: string, move: number): string => `${step} ${move}`;

const colours = {
  none: 'var(--yd-flow-line)',
  answered: 'var(--yd-flow-line)',
  solved: 'var(--yd-green)',
  not_solved: 'var(--yd-amber)',
  cancelled: 'var(--yd-text-faint)',
} as const;

function useNodes(): DrawnStep[] {
  const { draft, chosen } = useScene();
  const { steps } = draft.definition;
  return useMemo(
    () =>
      steps.map((step) => {
        const { x, y, width, height } = boxOf(step);
        return {
          id: step.key,
          type: 'step' as const,
          position: { x, y },
          width,
          height,
          selected: chosen?.step === step.key && chosen.move === undefined,
          data: { key: step.key },
        };
      }),
    [steps, chosen],
  );
}

function useEdges(): DrawnMove[] {
  const { t } = useTranslation('flows');
  const { draft, chosen, words } = useScene();
  const { definition } = draft;
  const routes = useMemo(() => {
    const boxes = new Map(definition.steps.map((step) => [step.key, boxOf(step)]));
    const ways = definition.steps.flatMap(({ key, moves }) =>
      moves.map((move, at): Way => {
        const label = roomOf(words.move(move));
        return { id: idOf(key, at), from: key, to: move.to, label };
      }),
    );
    return routesOf(boxes, ways);
  }, [definition, words]);
  return useMemo(
    () =>
      definition.steps.flatMap(({ key, moves }) =>
        moves.flatMap((move, at): DrawnMove[] => {
          const route = routes.get(idOf(key, at));
          if (!route) return [];
          const isChosen = chosen?.step === key && chosen.move === at;
          const isNear = isChosen || (chosen?.step === key && chosen.move === undefined);
          const colour = isChosen ? 'var(--yd-accent)' : colours[move.effect];
          const name = words.move(move);
          return [
            {
              id: idOf(key, at),
              type: 'move',
              source: key,
              target: move.to,
              selected: isChosen,
              zIndex: isNear ? 10 : 0,
              markerEnd: { type: MarkerType.ArrowClosed, color: colour, width: 16, height: 16 },
              ariaLabel: t('canvas.moveLabel', {
                name,
                from: words.step(definition, key),
                to: words.step(definition, move.to),
              }),
              data: { route, name, colour, effect: move.effect, isNear, step: key, move: at },
            },
          ];
        }),
      ),
    [definition, routes, chosen, words, t],
  );
}

/** Dragging and the arrow keys: one drag is one deed for undoing. */
function usePlacing(): { place: (changes: NodeChange<DrawnStep>[]) => void; drop: () => void } {
  const { change, choose, chosen, mayChange } = useScene();
  const drags = useRef(0);
  const place = (changes: NodeChange<DrawnStep>[]): void => {
    for (const one of changes) {
      if (one.type === 'select' && one.selected) choose({ step: one.id });
      if (one.type === 'select' && !one.selected && chosen?.step === one.id) {
        if (chosen.move === undefined) choose(null);
      }
      if (one.type === 'position' && one.position && mayChange) {
        const { x, y } = one.position;
        change((flow) => changeStep(flow, one.id, { x, y }), `place ${drags.current}`);
      }
    }
  };
  const drop = (): void => {
    drags.current += 1;
  };
  return { place, drop };
}

function Drawing(): ReactNode {
  const { t } = useTranslation('flows');
  const { draft, change, choose, mayChange } = useScene();
  const nodes = useNodes();
  const edges = useEdges();
  const { place, drop } = usePlacing();
  const colorMode = useScheme();
  const connect = ({ source, target }: Connection): void => {
    if (source === target) return;
    const added = addMove(draft.definition, source, { to: target });
    change(() => added.definition);
    choose({ step: source, move: added.at });
  };
  return (
    <ReactFlow<DrawnStep, DrawnMove>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      colorMode={colorMode}
      fitView
      fitViewOptions={fitting}
      minZoom={0.25}
      maxZoom={1.6}
      snapToGrid
      snapGrid={grid}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      nodesDraggable={mayChange}
      nodesConnectable={mayChange}
      edgesFocusable={false}
      connectionMode={ConnectionMode.Loose}
      connectionRadius={64}
      onNodesChange={place}
      onNodeDragStop={drop}
      onConnect={connect}
      onNodeClick={(_event, node: Node) => choose({ step: node.id })}
      onEdgeClick={(_event, { data }) => {
        if (data) choose({ step: data.step, move: data.move });
      }}
      onPaneClick={() => choose(null)}
      ariaLabelConfig={{
        'node.a11yDescription.default': t('canvas.stepHint'),
        'node.a11yDescription.keyboardDisabled': t('canvas.stepHint'),
      }}
    >
      <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} />
      <CanvasTools />
    </ReactFlow>
  );
}

/** The drawing of a flow: steps as boxes, moves as lines that go round them. */
export function Canvas(): ReactNode {
  const { t } = useTranslation('flows');
  return (
    <section className="yd-flow-canvas" aria-label={t('canvas.label')}>
      <ReactFlowProvider>
        <Drawing />
      </ReactFlowProvider>
    </section>
  );
}
