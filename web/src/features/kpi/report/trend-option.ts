import type { LineSeriesOption } from 'echarts/charts';
import type { StandardUnit } from '@yingda/contract';
import { axisSpan } from '../../../ui/chart/band-geometry.ts';
import type { ChartOption } from '../../../ui/chart/chart.tsx';
import type { ChartLook } from '../../../ui/chart/look.ts';
import { formatTick, standingOf } from '../model/values.ts';
import type { BandStretch, Line } from './trend.ts';

export interface TrendParts {
  lines: readonly Line[];
  stretches: readonly BandStretch[];
  ticks: readonly string[];
  unit: StandardUnit;
  limit: number | null;
  currency: string;
  /** The tooltip of a step, drawn by the page. */
  tip: (index: number, look: ChartLook) => HTMLElement;
}

/** More points than this are scrolled through. */
const wideFrom = 100;

const bandOfIndex = (stretches: readonly BandStretch[], index: number) =>
  stretches.find(({ first, last }) => index >= first && index <= last)?.band;

/** Points outside their band differ in form and colour, not in colour alone. */
function mainData(line: Line, stretches: readonly BandStretch[], look: ChartLook) {
  return line.values.map((value, index) => {
    const band = bandOfIndex(stretches, index);
    const isOut =
      band !== undefined && ['below', 'above'].includes(standingOf(value, band) ?? 'in');
    if (!isOut) return { value };
    return { value, symbol: 'diamond', symbolSize: 10, itemStyle: { color: look.red } };
  });
}

/** Where a stretch begins and ends on the axis: at the step from which its band holds, and where the next one begins. */
const ends = ({ first, last }: BandStretch, parts: TrendParts): [number, number] => [
  first,
  Math.min(last + 1, parts.ticks.length - 1),
];

/** The recommended range, shaded. */
function bandArea(parts: TrendParts, look: ChartLook): LineSeriesOption['markArea'] {
  const { min, max } = spanOf(parts);
  const isOne = parts.stretches.length === 1;
  return {
    silent: true,
    itemStyle: { color: look.band },
    data: parts.stretches
      .filter(({ band }) => band.low !== null || band.high !== null)
      .map((stretch) => {
        const [from, to] = ends(stretch, parts);
        const { low, high } = stretch.band;
        return [
          { ...(isOne ? {} : { xAxis: from }), yAxis: low ?? min },
          { ...(isOne ? {} : { xAxis: to }), yAxis: high ?? max },
        ];
      }),
  };
}

type NormMark = NonNullable<NonNullable<LineSeriesOption['markLine']>['data']>[number];

/** The norm of the trade, dashed, with its value. */
function normLine(parts: TrendParts, look: ChartLook): LineSeriesOption['markLine'] {
  const isOne = parts.stretches.length === 1;
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: look.soft, type: 'dashed', width: 1.5 },
    label: {
      position: isOne ? 'end' : 'insideStartTop',
      color: look.soft,
      fontSize: 11,
      formatter: ({ value }) =>
        typeof value === 'number' ? formatTick(value, parts.unit, parts.currency) : '',
    },
    data: parts.stretches.flatMap((stretch): NormMark[] => {
      const { norm } = stretch.band;
      if (norm === null) return [];
      if (isOne) return [{ yAxis: norm }];
      const [from, to] = ends(stretch, parts);
      return [[{ coord: [from, norm], value: norm }, { coord: [to, norm] }]];
    }),
  };
}

/** Look of a line that stands behind the main one. */
function thin(line: Line, index: number, look: ChartLook): LineSeriesOption {
  const isEarlier = line.kind !== 'group';
  return {
    type: 'line',
    name: line.name,
    data: line.values,
    symbol: 'circle',
    symbolSize: 4,
    showSymbol: line.values.length < 3,
    connectNulls: false,
    z: 2,
    lineStyle: {
      width: isEarlier ? 1.25 : 1.5,
      type: line.kind === 'last_year' ? 'dotted' : 'solid',
    },
    color: isEarlier ? look.faint : (look.series[index % look.series.length] ?? look.faint),
    emphasis: { disabled: true },
  };
}

/** The colour of each group's line, by the key of the group: the table shows it as well. */
export function lineColours(lines: readonly Line[], look: ChartLook): Map<string, string> {
  const groups = lines.filter(({ kind }) => kind === 'group');
  return new Map(
    groups.map(({ key }, index) => [key, look.series[index % look.series.length] ?? look.faint]),
  );
}

/** The colour of what is looked at: strong, and pale only where it stands as bars behind the lines of its groups. */
export function mainColour(unit: StandardUnit, isSplit: boolean, look: ChartLook): string {
  if (!isSplit) return look.accent;
  return unit === 'count' ? look.lineStrong : look.text;
}

