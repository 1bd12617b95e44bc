import type { ReportView, StandardKey } from '@yingda/contract';
import { standardUnits } from '@yingda/contract';
import { useCallback, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { Chart } from '../../../ui/chart/chart.tsx';
import type { ChartLook } from '../../../ui/chart/look.ts';
import { stepSpan } from '../model/drill.ts';
import { stepName, stepTick } from '../model/step-label.ts';
import { formatDay, limitOf, useStandardTexts, writerOf } from '../parts/texts.ts';
import { bandOfStep, bandsOf, bandStretches, linesOf, shownRow, standing } from './trend.ts';
import type { Line } from './trend.ts';
import { lineColours, mainColour, trendOption } from './trend-option.ts';

interface TrendProps {
  view: ReportView;
  of: StandardKey;
  row: string | undefined;
  compare: readonly ('previous' | 'last_year')[];
  height: number;
  onChoose: (index: number) => void;
}

const element = (tag: string, className: string, text: string): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

/** A line of the tooltip: stroke, name, value. */
function tipLine(name: string, value: string, colour: string): HTMLElement {
  const line = element('div', 'yd-chart-tip-line', '');
  const stroke = element('i', '', '');
  stroke.style.color = colour;
  line.append(stroke, element('span', '', name), element('b', '', value));
  return line;
}

function useLineName(view: ReportView): (line: Line) => string {
  const { t } = useTranslation('kpi');
  return useCallback(
    (line) => {
      if (line.kind === 'previous' || line.kind === 'last_year') return t(`report.${line.kind}`);
      return line.key === view.whole.key ? t('report.whole') : line.name;
    },
    [t, view],
  );
}

/** What is said about a step: its lines, the contacts it rests on, and whether it is out of range. */
function useTip({ view, of }: TrendProps, lines: readonly Line[], row: string | undefined) {
  const { t } = useTranslation('kpi');
  const nameOf = useLineName(view);
  return useCallback(
    (index: number, look: ChartLook): HTMLElement => {
      const tip = element('div', 'yd-chart-tip', '');
      const span = stepSpan(view, index);
      const write = writerOf(of, view.settings);
      const colours = lineColours(lines, look);
      const main = lines.at(-1);
      if (span) {
        const when = stepName(span, { step: view.step, zone: view.timeZone });
        tip.append(element('strong', '', when));
      }
      for (const line of lines.toReversed()) {
        const isMain = line === main;
        const colour = isMain
          ? mainColour(standardUnits[of], colours.size > 0, look)
          : (colours.get(line.key) ?? look.faint);
        tip.append(tipLine(nameOf(line), write(line.values[index] ?? null), colour));
      }
      const value = main?.values[index] ?? null;
      const stand = standing(value, bandOfStep(view, of, index));
      if (stand === 'below' || stand === 'above') {
        const note = element('div', '', t(`report.heat.${stand}`));
        note.style.color = look.red;
        tip.append(note);
      }
      const contacts = shownRow(view, row).points[index]?.counts.contacts ?? 0;
      tip.append(element('div', 'yd-soft', `${t('counts.contacts')}: ${formatNumber(contacts)}`));
      return tip;
    },
    [view, of, lines, row, nameOf, t],
  );
}

function useDescription({ view, of }: TrendProps, main: Line | undefined): string {
  const { t } = useTranslation('kpi');
  const texts = useStandardTexts();
  const known = (main?.values ?? []).filter((value) => value !== null);
  const name = texts.name(of);
  if (known.length === 0) return t('report.chartNone', { name });
  const write = writerOf(of, view.settings);
  return t('report.chart', {
    name,
    from: formatDay(view.from),
    to: formatDay(view.to),
    count: known.length,
    most: write(Math.max(...known)),
    least: write(Math.min(...known)),
  });
}

/** A standard over the steps of the period; a click opens the contacts of a step. */
export function TrendChart(props: TrendProps): ReactNode {
  const { view, of, row, compare, height, onChoose } = props;
  const { i18n } = useTranslation('kpi');
  const compared = compare.join(',');
  const lines = useMemo(
    () =>
      linesOf(view, of, {
        row,
        compare: (['previous', 'last_year'] as const).filter((kind) => compared.includes(kind)),
      }),
    [view, of, row, compared],
  );
  const tip = useTip(props, lines, row);
  const option = useMemo(
    () => (look: ChartLook) => {
      const isOneDay = view.from === view.to;
      return trendOption(
        {
          lines,
          stretches: bandStretches(view.steps, view.timeZone, bandsOf(view, of)),
          ticks: view.steps.map((at) =>
            stepTick(at, { step: view.step, zone: view.timeZone, isOneDay }),
          ),
          unit: standardUnits[of],
          limit: limitOf(of),
          currency: view.settings.currency,
          tip,
        },
        look,
      );
    },
    // The ticks are written in the language of the page.
    // oxlint-disable-next-line react/exhaustive-deps
    [view, of, lines, tip, i18n.language],
  );
  const description = useDescription(props, lines.at(-1));
  return <Chart description={description} height={height} option={option} onChoose={onChoose} />;
}
