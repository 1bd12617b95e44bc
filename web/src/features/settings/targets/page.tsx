import { listTargets, standardKeys, standardUnits } from '@yingda/contract';
import type { StandardKey, TargetBand, TargetView } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { DataTable, Tag } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { rangeText, targetsOn, valueText } from './band.ts';
import { TargetDrawer } from './target-drawer.tsx';
import { dayText } from './target-history.tsx';
import { useCentre } from './use-measures.ts';
import './targets.css';

interface Row {
  id: StandardKey;
  number: number;
  defaults: TargetBand;
  targets: TargetView[];
}
const nothing: TargetBand = { norm: null, low: null, high: null };

/** The target that holds today for all contacts, and how many queues or types have their own. */
function Current({ row }: { row: Row }): ReactNode {
  const { t } = useTranslation('measures');
  const { currency, today } = useCentre();
  const inForce = targetsOn(row.targets, today);
  const forAll = inForce.get('/');
  const others = inForce.size - (forAll ? 1 : 0);
  const next = row.targets
    .filter(({ validFrom }) => validFrom > today)
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom))[0];
  const range =
    forAll && (rangeText(forAll, standardUnits[row.id], currency) ?? t('targets.noRange'));
  const seconds = forAll?.seconds ?? null;
  return (
    <span className="yd-tags">
      {forAll ? (
        <span>
          {range}
          {seconds !== null && t('comma') + t('targets.within', { count: seconds })}
        </span>
      ) : (
        <span className="yd-soft">{t('targets.likeDefault')}</span>
      )}
      {others > 0 && <Tag tone="accent">{t('targets.others', { count: others })}</Tag>}
      {next && <Tag tone="blue">{t('targets.changesOn', { day: dayText(next.validFrom) })}</Tag>}
    </span>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation(['measures', 'standards']);
  const { currency } = useCentre();
  return [
    {
      key: 'name',
      title: t('targets.standard'),
      width: '34%',
      render: ({ id, number }) => (
        <span className="yd-target-name">
          <span className="yd-target-number yd-figures">{number}</span>
          {t(`standards:standards.${id}.name`)}
        </span>
      ),
    },
    {
      key: 'norm',
      title: t('targets.norm'),
      width: 130,
      narrow: 'hide',
      render: ({ id, defaults: { norm } }) =>
        norm === null ? (
          <span className="yd-soft">–</span>
        ) : (
          <span className="yd-figures">{valueText(norm, standardUnits[id], currency)}</span>
        ),
    },
    {
      key: 'range',
      title: t('targets.recommended'),
      width: 190,
      narrow: 'hide',
      render: ({ id, defaults }) => (
        <span className="yd-figures">
          {rangeText(defaults, standardUnits[id], currency) ?? (
            <span className="yd-soft">{t('targets.watched')}</span>
          )}
        </span>
      ),
    },
    {
      key: 'current',
      title: t('targets.current'),
      narrow: 'below',
      render: (row) => <Current row={row} />,
    },
  ];
}

/** Targets of the 23 standards: the trade's defaults, and what this centre set in their place. */
export function TargetsPage(): ReactNode {
  const { t } = useTranslation('measures');
  useTitle(t('targets.title'));
  const query = useCall(listTargets);
  const columns = useColumns();
  const [opened, setOpened] = useState<StandardKey | null>(null);
  return (
    <>
      <PageHeader title={t('targets.title')} hint={t('targets.hint')} />
      <Loaded query={query} rows={10}>
        {({ items, defaults }) => {
          const rows = standardKeys.map((id, index) => ({
            id,
            number: index + 1,
            defaults: defaults[id] ?? nothing,
            targets: items.filter(({ standard }) => standard === id),
          }));
          const row = rows.find(({ id }) => id === opened);
          return (
            <>
              <DataTable
                label={t('targets.title')}
                rows={rows}
                columns={columns}
                onOpen={({ id }) => setOpened(id)}
              />
              {row && (
                <TargetDrawer
                  standard={row.id}
                  targets={row.targets}
                  defaults={row.defaults}
                  onClose={() => setOpened(null)}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