function mainSeries(line: Line, parts: TrendParts, look: ChartLook) {
  const isSplit = parts.lines.some(({ kind }) => kind === 'group');
  const shared = {
    name: line.name,
    data: mainData(line, parts.stretches, look),
    color: mainColour(parts.unit, isSplit, look),
    emphasis: { disabled: true },
    markArea: bandArea(parts, look),
    markLine: normLine(parts, look),
  };
  if (parts.unit === 'count') {
    // Behind the lines of its groups, and pale, so that these can be read.
    return {
      ...shared,
      type: 'bar' as const,
      z: isSplit ? 1 : 3,
      barMaxWidth: 36,
      itemStyle: { borderRadius: [3, 3, 0, 0] },
    };
  }
  return {
    ...shared,
    type: 'line' as const,
    z: 3,
    symbol: 'circle',
    symbolSize: 6,
    // Marked points show always; between them dots only where there is room.
    showAllSymbol: true as const,
    showSymbol: line.values.length <= wideFrom,
    lineStyle: { width: 2.25 },
    connectNulls: false,
  };
}

function spanOf({ lines, stretches, limit }: TrendParts): { min: number; max: number } {
  const values = lines.flatMap((line) => line.values);
  const marks = stretches.flatMap(({ band }) => [band.low, band.high, band.norm]);
  return axisSpan([...values, ...marks], undefined, limit);
}

/** Times are read in halves and wholes of minutes and hours, not in hundreds of seconds. */
const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400];
const clockInterval = (span: number): number =>
  clockSteps.find((step) => span / step <= 5) ?? Math.ceil(span / 5 / 3600) * 3600;

function axes(parts: TrendParts, look: ChartLook): Pick<ChartOption, 'xAxis' | 'yAxis'> {
  const { min, max } = spanOf(parts);
  return {
    xAxis: {
      type: 'category',
      data: [...parts.ticks],
      boundaryGap: parts.unit === 'count' || parts.ticks.length < 2,
      axisLine: { lineStyle: { color: look.lineStrong } },
      axisTick: { show: false },
      axisLabel: { color: look.soft, fontSize: 12, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: 'value',
      min,
      max,
      splitNumber: 4,
      ...(parts.unit === 'seconds' ? { interval: clockInterval(max - min) } : {}),
      axisLabel: {
        color: look.soft,
        fontSize: 12,
        showMinLabel: true,
        showMaxLabel: false,
        formatter: (value: number) => formatTick(value, parts.unit, parts.currency),
      },
      splitLine: { showMaxLine: false, lineStyle: { color: look.line } },
    },
  };
}

/** What is longer than the page is wide: a bar below to choose a part, and the wheel with Ctrl. */
function zoomBar(look: ChartLook): NonNullable<ChartOption['dataZoom']> {
  const shade = { lineStyle: { color: look.lineStrong }, areaStyle: { color: look.line } };
  return [
    { type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: false },
    {
      type: 'slider',
      height: 22,
      bottom: 6,
      brushSelect: false,
      borderColor: look.line,
      fillerColor: look.band,
      dataBackground: shade,
      selectedDataBackground: shade,
      handleStyle: { color: look.raised, borderColor: look.faint },
      moveHandleStyle: { color: look.lineStrong },
      emphasis: {
        moveHandleStyle: { color: look.faint },
        handleStyle: { borderColor: look.accent },
      },
      textStyle: { color: look.soft },
    },
  ];
}

/** The chart of one standard over time. */
export function trendOption(parts: TrendParts, look: ChartLook): ChartOption {
  const main = parts.lines.at(-1);
  const isWide = parts.ticks.length > wideFrom;
  const [only, second] = parts.stretches;
  const hasNorm = only !== undefined && second === undefined && only.band.norm !== null;
  return {
    grid: {
      left: 8,
      right: hasNorm ? 56 : 16,
      top: 16,
      bottom: isWide ? 44 : 8,
      containLabel: true,
    },
    ...axes(parts, look),
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: look.raised,
      borderColor: look.line,
      padding: [8, 12],
      textStyle: { color: look.text, fontSize: 13 },
      axisPointer: { type: 'line', lineStyle: { color: look.lineStrong } },
      formatter: (given: unknown) => {
        const first = (Array.isArray(given) ? given[0] : given) as { dataIndex?: number };
        return parts.tip(first?.dataIndex ?? 0, look);
      },
    },
    dataZoom: isWide ? zoomBar(look) : [],
    series: [...groupsFirst(parts.lines, look), ...(main ? [mainSeries(main, parts, look)] : [])],
  };
}

function groupsFirst(lines: readonly Line[], look: ChartLook): LineSeriesOption[] {
  const earlier = lines.filter(({ kind }) => kind === 'previous' || kind === 'last_year');
  const groups = lines.filter(({ kind }) => kind === 'group');
  return [...earlier, ...groups].map((line) => thin(line, groups.indexOf(line), look));
}
