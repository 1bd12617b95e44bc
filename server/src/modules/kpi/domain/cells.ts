import type { Cell, Counts, KpiSettings, StandardKey } from '@yingda/contract';
import { valueOf } from './definitions.ts';
import type { Sums } from './sums.ts';

/** The counts that stand beside the standards. Of an agent: the contacts the agent had a part in. */
export function countsOf(sums: Sums): Counts {
  const { answered = 0, abandoned = 0, blocked = 0, selfServed = 0, open = 0, handled = 0 } = sums;
  const isOfAgent = sums.abandoned === undefined;
  return {
    contacts: isOfAgent ? handled : answered + abandoned + blocked + selfServed + open,
    answered,
    abandoned,
    blocked,
    selfServed,
    handled,
    withinServiceLevel: sums.withinServiceLevel ?? 0,
  };
}

/** Values of standards over sums. */
export function cellOf(sums: Sums, standards: readonly StandardKey[], settings: KpiSettings): Cell {
  return {
    counts: countsOf(sums),
    values: Object.fromEntries(standards.map((key) => [key, valueOf(key, sums, settings)])),
  };
}
