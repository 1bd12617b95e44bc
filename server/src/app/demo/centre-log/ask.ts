import { planOf } from './index.ts';
import type { LogPlan } from './simulation.ts';

const MOST = 200_000_000;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** What was asked for in words; a text says what of it cannot be. */
export type Asked = { contacts?: string; from?: string; to?: string; seed?: string };

function numberIn(text: string | undefined, otherwise: number, most: number): number | null {
  if (text === undefined) return otherwise;
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= most ? value : null;
}

const isDate = (text: string): boolean =>
  DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** A year up to yesterday. */
function lastYear(now: Date): { from: string; to: string } {
  const to = new Date(now.getTime() - 86_400_000);
  const from = new Date(to.getTime() - 364 * 86_400_000);
  return { from: from.toISOString().slice(0, 10), to: to.toISOString().slice(0, 10) };
}

/** The plan of the log that was asked for, or the name of the option that cannot be. */
export function planAsked(asked: Asked, now: Date): LogPlan | keyof Asked {
  const contacts = numberIn(asked.contacts, 100_000, MOST);
  const seed = numberIn(asked.seed, 1, 2 ** 31);
  const { from = lastYear(now).from, to = lastYear(now).to } = asked;
  if (contacts === null) return 'contacts';
  if (seed === null) return 'seed';
  if (!isDate(from)) return 'from';
  if (!isDate(to) || to < from) return 'to';
  return planOf({ contacts, from, to, seed });
}
