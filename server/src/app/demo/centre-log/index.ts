/** The log of a customer service centre that is not there, as alike as possible to that of one that is. */
import { DAY, startOfDay } from './calendar.ts';
import type { LogPlan } from './simulation.ts';
import { staffedCentre } from './staffing.ts';

export type { CentreSpec, TypeSpec } from './centre.ts';
export { tierOf } from './centre.ts';
export { writeCentreLog } from './csv.ts';
export { simulateCentre } from './simulation.ts';
export type { LoggedContact } from './simulation.ts';
export type { Shift, SignedIn } from './staffing.ts';

const dayOf = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);

/** Plan of a log with so many contacts between two dates (both belong to it), by a centre that suits their number. */
export function planOf(asked: {
  contacts: number;
  from: string;
  to: string;
  seed: number;
}): LogPlan {
  const { contacts, seed } = asked;
  const [from, until] = [dayOf(asked.from), dayOf(asked.to) + 1];
  const centre = staffedCentre(contacts / (until - from));
  return { centre, contacts, seed, from: startOfDay(from), until: startOfDay(until) };
}
