import type { Chart } from './document.ts';

/** Ends of an axis of seconds that divide into four readable parts. */
const secondTops = [4, 8, 20, 40, 60, 80, 120, 240, 480, 720, 1200, 2400, 3600, 7200, 14_400];

/** Upper end of the axis: room for everything, and the whole of per cents. */
export function topOf(chart: Chart): number {
  const known = [chart.values, chart.norm, chart.low, chart.high]
    .flat()
    .filter((value) => value !== null);
  const most = Math.max(1, ...known);
  if (chart.kind === 'percent' && most <= 100 && most > 40) return 100;
  const seconds = chart.kind === 'seconds' && secondTops.find((top) => top >= most * 1.05);
  if (seconds) return seconds;
  const size = 10 ** Math.floor(Math.log10(most * 1.1));
  return Math.ceil((most * 1.1) / (size / 2)) * (size / 2);
}

/** Lower and upper end of the shaded band at each point; a side without a bound reaches the edge of the chart. */
export function bandOf(chart: Chart): { low: number; high: number }[] | null {
  const top = topOf(chart);
  const isThere = chart.low.some((low) => low !== null) || chart.high.some((high) => high !== null);
  return isThere
    ? chart.low.map((low, i) => ({ low: low ?? 0, high: chart.high[i] ?? top }))
    : null;
}
