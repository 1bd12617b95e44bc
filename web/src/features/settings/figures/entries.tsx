import { DeleteOutlined } from '@ant-design/icons';
import {
  createEntries,
  deleteEntry,
  getReport,
  getStandards,
  listEntries,
  listTeams,
} from '@yingda/contract';
import type { EntryMeasure, EntryView } from '@yingda/contract';
import { Select } from 'antd';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { formatMoney, moneySign } from '../../../lib/money.ts';
import { refresh, useCall, usePages } from '../../../lib/query.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { PagedTable } from '../../../ui/paged-table.tsx';
import { dayText } from '../targets/target-history.tsx';
import { useCentre, useMembers } from '../targets/use-measures.ts';
import { isMoney, readEntry } from './entry.ts';
import type { Entry, EntryGroup, Typed } from './entry.ts';
import type { GridColumn } from './use-grid.ts';
import { QuickEntry } from './quick-entry.tsx';
import { useNames } from './use-known.ts';
import type { Names } from './use-known.ts';

const widths = {
  measure: 150,
  agent: 140,
  team: 120,
  from: 120,
  to: 120,
  date: 120,
  starts: 90,
  ends: 90,
  value: 110,
  note: 160,
};

function useGridColumns(group: EntryGroup, { agents, teams }: Names): GridColumn[] {
  const { t } = useTranslation('measures');
  const { currency } = useCentre();
  const measures = group.measures.map((measure) => t(`figures.measures.${measure}`));
  const optional = new Set(['to', 'team', 'note', ...(group.id === 'grades' ? [] : ['agent'])]);
  const options: Partial<Record<string, string[]>> = {
    measure: measures,
    agent: agents,
    team: teams,
  };
  return group.cells.map((name): GridColumn => {
    const sign = group.id === 'costs' ? ` (${moneySign(currency)})` : '';
    return {
      name,
      title: name === 'value' ? t(`figures.values.${group.id}`) + sign : t(`figures.cells.${name}`),
      width: widths[name],
      ...(options[name] ? { options: options[name] } : {}),
      ...(name === 'value' ? { align: 'right' as const } : {}),
      ...(name === 'from' || name === 'date' ? { placeholder: t('figures.dateExample') } : {}),
      ...(name === 'to' ? { placeholder: t('figures.toExample') } : {}),
      isOptional: optional.has(name),
    };
  });
}

function useListColumns(group: EntryGroup): Column<EntryView>[] {
  const { t } = useTranslation('measures');
  const { currency } = useCentre();
  const agents = useMembers('agent');
  const teams = useCall(listTeams).data?.items ?? [];
  const whose = ({ agentId, teamId }: EntryView): string =>
    agents.of(agentId) ?? teams.find(({ id }) => id === teamId)?.name ?? t('figures.everybody');
  const period = ({ from, to }: EntryView): string =>
    from === to ? dayText(from) : t('figures.period', { from: dayText(from), to: dayText(to) });
  const remove = async (id: string): Promise<void> => {
    await call(deleteEntry, { params: { id } });
    await refresh(listEntries, getStandards, getReport);
  };
  return [
    { key: 'period', title: t('figures.cells.date'), render: period },
    {
      key: 'value',
      title: t(`figures.values.${group.id}`),
      align: 'right',
      width: 120,
      render: ({ measure, value }) => (
        <span className="yd-figures">
          {isMoney(measure) ? formatMoney(value, currency) : formatNumber(value)}
        </span>
      ),
    },
    { key: 'whose', title: t('figures.whose'), narrow: 'hide', render: whose },
    {
      key: 'note',
      title: t('figures.cells.note'),
      narrow: 'below',
      render: ({ note, createdBy }) => (
        <span className="yd-soft">{[note, createdBy].filter(Boolean).join(' · ')}</span>
      ),
    },
    {
      key: 'delete',
      title: '',
      width: 48,
      render: (entry) => (
        <ConfirmButton
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('figures.deleteOf', { period: period(entry) })}
          question={t('figures.deleteQuestion')}
          consequence={t('figures.deleteConsequence')}
          deed={t('common:delete')}
          onConfirm={() => remove(entry.id)}
        />
      ),
    },
  ];
}

function EntryList({
  group,
  measure,
  onMeasure,
}: {
  group: EntryGroup;
  measure: EntryMeasure;
  onMeasure: (measure: EntryMeasure) => void;
}): ReactNode {
  const { t } = useTranslation('measures');
  const pages = usePages(listEntries, { measure });
  const columns = useListColumns(group);
  return (
    <section className="yd-part">
      <header>
        <h2>{t('figures.entered')}</h2>
        {group.measures.length > 1 && (
          <Select
            aria-label={t('figures.cells.measure')}
            style={{ minWidth: 180 }}
            value={measure}
            options={group.measures.map((value) => ({
              value,
              label: t(`figures.measures.${value}`),
            }))}
            onChange={onMeasure}
          />
        )}
      </header>
      <PagedTable
        label={t('figures.entered')}
        pages={pages}
        columns={columns}
        empty={
          <EmptyState
            title={t('figures.none', { measure: t(`figures.measures.${measure}`) })}
            hint={t('figures.noneHint')}
          />
        }
      />
    </section>
  );
}

/** Figures of one group: rows to enter above, what was entered below. */
export function Entries({ group }: { group: EntryGroup }): ReactNode {
  const { t } = useTranslation('measures');
  const names = useNames(group.measures);
  const columns = useGridColumns(group, names);
  const [measure, setMeasure] = useState<EntryMeasure>(group.measures[0] ?? 'staff');
  const { known } = names;
  const read = useCallback((typed: Typed) => readEntry(group, typed, known), [group, known]);
  const save = async (entries: Entry[]): Promise<void> => {
    await call(createEntries, { body: { entries } });
    const [first] = entries;
    if (first) setMeasure(first.measure);
    await refresh(listEntries, getStandards, getReport);
  };
  return (
    <>
      <p className="yd-figures-hint">{t(`figures.uses.${group.id}`)}</p>
      <QuickEntry
        label={t('figures.enter', { group: t(`figures.groups.${group.id}`) })}
        columns={columns}
        repeated={['measure', 'from', 'to', 'date', 'team']}
        start={
          group.cells.includes('measure')
            ? { measure: t(`figures.measures.${group.measures[0] ?? 'staff'}`) }
            : {}
        }
        read={read}
        save={save}
        hint={t('figures.pasteHint')}
      />
      <EntryList group={group} measure={measure} onMeasure={setMeasure} />
    </>
  );
}
