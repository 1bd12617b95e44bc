import type { ReportView, StandardKey } from '@yingda/contract';
import { standardUnits } from '@yingda/contract';
import { useMemo } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chartLook } from '../../../ui/chart/look.ts';
import { useScheme } from '../../../ui/theme.tsx';
import { bandsOf, linesOf } from './trend.ts';
import { lineColours, mainColour } from './trend-option.ts';
import { comparedIn } from './use-report.ts';
import type { Report } from './use-report.ts';

/** What the strokes and shades of the chart mean; a group's name shows that group alone. */
export function Legend({
  view,
  of,
  row,
  report,
}: {
  view: ReportView;
  of: StandardKey;
  row: string | undefined;
  report: Report;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const scheme = useScheme();
  // The colours are read from the page, which changes them with the scheme.
  // oxlint-disable-next-line react/exhaustive-deps
  const look = useMemo(chartLook, [scheme]);
  const lines = linesOf(view, of, { row, compare: comparedIn(report.search) });
  const colours = lineColours(lines, look);
  const bands = bandsOf(view, of);
  const hasRange = bands.some(({ low, high }) => low !== null || high !== null);
  const hasNorm = bands.some(({ norm }) => norm !== null);
  const main = lines.at(-1);
  return (
    <ul className="yd-kpi-legend">
      {main && (
        <li>
          <i
            className="is-main"
            style={{ color: mainColour(standardUnits[of], colours.size > 0, look) }}
          />
          {main.key === view.whole.key ? t('report.whole') : main.name}
        </li>
      )}
      {lines
        .filter(({ kind, values }) => kind === 'group' && values.some((value) => value !== null))
        .map(({ key, name }) => (
          <li key={key}>
            <button type="button" onClick={() => report.change({ row: key })}>
              <i style={{ color: colours.get(key) } as CSSProperties} />
              {name}
            </button>
          </li>
        ))}
      {lines
        .filter(({ kind }) => kind === 'previous' || kind === 'last_year')
        .map(({ kind }) => (
          <li key={kind}>
            <i className={`is-${kind}`} style={{ color: look.faint }} />
            {t(`report.${kind}`)}
          </li>
        ))}
      {hasNorm && (
        <li>
          <i className="is-norm" style={{ color: look.soft }} />
          {t('report.norm')}
        </li>
      )}
      {hasRange && (
        <li>
          <i className="is-band" style={{ background: look.band }} />
          {t('report.band')}
        </li>
      )}
      {hasRange && (
        <li>
          <i className="is-out" style={{ background: look.red }} />
          {t('report.outPoint')}
        </li>
      )}
    </ul>
  );
}
