import { bandOf, topOf } from '../../domain/chart.ts';
import type { Chart } from '../../domain/document.ts';
import { valueText } from '../../domain/format.ts';
import { colours } from './page.ts';
import type { Pages } from './page.ts';

export type Box = { x: number; y: number; width: number; height: number };
type Plot = Box & { top: number; step: number };

const AXIS_TICKS = 4;
const LABELS = 6;

const xAt = ({ x, step, width }: Plot, i: number, count: number) =>
  count > 1 ? x + i * step : x + width / 2;
const yAt = ({ y, height, top }: Plot, value: number) =>
  y + height - (Math.min(value, top) / top) * height;

function axis(pages: Pages, chart: Chart, plot: Plot): void {
  const { doc, document } = pages;
  doc.font('regular').fontSize(7).fillColor(colours.soft).lineWidth(0.5);
  for (let i = 0; i <= AXIS_TICKS; i++) {
    const value = (plot.top * i) / AXIS_TICKS;
    const y = yAt(plot, value);
    doc
      .moveTo(plot.x, y)
      .lineTo(plot.x + plot.width, y)
      .strokeColor(i === 0 ? colours.strong : colours.line)
      .stroke();
    doc.text(valueText(value, chart.kind, document), plot.x - 46, y - 5, {
      width: 42,
      align: 'right',
      lineBreak: false,
    });
  }
  const count = chart.labels.length;
  const every = Math.max(1, Math.ceil(count / LABELS));
  for (let i = 0; i < count; i += every) {
    doc.text(chart.labels[i] ?? '', xAt(plot, i, count) - 40, plot.y + plot.height + 4, {
      width: 80,
      align: 'center',
      lineBreak: false,
    });
  }
}

/** The recommended range, step by step, as it may change on a date. */
function band({ doc }: Pages, chart: Chart, plot: Plot): void {
  const count = chart.labels.length;
  const half = count > 1 ? plot.step / 2 : plot.width / 2;
  bandOf(chart)?.forEach(({ low, high }, i) => {
    const left = Math.max(plot.x, xAt(plot, i, count) - half);
    const right = Math.min(plot.x + plot.width, xAt(plot, i, count) + half);
    doc
      .rect(left, yAt(plot, high), right - left, yAt(plot, low) - yAt(plot, high))
      .fill(colours.band);
  });
}

/** A line through the values that are there; a gap where one is not. */
function path({ doc }: Pages, values: (number | null)[], plot: Plot): void {
  let isDown = false;
  values.forEach((value, i) => {
    if (value === null) {
      isDown = false;
      return;
    }
    const [x, y] = [xAt(plot, i, values.length), yAt(plot, value)];
    if (isDown) doc.lineTo(x, y);
    else doc.moveTo(x, y);
    isDown = true;
  });
}

function dots({ doc }: Pages, { values, states }: Chart, plot: Plot): void {
  values.forEach((value, i) => {
    if (value === null) return;
    const [x, y] = [xAt(plot, i, values.length), yAt(plot, value)];
    const isAlone = (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
    if (states[i] === 'out')
      doc.polygon([x, y - 3.5], [x + 3.5, y], [x, y + 3.5], [x - 3.5, y]).fill(colours.red);
    else if (isAlone || values.length <= 62) doc.circle(x, y, 1.4).fill(colours.accent);
  });
}

/** Value as a line, out-of-range points as red diamonds, the norm dashed, the recommended range shaded. */
export function drawChart(pages: Pages, chart: Chart, box: Box): void {
  const { doc } = pages;
  const title =
    chart.unit && chart.kind !== 'percent' ? `${chart.title} (${chart.unit})` : chart.title;
  doc
    .font('bold')
    .fontSize(9.5)
    .fillColor(colours.text)
    .text(title, box.x, box.y, { width: box.width, height: 12, ellipsis: true, lineBreak: false });
  const [left, head, foot] = [48, 20, 18];
  const plot: Plot = {
    x: box.x + left,
    y: box.y + head,
    width: box.width - left - 8,
    height: box.height - head - foot,
    top: topOf(chart),
    step: (box.width - left - 8) / Math.max(1, chart.labels.length - 1),
  };
  band(pages, chart, plot);
  axis(pages, chart, plot);
  if (chart.norm.some((value) => value !== null)) {
    doc.save().dash(4, { space: 3 }).lineWidth(1).strokeColor(colours.soft);
    path(pages, chart.norm, plot);
    doc.stroke().undash().restore();
  }
  doc.lineWidth(1.5).lineJoin('round').strokeColor(colours.accent);
  path(pages, chart.values, plot);
  doc.stroke();
  dots(pages, chart, plot);
}
