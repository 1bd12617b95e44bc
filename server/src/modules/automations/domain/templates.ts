import { actionVariables } from '@yingda/contract';
import type { ActionVariable } from '@yingda/contract';

export type Words = Partial<Record<ActionVariable, string>>;

const PLACE = /\{\{\s*([\w.]+)\s*\}\}/g;
const known = new Set<string>(actionVariables);
const isKnown = (name: string): name is ActionVariable => known.has(name);

/** The text with its placeholders filled; what is not known here becomes empty, what is no placeholder stays. */
export function fill(text: string, words: Words): string {
  return text.replaceAll(PLACE, (whole, name: string) =>
    isKnown(name) ? (words[name] ?? '') : whole,
  );
}

/** Whether anything is to be filled in. */
export const hasPlaces = (texts: string): boolean => texts.includes('{{');

/** Names in braces that nobody knows. */
export const unknownPlaces = (text: string): string[] =>
  [...text.matchAll(PLACE)].map(([, name = '']) => name).filter((name) => !isKnown(name));
