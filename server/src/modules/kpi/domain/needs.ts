import type { KpiSettings, StandardKey } from '@yingda/contract';
import { standardOf } from './definitions.ts';
import type { Sums } from './sums.ts';

export type Need = keyof Sums;

/** Names of the sums a standard is computed from under these settings: those its definition looks at. */
export function needsOf(key: StandardKey, settings: KpiSettings): Need[] {
  const seen = new Set<Need>();
  const spy = new Proxy({} as Sums, {
    get(_target, name) {
      seen.add(name as Need);
      return 1;
    },
  });
  standardOf(key).parts(spy, settings);
  return [...seen];
}

/** Sums of which counts are made, so that no percentage comes without its base. */
export const countNeeds: readonly Need[] = [
  'answered',
  'abandoned',
  'blocked',
  'selfServed',
  'open',
  'handled',
  'withinServiceLevel',
];
