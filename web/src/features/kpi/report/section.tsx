import type { ReportView, StandardKey } from '@yingda/contract';
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangeMark } from '../parts/change.tsx';
import { ExplainTotal } from '../parts/explain.tsx';
import { numberOf, useStandardTexts, writerOf } from '../parts/texts.ts';
import { useBandWords } from '../parts/band-words.ts';
import { Heat } from './heat.tsx';
import { Legend } from './legend.tsx';
import { bandOfPeriod, shownRow, standing, valueIn } from './trend.ts';
import { comparedIn } from './use-report.ts';
import type { Report } from './use-report.ts';

const loadChart = () => import('./trend-chart.tsx');
const TrendChart = lazy(() => loadChart().then((module) => ({ default: module.TrendChart })));
// Fetched while the report itself is: the drawing is the larger of the two.
void loadChart();

/** The total of the period beside the name: value, where it stands, how it changed. */
function Head({
  view,
  of,
  report,
}: {
  view: ReportView;
  of: StandardKey;
  report: Report;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const texts = useStandardTexts();
  const bandWords = useBandWords();
  const row = shownRow(view, report.search.row);
  const write = writerOf(of, view.settings);
  const value = valueIn(row.total, of);
  const band = bandOfPeriod(view, of);
  const { from, to, step: _step, by: _by, standards: _standards, ...filter } = report.query;
  return (
    <header className="yd-kpi-section-head">
      <h2 id={`chart-${of}`}>
        <span className="yd-kpi-number yd-figures">{numberOf(of)}</span>
        {texts.name(of)}
      </h2>
      <ExplainTotal of={of} query={{ from, to, ...filter }} />
      <strong className="yd-kpi-total yd-figures">{write(value)}</strong>
      <Heat standing={standing(value, band)} isLong />
      {view.comparisons.map(({ kind, total }) => (
        <ChangeMark
          key={kind}
          of={of}
          value={value}
          before={valueIn(total, of)}
          label={t(kind === 'previous' ? 'change.previous' : 'change.lastYear')}
        />
      ))}
      {band && <span className="yd-kpi-section-band yd-figures">{bandWords(band, write)}</span>}
    </header>
  );
}

/** One standard of the report: its total and its chart, or why there is nothing to draw. */
export function Section({
  view,
  of,
  report,
  onDrill,
}: {
  view: ReportView;
  of: StandardKey;
  report: Report;
  onDrill: (of: StandardKey, index: number) => void;
}): ReactNode {
  const texts = useStandardTexts();
  const missing = view.missing[of];
  const { row } = report.search;
  const isEmpty = missing !== undefined && valueIn(shownRow(view, row).total, of) === null;
  const height = view.standards.length === 1 ? 320 : 220;
  return (
    <section className="yd-kpi-section" aria-labelledby={`chart-${of}`}>
      <Head view={view} of={of} report={report} />
      {missing && !isEmpty && <p className="yd-soft">{texts.missing(missing)}</p>}
      {missing && isEmpty ? (
        <p className="yd-kpi-section-missing" style={{ minHeight: 80 }}>
          {texts.missing(missing)}
        </p>
      ) : (
        <>
          <Suspense fallback={<div style={{ height }} />}>
            <TrendChart
              view={view}
              of={of}
              row={row}
              compare={comparedIn(report.search)}
              height={height}
              onChoose={(index) => onDrill(of, index)}
            />
          </Suspense>
          <Legend view={view} of={of} row={row} report={report} />
        </>
      )}
    </section>
  );
}
