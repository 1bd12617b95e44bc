import { repeatWindowsDays } from '@yingda/contract';
import type { Contributions } from './contributions.ts';
import { agentSums, contactSums } from './sums.ts';

/** First of the places in the sums that count repeats, one for each window; they stand side by side. */
const contactRepeatPlace: number = contactSums.indexOf('repeat1');
const agentRepeatPlace: number = agentSums.indexOf('repeat1');

function only(sums: readonly number[], place: number): number[] {
  const repeats = sums.map(() => 0);
  for (let at = place; at < place + repeatWindowsDays.length; at += 1) repeats[at] = sums[at] ?? 0;
  return repeats;
}

/** Of what a contact counts for only that another one followed it: what is added once the others are known. */
export function onlyRepeats({ halfHour, day, agentDays }: Contributions): Contributions {
  const waits = { answeredEdge: null, abandonedEdge: null };
  const sums = only(halfHour.sums, contactRepeatPlace);
  return {
    halfHour: { ...halfHour, ...waits, sums },
    day: { ...day, ...waits, sums },
    agentDays: agentDays
      .map((row) => ({ ...row, sums: only(row.sums, agentRepeatPlace) }))
      .filter((row) => row.sums.some((count) => count > 0)),
  };
}
