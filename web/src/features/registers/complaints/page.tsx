import { BarChartOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { ComplaintAnalysis, ComplaintGroup } from '@yingda/contract';
import { analyseComplaints } from '@yingda/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatDate, formatNumber } from '../../../lib/format.ts';
import { keyOf } from '../../../lib/query.ts';
import { Tag } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Bones, EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { Behind } from './behind.tsx';
import { barKey, filterOf } from './data.ts';
import { ComplaintFilters } from './filters.tsx';
import type { ComplaintsProps } from './filters.tsx';
import { GroupsTable } from './groups.tsx';
import { ImprovementDialog } from './improvement.tsx';
import { barsOf, vitalFew } from './pareto.ts';
import { formatShare } from './share.ts';

// The chart's library is fetched once there is something to draw.
const ParetoChart = lazy(() =>
  import('./chart.tsx').then((module) => ({ default: module.ParetoChart })),
);

type Shown = { analysis: ComplaintAnalysis };

function Figures({ analysis, isAll }: Shown & { isAll: boolean }): ReactNode {
  const { t } = useTranslation('registers');
  const { total, previousTotal, withCause, groups } = analysis;
  const few = vitalFew(groups);
  const share = few.at(-1)?.cumulative ?? 0;
  return (
    <ul className="yd-complaint-figures yd-figures">
      <li>
        <span>{t(isAll ? 'complaints.totalAll' : 'complaints.total')}</span>
        <strong>{formatNumber(total)}</strong>
        <small>{t('complaints.before', { count: previousTotal })}</small>
      </li>
      <li>
        <span>{t('complaints.known')}</span>
        <strong>{formatShare(total === 0 ? 0 : withCause / total)}</strong>
        <small>
          {formatNumber(withCause)} / {formatNumber(total)}
        </small>
      </li>
      {few.length > 0 && (
        <li className="is-wide">
          <span>{t('complaints.vitalHint')}</span>
          <strong>
            {few
              .slice(0, 3)
              .map(({ name }) => name)
              .join(t('complaints.comma'))}
          </strong>
          <small>{t('complaints.vital', { count: few.length, share: formatShare(share) })}</small>
        </li>
      )}
    </ul>
  );
}

/** How many came when. */
function OverTime({ analysis: { periods, step } }: Shown): ReactNode {
  const { t } = useTranslation('registers');
  const most = Math.max(1, ...periods.map(({ count }) => count));
  if (periods.length < 2) return null;
  return (
    <section className="yd-complaint-part">
      <h2>{t('complaints.over')}</h2>
      <ul className={`yd-complaint-time is-${step}`}>
        {periods.map(({ from, count }) => {
          const day = formatDate(`${from}T12:00:00Z`, 'UTC');
          return (
            <li key={from} title={t('summary.day', { date: day, count })}>
              <span className="yd-hidden">{t('summary.day', { date: day, count })}</span>
              <i aria-hidden style={{ height: `${(count / most) * 100}%` }} />
            </li>
          );
        })}
      </ul>
      <p className="yd-complaint-ends yd-figures" aria-hidden>
        <span>{formatDate(`${periods[0]?.from}T12:00:00Z`, 'UTC')}</span>
        <span>{formatDate(`${periods.at(-1)?.from}T12:00:00Z`, 'UTC')}</span>
      </p>
    </section>
  );
}

const tones = { open: 'amber', closed: 'green', cancelled: 'grey' } as const;

function Improvements({ analysis: { improvements } }: Shown): ReactNode {
  const { t } = useTranslation('registers');
  return (
    <section className="yd-complaint-part">
      <h2>{t('complaints.improvements')}</h2>
      {improvements.length === 0 ? (
        <p className="yd-soft">{t('complaints.noImprovements')}</p>
      ) : (
        <ul className="yd-behind">
          {improvements.map(({ orderId, number, subject, status, at }) => (
            <li key={orderId}>
              <Link to="/orders/$orderId" params={{ orderId }} search={{}}>
                {subject}
              </Link>
              <p className="yd-soft">
                <span className="yd-figures">{number}</span>
                <span className="yd-figures">{formatDate(at)}</span>
                <Tag tone={tones[status]}>{t(`complaints.status.${status}`)}</Tag>
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface BodyProps extends Shown {
  isAll: boolean;
  onOpen: (group: ComplaintGroup) => void;
  onImprove: (group: ComplaintGroup) => void;
}

function Body({ analysis, isAll, onOpen, onImprove }: BodyProps): ReactNode {
  const { t } = useTranslation('registers');
  const isNamed = barsOf(analysis.groups).length > 0;
  if (analysis.total === 0) {
    return (
      <>
        <EmptyState
          icon={<BarChartOutlined />}
          title={t('complaints.empty')}
          hint={t('complaints.emptyHint')}
        />
        {analysis.improvements.length > 0 && <Improvements analysis={analysis} />}
      </>
    );
  }
  return (
    <>
      <Figures analysis={analysis} isAll={isAll} />
      <section className="yd-complaint-chart">
        {isNamed ? (
          <Suspense fallback={<Bones rows={6} />}>
            <ParetoChart groups={analysis.groups} onOpen={onOpen} />
          </Suspense>
        ) : (
          <EmptyState title={t('complaints.noCause')} hint={t('complaints.noCauseHint')} />
        )}
      </section>
      <GroupsTable analysis={analysis} onOpen={onOpen} onImprove={onImprove} />
      <div className="yd-complaint-below">
        <OverTime analysis={analysis} />
        <Improvements analysis={analysis} />
      </div>
    </>
  );
}

/** Which causes make the most complaints, and what is done about them. */
export function ComplaintsPage(props: ComplaintsProps): ReactNode {
  const { search, dates, onSearch } = props;
  const { t } = useTranslation('registers');
  useTitle(t('complaints.title'));
  const filter = filterOf(search, dates);
  const input = { query: { ...filter, by: search.by ?? 'cause' } } as const;
  const analysis = useQuery({
    queryKey: keyOf(analyseComplaints, input),
    queryFn: ({ signal }) => call(analyseComplaints, input, { signal }),
    // The page keeps its place while another split is read.
    placeholderData: keepPreviousData,
  });
  const [improved, setImproved] = useState<string | null>(null);
  const { by = 'cause', groups = [], products = [] } = analysis.data ?? {};
  const opened = search.bar;
  return (
    <>
      <PageHeader title={t('complaints.title')} hint={t('complaints.hint')} />
      <ComplaintFilters {...props} products={products} />
      <Loaded query={analysis}>
        {(data) => (
          <Body
            analysis={data}
            isAll={search.all === true}
            onOpen={(group) => onSearch({ bar: barKey(group) })}
            onImprove={({ name }) => setImproved(name)}
          />
        )}
      </Loaded>
      {opened !== undefined && (
        <Behind
          by={by}
          bar={opened}
          name={groups.find((group) => barKey(group) === opened)?.name ?? opened}
          filter={filter}
          onClose={() => onSearch({ bar: undefined })}
        />
      )}
      {improved !== null && (
        <ImprovementDialog
          cause={improved}
          search={search}
          dates={dates}
          onClose={() => setImproved(null)}
        />
      )}
    </>
  );
}
