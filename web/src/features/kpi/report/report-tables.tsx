import type { ReportView, StandardKey } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { canDrill, stepSpan } from '../model/drill.ts';
import { stepName } from '../model/step-label.ts';
import { FigureTable, Head, Row, sortedRows } from './tables.tsx';
import type { CellRow, SortBy } from './tables.tsx';
import { bandOfPeriod, bandOfStep, shownRow } from './trend.ts';
import { comparedIn } from './use-report.ts';
import type { Report } from './use-report.ts';

/** What a cell stands for: a standard, in a step (none: the whole period), of a group (none: all). */
export interface Drilled {
  of: StandardKey;
  index: number | null;
  row: string | undefined;
}
interface TableProps {
  view: ReportView;
  report: Report;
  onDrill: (drilled: Drilled) => void;
}

function StepTable({ view, report, onDrill }: TableProps): ReactNode {
  const { t } = useTranslation('kpi');
  const row = shownRow(view, report.search.row);
  const key = row === view.whole ? undefined : row.key;
  const earlier = comparedIn(report.search);
  const compared = view.comparisons.filter(({ kind }) => earlier.includes(kind));
  const name = key === undefined ? t('report.whole') : row.name;
  const total: CellRow = {
    id: 'total',
    name: t('report.total'),
    label: name,
    cell: row.total,
    earlier: compared.map((one) => ({ kind: one.kind, cell: one.total })),
    bandOf: (of) => bandOfPeriod(view, of),
    onOpen: (of) => onDrill({ of, index: null, row: key }),
  };
  const isOneYear = view.from.slice(0, 4) === view.to.slice(0, 4);
  const rows = view.steps.map((at, index): CellRow => {
    const span = stepSpan(view, index);
    const when = span ? stepName(span, { step: view.step, zone: view.timeZone, isOneYear }) : '';
    return {
      id: at,
      name: when,
      label: when,
      cell: row.points[index],
      earlier: compared.map(({ kind, points }) => ({ kind, cell: points[index] })),
      bandOf: (of) => bandOfStep(view, of, index),
      onOpen: canDrill(view.by, key) ? (of) => onDrill({ of, index, row: key }) : null,
    };
  });
  return (
    <section className="yd-kpi-table-part" aria-label={t('report.bySteps')}>
      <h2>
        {t('report.bySteps')}
        {view.rows.length > 0 && <span className="yd-soft">{name}</span>}
        {key !== undefined && (
          <button
            type="button"
            className="yd-kpi-row-open"
            onClick={() => report.change({ row: undefined })}
          >
            {t('report.showWhole')}
          </button>
        )}
      </h2>
      <FigureTable
        label={t('report.bySteps')}
        head={
          <Head first={t('report.time')} view={view} earlier={compared.map(({ kind }) => kind)} />
        }
        total={<Row row={total} view={view} isTotal />}
        rows={rows}
        draw={(one) => <Row key={one.id} row={one} view={view} />}
      />
    </section>
  );
}

function GroupTable({ view, report, onDrill }: TableProps): ReactNode {
  const { t } = useTranslation(['kpi', 'standards']);
  const [sort, setSort] = useState<SortBy>({ key: 'contacts', isDown: true });
  const { row: current } = report.search;
  const toRow = (row: ReportView['whole']): CellRow => {
    const isWhole = row === view.whole;
    const key = isWhole ? undefined : row.key;
    const isCurrent = !isWhole && row.key === current;
    const name = isWhole ? t('report.total') : row.name;
    return {
      id: row.key,
      label: isWhole ? t('report.whole') : row.name,
      name: isWhole ? (
        name
      ) : (
        <button
          type="button"
          className="yd-kpi-row-open yd-ellipsis"
          aria-pressed={isCurrent}
          title={row.name}
          onClick={() => report.change({ row: isCurrent ? undefined : row.key })}
        >
          {name}
        </button>
      ),
      cell: row.total,
      earlier: [],
      bandOf: (of) => bandOfPeriod(view, of),
      onOpen: canDrill(view.by, key) ? (of) => onDrill({ of, index: null, row: key }) : null,
    };
  };
  const by = t(`by.${view.by}`);
  return (
    <section className="yd-kpi-table-part" aria-label={t('report.byGroups')}>
      <h2>{t('report.groupTitle', { by: t(`standards:groups.${view.by}`) })}</h2>
      <FigureTable
        label={t('report.byGroups')}
        head={
          <Head
            first={by}
            view={view}
            earlier={[]}
            sort={sort}
            onSort={(key) =>
              setSort({ key, isDown: sort.key === key ? !sort.isDown : key !== 'name' })
            }
          />
        }
        total={<Row row={toRow(view.whole)} view={view} isTotal />}
        rows={sortedRows(view.rows, sort).map(toRow)}
        draw={(one) => <Row key={one.id} row={one} view={view} isCurrent={one.id === current} />}
      />
    </section>
  );
}

/** The numbers behind the charts: by step, and beside that by group. */
export function ReportTables(props: TableProps): ReactNode {
  const { t } = useTranslation('kpi');
  const { view } = props;
  const isSplit = view.by !== 'none';
  return (
    <div className={`yd-kpi-tables ${isSplit && view.rows.length > 0 ? 'is-split' : ''}`}>
      {isSplit && view.rows.length === 0 && <p className="yd-soft">{t('report.noGroups')}</p>}
      {view.rows.length > 0 && <GroupTable {...props} />}
      <StepTable {...props} />
    </div>
  );
}
