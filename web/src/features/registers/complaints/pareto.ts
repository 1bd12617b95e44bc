import type { ComplaintGroup } from '@yingda/contract';
import type { ChartOption } from '../../../ui/chart/chart.tsx';
import type { ChartLook } from '../../../ui/chart/look.ts';

/** More bars than this no axis names. */
export const maxBars = 12;
/** The share of complaints from which the remaining causes are the trivial many. */
const vitalShare = 0.8;

/** What has a name and happened: what has none is no cause, and what was only before stands in the table alone. */
const counted = (groups: readonly ComplaintGroup[]): ComplaintGroup[] =>
  groups.filter(({ name, count }) => name !== '' && count > 0);

/** Bars of the chart: the most frequent. */
export const barsOf = (groups: readonly ComplaintGroup[]): ComplaintGroup[] =>
  counted(groups).slice(0, maxBars);

/** The few that make four fifths of all: those up to and with the one that passes the line. */
export function vitalFew(groups: readonly ComplaintGroup[]): ComplaintGroup[] {
  const named = counted(groups);
  const last = named.findIndex(({ cumulative }) => cumulative >= vitalShare);
  return last < 0 ? named : named.slice(0, last + 1);
}

export interface ParetoWords {
  count: string;
  cumulative: string;
  percent: (share: number) => string;
}

const labelFont = 12;
/** Both axes with their figures. */
const axesWidth = 90;
const lineHeight = 16;
const mostLines = 3;

/** About how wide a name is drawn, in pixels: a character of Chinese is as wide as high, one of Latin half of it. */
const widthOf = (name: string): number =>
  [...name].reduce((sum, sign) => sum + (sign > '\u2e80' ? 1 : 0.56), 0) * labelFont;

/** What no line may break: words of Latin, single characters of Chinese. */
const wordsOf = (name: string): string[] =>
  name.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+/g) ?? [];

/**
 * How the names below the bars stand: side by side, in up to three lines, where there is room for them; aslant
 * otherwise, where the longest may still be cut off: the full name comes with the pointer, and stands in the table.
 */
export function labelsFor(names: readonly string[], width: number) {
  const room = Math.floor((width - axesWidth) / Math.max(1, names.length)) - 8;
  const longest = Math.ceil(Math.max(0, ...names.map(widthOf))) + 2;
  const longestWord = Math.max(0, ...names.flatMap(wordsOf).map(widthOf));
  // Lines break before they are full.
  if (longest <= room || (longestWord <= room && longest * 1.25 <= mostLines * room)) {
    return { rotate: 0, width: room, overflow: 'break' as const, lineHeight };
  }
  const most = Math.max(84, Math.min(180, Math.round(width * 0.3)));
  return { rotate: 35, width: Math.min(longest, most), overflow: 'truncate' as const, lineHeight };
}

interface Canvas {
  look: ChartLook;
  width: number;
}

/** A Pareto chart: bars by frequency, the vital few in colour, and the line of what they come to together. */
export function paretoOption(
  bars: readonly ComplaintGroup[],
  words: ParetoWords,
  { look, width }: Canvas,
): ChartOption {
  const vital = new Set(vitalFew(bars).map(({ name }) => name));
  return {
    grid: { left: 8, right: 8, top: 28, bottom: 4, outerBoundsMode: 'same' },
    tooltip: {
      trigger: 'axis',
      backgroundColor: look.raised,
      borderColor: look.line,
      textStyle: { color: look.text, fontSize: 13 },
    },
    xAxis: {
      type: 'category',
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.lineStrong } },
      axisLabel: {
        color: look.soft,
        interval: 0,
        fontSize: labelFont,
        ...labelsFor(
          bars.map(({ name }) => name),
          width,
        ),
      },
    },
    yAxis: [
      {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: look.soft },
        splitLine: { lineStyle: { color: look.line } },
      },
      {
        type: 'value',
        min: 0,
        max: 1,
        interval: 0.2,
        axisLabel: { color: look.soft, formatter: (value: number) => words.percent(value) },
        splitLine: { show: false },
      },
    ],
    series: [
      {
        type: 'bar',
        name: words.count,
        barMaxWidth: 48,
        data: bars.map(({ name, count }) => ({
          value: count,
          itemStyle: {
            color: vital.has(name) ? look.accent : look.lineStrong,
            borderRadius: [3, 3, 0, 0],
          },
        })),
        label: { show: true, position: 'top', color: look.text, fontSize: 12 },
      },
      {
        type: 'line',
        name: words.cumulative,
        yAxisIndex: 1,
        data: bars.map(({ cumulative }) => cumulative),
        symbol: 'circle',
        symbolSize: 6,
        color: look.amber,
        lineStyle: { width: 1.5 },
        tooltip: { valueFormatter: (value) => words.percent(Number(value)) },
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: look.soft, type: 'dashed', width: 1 },
          label: { show: false },
          data: [{ yAxis: vitalShare }],
        },
      },
    ],
  };
}
