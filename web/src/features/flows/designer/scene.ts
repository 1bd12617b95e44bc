import type { Fault, FlowStep } from '@yingda/contract';
import { createContext, use } from 'react';
import type { Chosen } from '../model/edit.ts';
import type { Words } from '../parts/use-words.ts';
import type { DraftState } from './use-draft.ts';

/** What every part of the designer works on. */
export interface DesignerScene extends Pick<DraftState, 'draft' | 'change' | 'rename'> {
  chosen: Chosen | null;
  choose: (chosen: Chosen | null) => void;
  faults: readonly Fault[];
  words: Words;
  /** Steps that the published version does not have, or has otherwise. */
  marks: ReadonlyMap<string, 'added' | 'changed'>;
  /** Keys that orders or other systems know already. */
  settledKeys: ReadonlySet<string>;
  mayChange: boolean;
}

const Scene = createContext<DesignerScene | null>(null);
export const SceneProvider = Scene;

export function useScene(): DesignerScene {
  const scene = use(Scene);
  if (!scene) throw new Error('outside of the designer');
  return scene;
}

/** The step of a key with its place, as faults name it. */
export function useStep(key: string): { step: FlowStep; at: number } | null {
  const { steps } = useScene().draft.definition;
  const at = steps.findIndex((one) => one.key === key);
  const step = steps[at];
  return step ? { step, at } : null;
}
