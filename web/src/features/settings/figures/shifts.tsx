import { DeleteOutlined } from '@ant-design/icons';
import {
  createShifts,
  deleteShift,
  getReport,
  getStandards,
  listMembers,
  listShifts,
} from '@yingda/contract';
import type { ShiftView } from '@yingda/contract';
import { Input } from 'antd';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatDate, formatDuration, formatTime } from '../../../lib/format.ts';
import { refresh, useCall } from '../../../lib/query.ts';
import { addDays } from '../../../lib/zone.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useCentre } from '../targets/use-measures.ts';
import { readShift, shiftCells } from './entry.ts';
import type { Shift, Typed } from './entry.ts';
import type { GridColumn } from './use-grid.ts';
import { QuickEntry } from './quick-entry.tsx';
import { useNames } from './use-known.ts';

function useColumns(): Column<ShiftView>[] {
  const { t } = useTranslation('measures');
  const { zone } = useCentre();
  const remove = async (id: string): Promise<void> => {
    await call(deleteShift, { params: { id } });
    await refresh(listShifts, getStandards, getReport);
  };
  return [
    { key: 'agent', title: t('figures.cells.agent'), render: ({ agentName }) => agentName },
    {
      key: 'day',
      title: t('figures.cells.date'),
      narrow: 'below',
      render: ({ startsAt }) => formatDate(startsAt, zone),
    },
    {
      key: 'time',
      title: t('figures.time'),
      render: ({ startsAt, endsAt }) => (
        <span className="yd-figures">
          {formatTime(startsAt, zone)}–{formatTime(endsAt, zone)}
        </span>
      ),
    },
    {
      key: 'length',
      title: t('figures.length'),
      narrow: 'hide',
      render: ({ startsAt, endsAt }) =>
        formatDuration(new Date(endsAt).getTime() - new Date(startsAt).getTime()),
    },
    {
      key: 'delete',
      title: '',
      width: 48,
      render: ({ id, agentName, startsAt }) => (
        <ConfirmButton
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('figures.deleteShiftOf', { agentName, day: formatDate(startsAt, zone) })}
          question={t('figures.deleteQuestion')}
          consequence={t('figures.deleteConsequence')}
          deed={t('common:delete')}
          onConfirm={() => remove(id)}
        />
      ),
    },
  ];
}

const longest = 366;

function ShiftList(): ReactNode {
  const { t } = useTranslation('measures');
  const { today } = useCentre();
  const [chosen, setChosen] = useState<{ from?: string; to?: string }>({});
  const from = chosen.from ?? addDays(today, -7);
  const to = chosen.to ?? addDays(today, 14);
  const isPeriod = from !== '' && to !== '' && from <= to && addDays(from, longest) >= to;
  const query = useCall(listShifts, { query: { from, to } }, { enabled: isPeriod });
  const columns = useColumns();
  return (
    <section className="yd-part">
      <header>
        <h2>{t('figures.entered')}</h2>
        <span className="yd-figures-period">
          <Input
            type="date"
            aria-label={t('figures.cells.from')}
            value={from}
            onChange={(event) => setChosen({ ...chosen, from: event.target.value })}
          />
          –
          <Input
            type="date"
            aria-label={t('figures.cells.to')}
            value={to}
            onChange={(event) => setChosen({ ...chosen, to: event.target.value })}
          />
        </span>
      </header>
      {isPeriod ? (
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={t('figures.noShifts')} hint={t('figures.noneHint')} />
            ) : (
              <DataTable label={t('figures.entered')} rows={items} columns={columns} />
            )
          }
        </Loaded>
      ) : (
        <EmptyState title={t('figures.noPeriod')} hint={t('figures.noPeriodHint')} />
      )}
    </section>
  );
}

const noMeasures: [] = [];

/** Planned shifts: rows to enter above, those of a period below. */
export function Shifts(): ReactNode {
  const { t } = useTranslation('measures');
  const { agents, known } = useNames(noMeasures);
  const examples: Partial<Record<string, string>> = {
    date: t('figures.dateExample'),
    starts: '9:00',
    ends: '18:00',
  };
  const columns = shiftCells.map((name): GridColumn => {
    const placeholder = examples[name];
    return {
      name,
      title: t(`figures.cells.${name}`),
      width: name === 'agent' ? 180 : 120,
      ...(name === 'agent' ? { options: agents } : {}),
      ...(placeholder ? { placeholder } : {}),
    };
  });
  const read = useCallback((typed: Typed) => readShift(typed, known), [known]);
  const save = async (shifts: Shift[]): Promise<void> => {
    await call(createShifts, { body: { shifts } });
    await refresh(listShifts, listMembers, getStandards, getReport);
  };
  return (
    <>
      <p className="yd-figures-hint">{t('figures.uses.shifts')}</p>
      <QuickEntry
        label={t('figures.enter', { group: t('figures.groups.shifts') })}
        columns={columns}
        repeated={['agent', 'starts', 'ends']}
        start={{}}
        read={read}
        save={save}
        hint={t('figures.shiftHint')}
      />
      <ShiftList />
    </>
  );
}
