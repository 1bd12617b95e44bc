import { ArrowLeftOutlined } from '@ant-design/icons';
import type { ReportView } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Bones, ErrorState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { canDrill, stepSpan, undrilled } from '../model/drill.ts';
import { filterOf } from '../model/search.ts';
import type { Actions } from '../model/shown-query.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { PeriodPicker } from '../parts/period-picker.tsx';
import { Controls } from './controls.tsx';
import { ReportTables } from './report-tables.tsx';
import type { Drilled } from './report-tables.tsx';
import { Section } from './section.tsx';
import { hasContacts, shownRow } from './trend.ts';
import { useComparedRow } from './use-compared-row.ts';
import { useNamed } from './use-named.ts';
import { useReport } from './use-report.ts';
import type { Report } from './use-report.ts';
import '../parts/parts.css';
import './report.css';

const DrillDrawer = lazy(() =>
  import('../drill/drill-drawer.tsx').then((module) => ({ default: module.DrillDrawer })),
);

function Shown({ view: given, report }: { view: ReportView; report: Report }): ReactNode {
  const named = useNamed(given);
  const view = useComparedRow(named, report);
  const { search, change } = report;
  const drill = ({ of, index, row }: Drilled): void => {
    if (!hasContacts(of) || !canDrill(view.by, row)) return;
    const span = index === null ? { since: view.steps[0], until: view.end } : stepSpan(view, index);
    if (span) change({ drill: of, ...span, of: row, contact: undefined });
  };
  const shown = shownRow(view, search.row);
  return (
    <>
      <div className={`yd-kpi-sections ${view.standards.length > 1 ? 'is-many' : ''}`}>
        {view.standards.map((of) => (
          <Section
            key={of}
            of={of}
            view={view}
            report={report}
            onDrill={(key, index) =>
              drill({ of: key, index, row: shown === view.whole ? undefined : shown.key })
            }
          />
        ))}
      </div>
      <ReportTables view={view} report={report} onDrill={drill} />
      {search.drill && search.since && search.until && (
        <Suspense fallback={null}>
          <DrillDrawer
            view={view}
            search={search}
            drill={{ of: search.drill, since: search.since, until: search.until }}
            onContact={(contact) => change({ contact })}
            onClose={() => change(undrilled(search))}
          />
        </Suspense>
      )}
    </>
  );
}

/** Standards over time, split and compared; every number opens the contacts behind it. */
export function ReportPage({ actions }: { actions?: Actions }): ReactNode {
  const { t } = useTranslation('kpi');
  useTitle(t('report.title'));
  const report = useReport();
  const { search, period, settings, change } = report;
  if (settings.error)
    return <ErrorState error={settings.error} retry={() => void settings.refetch()} />;
  if (!period) return <Bones rows={8} />;
  const { period: preset, from, to } = search;
  return (
    <div className="yd-kpi" aria-busy={report.report.isPlaceholderData}>
      <PageHeader title={t('report.title')}>
        {actions?.(report.query, search)}
        <Link to="/standards" search={{ period: preset, from, to, ...filterOf({ ...search }) }}>
          <Button icon={<ArrowLeftOutlined />} tabIndex={-1}>
            {t('report.back')}
          </Button>
        </Link>
      </PageHeader>
      <div className="yd-kpi-bar">
        <PeriodPicker search={search} period={period} onChoose={change} />
        <FilterBar filter={filterOf({ ...search })} onChange={change} />
      </div>
      <Controls report={report} period={period} />
      {report.isTooFine && (
        <Alert
          type="info"
          showIcon
          title={t('report.many', { step: t(`step.${report.step}`) })}
          style={{ marginBottom: 12 }}
        />
      )}
      <Loaded query={report.report} rows={12}>
        {(view) => <Shown view={view} report={report} />}
      </Loaded>
    </div>
  );
}
