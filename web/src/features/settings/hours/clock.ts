import type { Period } from '@yingda/contract';

const dayMinutes = 1440;

/** `09:30` from minutes since midnight; the end of the day is `24:00`. */
export function clockText(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Minutes since midnight from what people type: `9`, `930`, `9:30`, `９：30`, `24:00`; null when it is no time. */
export function readClock(typed: string): number | null {
  const plain = typed
    .normalize('NFKC')
    .trim()
    .replace(/[.。h时]/, ':')
    .replace(/:$/, '');
  const match = /^(\d{1,2})(?::?(\d{2}))?$/.exec(plain);
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2] ?? 0);
  return Number(match[2] ?? 0) < 60 && minutes <= dayMinutes ? minutes : null;
}

/** What is wrong with the periods of one day: the key of a fault, or null. */
export function periodsFault(periods: readonly Period[]): 'period_order' | 'period_overlap' | null {
  if (periods.some(({ from, to }) => to <= from)) return 'period_order';
  const sorted = periods.toSorted((a, b) => a.from - b.from);
  const overlaps = sorted.some(({ from }, index) => from < (sorted[index - 1]?.to ?? 0));
  return overlaps ? 'period_overlap' : null;
}

/** A period that fits behind the others: after the last one, or the usual working day. */
export function nextPeriod(periods: readonly Period[]): Period {
  const last = Math.max(0, ...periods.map(({ to }) => to));
  if (periods.length === 0) return { from: 9 * 60, to: 18 * 60 };
  const from = Math.min(last + 60, dayMinutes - 60);
  return { from, to: Math.min(from + 240, dayMinutes) };
}
