const DAY_MS = 86_400_000;
export type Step = 'day' | 'week' | 'month';

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** By day up to a month, by week up to half a year, else by month. */
export function stepOf(from: string, to: string): Step {
  const days = dayOf(to) - dayOf(from) + 1;
  if (days <= 31) return 'day';
  return days <= 184 ? 'week' : 'month';
}

function startOf(step: Step, day: number): number {
  if (step === 'day') return day;
  if (step === 'week') return day - ((new Date(day * DAY_MS).getUTCDay() + 6) % 7);
  return dayOf(`${dateOf(day).slice(0, 7)}-01`);
}

function following(step: Step, day: number): number {
  if (step === 'day') return day + 1;
  if (step === 'week') return day + 7;
  return startOf('month', day + 31);
}

/** Every day, week (from Monday) or month of a period with its count, those without any too. */
export function filled(
  counts: readonly { from: string; count: number }[],
  { step, from, to }: { step: Step; from: string; to: string },
): { from: string; count: number }[] {
  const known = new Map(counts.map((one) => [one.from, one.count]));
  const all: { from: string; count: number }[] = [];
  for (let day = startOf(step, dayOf(from)); day <= dayOf(to); day = following(step, day)) {
    const date = dateOf(day);
    all.push({ from: date, count: known.get(date) ?? 0 });
  }
  return all;
}

/**
 * Most frequent first, with the part that each has of those that are told (have a key) and that it makes together with
 * those before it; what is not told comes last and is no part.
 */
export function pareto<G extends { key: string; count: number }>(
  groups: readonly G[],
): (G & { share: number; cumulative: number })[] {
  const told = groups.filter(({ key }) => key !== '').toSorted((a, b) => b.count - a.count);
  const whole = told.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  const ranked = told.map((group) => {
    before += group.count;
    return {
      ...group,
      share: whole === 0 ? 0 : group.count / whole,
      cumulative: whole === 0 ? 0 : before / whole,
    };
  });
  const untold = groups
    .filter(({ key }) => key === '')
    .map((group) => ({ ...group, share: 0, cumulative: whole === 0 ? 0 : 1 }));
  return [...ranked, ...untold];
}
