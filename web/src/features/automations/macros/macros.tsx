import { PlusOutlined, RocketOutlined } from '@ant-design/icons';
import { listMacros } from '@yingda/contract';
import type { MacroView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { useCall } from '../../../lib/query.ts';
import { DataTable, Tag } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTeams } from '../data.ts';
import { MacroEditor } from './macro-editor.tsx';

function useColumns(): Column<MacroView>[] {
  const { t } = useTranslation('automations');
  const teams = useTeams();
  return [
    {
      key: 'name',
      title: t('draft.name'),
      render: ({ name, subject }) => (
        <>
          {name} <Tag>{t(`subject.${subject}`)}</Tag>
        </>
      ),
    },
    {
      key: 'actions',
      title: t('macro.actions'),
      narrow: 'below',
      render: ({ actions }) => (
        <span className="yd-soft">
          {actions.map(({ kind }) => t(`action.${kind}`)).join(t('comma'))}
        </span>
      ),
    },
    {
      key: 'team',
      title: t('macro.team'),
      narrow: 'hide',
      render: ({ teamId }) =>
        teams.find(({ value }) => value === teamId)?.label ?? t('macro.everybody'),
    },
    {
      key: 'uses',
      title: t('macro.used'),
      align: 'right',
      narrow: 'hide',
      render: ({ uses }) => <span className="yd-figures">{formatNumber(uses)}</span>,
    },
  ];
}

/** Several deeds in one press, for people. */
export function MacroList(): ReactNode {
  const { t } = useTranslation('automations');
  const macros = useCall(listMacros);
  const columns = useColumns();
  const [opened, setOpened] = useState<MacroView | 'new' | null>(null);
  return (
    <>
      <div className="yd-macro-head">
        <p className="yd-soft">{t('macro.hint')}</p>
        <Button icon={<PlusOutlined />} onClick={() => setOpened('new')}>
          {t('macro.create')}
        </Button>
      </div>
      <Loaded query={macros}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<RocketOutlined />}
              title={t('macro.none')}
              hint={t('macro.noneHint')}
            />
          ) : (
            <DataTable label={t('tabs.macros')} rows={items} columns={columns} onOpen={setOpened} />
          )
        }
      </Loaded>
      {opened !== null && (
        <MacroEditor known={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />
      )}
    </>
  );
}
