import { AreaChartOutlined, InboxOutlined } from '@ant-design/icons';
import type { StandardCard, StandardState, StandardsView } from '@yingda/contract';
import { getStandards } from '@yingda/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { useRights } from '../../../lib/me.ts';
import { keyOf } from '../../../lib/query.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Bones, ErrorState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { filterOf, filterQuery } from '../model/search.ts';
import type { StandardsSearch } from '../model/search.ts';
import type { Actions } from '../model/shown-query.ts';
import { usePeriod } from '../model/use-period.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { PeriodPicker } from '../parts/period-picker.tsx';
import { Attention } from './attention.tsx';
import { Card } from './card.tsx';
import { CountsStrip } from './counts-strip.tsx';
import '../parts/parts.css';
import './standards.css';

const urgency: Record<StandardState, number> = { out: 0, near: 1, good: 2, watch: 3, none: 4 };
const byUrgency = (a: StandardCard, b: StandardCard): number =>
  urgency[a.state] - urgency[b.state] || a.number - b.number;

type Sort = 'number' | 'attention';

function Cards({ view, search }: { view: StandardsView; search: StandardsSearch }): ReactNode {
  const { t } = useTranslation('kpi');
  const navigate = useNavigate({ from: '/standards' });
  const sort: Sort = search.sort ?? 'number';
  const cards = sort === 'attention' ? view.cards.toSorted(byUrgency) : view.cards;
  return (
    <section aria-labelledby="kpi-cards">
      <div className="yd-kpi-cards-head">
        <h2 id="kpi-cards">{t('cards.title')}</h2>
        <Segmented<Sort>
          size="small"
          aria-label={t('cards.sort')}
          value={sort}
          options={[
            { value: 'number', label: t('cards.byNumber') },
            { value: 'attention', label: t('cards.byAttention') },
          ]}
          onChange={(next) =>
            void navigate({
              search: { ...search, sort: next === 'number' ? undefined : next },
              replace: true,
            })
          }
        />
      </div>
      <div className="yd-kpi-cards">
        {cards.map((card) => (
          <Card key={card.key} card={card} settings={view.settings} search={search} />
        ))}
      </div>
    </section>
  );
}

/** Says why all cards are empty, before one reads 23 times that data is missing. */
function Nothing(): ReactNode {
  const { t } = useTranslation('kpi');
  const { may } = useRights();
  return (
    <div className="yd-kpi-nothing" role="status">
      <InboxOutlined aria-hidden />
      <div>
        <strong>{t('empty.title')}</strong>
        <p>{t('empty.hint')}</p>
      </div>
      {may('import.manage') && <Link to="/settings/imports">{t('remedy.import')}</Link>}
    </div>
  );
}

function Shown({ view, search }: { view: StandardsView; search: StandardsSearch }): ReactNode {
  const attention = view.cards
    .filter(({ state }) => state === 'out' || state === 'near')
    .toSorted(byUrgency);
  const isJudged = view.cards.some(({ state }) => state !== 'none' && state !== 'watch');
  return (
    <>
      <CountsStrip view={view} />
      {view.counts.contacts === 0 && view.counts.blocked === 0 && <Nothing />}
      {isJudged && <Attention cards={attention} settings={view.settings} search={search} />}
      <Cards view={view} search={search} />
    </>
  );
}

/** All 23 standards of a period: what each is, what is wrong, what to do first. `actions`: more buttons in the head. */
export function StandardsPage({ actions }: { actions?: Actions }): ReactNode {
  const { t } = useTranslation('kpi');
  useTitle(t('standards.title'));
  const search = useSearch({ from: '/frame/standards' });
  const navigate = useNavigate({ from: '/standards' });
  const { period, settings } = usePeriod(search);
  const query = { from: '', to: '', ...period, ...filterQuery(search) };
  const standards = useQuery({
    queryKey: keyOf(getStandards, { query }),
    queryFn: ({ signal }) => call(getStandards, { query }, { signal }),
    enabled: period !== null,
    placeholderData: keepPreviousData,
  });
  if (settings.error)
    return <ErrorState error={settings.error} retry={() => void settings.refetch()} />;
  if (!period) return <Bones rows={8} />;
  const change = (next: StandardsSearch): void => void navigate({ search: { ...search, ...next } });
  return (
    <div className="yd-kpi" aria-busy={standards.isPlaceholderData}>
      <PageHeader title={t('standards.title')} hint={t('standards.hint')}>
        {actions?.(query, search)}
        <Button
          icon={<AreaChartOutlined />}
          onClick={() =>
            void navigate({ to: '/standards/report', search: { ...search, sort: undefined } })
          }
        >
          {t('report.open')}
        </Button>
      </PageHeader>
      <div className="yd-kpi-bar">
        <PeriodPicker search={search} period={period} onChoose={change} />
        <FilterBar filter={filterOf({ ...search })} onChange={change} />
      </div>
      <Loaded query={standards} rows={12}>
        {(view) => <Shown view={view} search={search} />}
      </Loaded>
    </div>
  );
}
