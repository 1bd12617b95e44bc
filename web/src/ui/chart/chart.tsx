import { BarChart, LineChart } from 'echarts/charts';
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import type {
  DataZoomComponentOption,
  GridComponentOption,
  TooltipComponentOption,
} from 'echarts/components';
import { init, use as register } from 'echarts/core';
import type { ComposeOption, EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useScheme } from '../theme.tsx';
import { chartLook } from './look.ts';
import type { ChartLook } from './look.ts';
import './chart.css';

register([
  BarChart,
  LineChart,
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | DataZoomComponentOption
  | GridComponentOption
  | TooltipComponentOption
>;

interface ChartProps {
  /** What the chart shows, in a sentence, for those who do not see it; a table with the numbers stands beside it. */
  description: string;
  height: number;
  /** The drawing under a look, `width` pixels wide; drawn again when what it is made of changes. */
  option: (look: ChartLook, width: number) => ChartOption;
  /** The place on the x axis that was clicked, as an index. */
  onChoose?: (index: number) => void;
}

/** Tells which step lies under the pointer: the whole column is the target, not the dot of a few pixels. */
function columnAt(chart: EChartsType, { x, y }: { x: number; y: number }): number | null {
  if (!chart.containPixel('grid', [x, y])) return null;
  const found = chart.convertFromPixel({ xAxisIndex: 0 }, x) as number | number[];
  const index = Array.isArray(found) ? found[0] : found;
  return index === undefined || Number.isNaN(index) ? null : Math.max(0, Math.round(index));
}

/** What is arranged by the width is arranged anew when it changed by this much. */
const widthStep = 20;

/** A line or bar chart that follows its box, the scheme, and the wish for less motion. */
export function Chart({ description, height, option, onChoose }: ChartProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const scheme = useScheme();
  const [width, setWidth] = useState(0);
  const chosen = useEffectEvent((index: number) => onChoose?.(index));
  useEffect(() => {
    if (!box.current) return undefined;
    const made = init(box.current, undefined, { renderer: 'canvas' });
    chart.current = made;
    made.getZr().on('click', ({ offsetX: x, offsetY: y }: { offsetX: number; offsetY: number }) => {
      const index = columnAt(made, { x, y });
      if (index !== null) chosen(index);
    });
    const observer = new ResizeObserver(() => {
      made.resize();
      setWidth(Math.round(made.getWidth() / widthStep) * widthStep);
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    // Its box has not been measured yet.
    if (width === 0) return;
    const look = chartLook();
    chart.current?.setOption(
      {
        animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
        animationDuration: 150,
        animationDurationUpdate: 150,
        textStyle: { fontFamily: look.font, color: look.soft },
        ...option(look, width),
      },
      { notMerge: true },
    );
  }, [option, scheme, width]);
  return (
    <div
      ref={box}
      className="yd-chart"
      role="img"
      aria-label={description}
      style={{ height, cursor: onChoose ? 'pointer' : undefined }}
    />
  );
}
