import { MessageOutlined, PlusOutlined } from '@ant-design/icons';
import { listCanned } from '@yingda/contract';
import type { CannedView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { useRights } from '../../../lib/me.ts';
import { useCall } from '../../../lib/query.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { useTeamNames } from '../shared/names.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { CannedDrawer } from './canned-drawer.tsx';

function useColumns(): Column<CannedView>[] {
  const { t } = useTranslation('settings');
  const teams = useTeamNames();
  return [
    {
      key: 'title',
      title: t('canned.name'),
      render: ({ title, shortcut }) => (
        <>
          {title}
          <code className="yd-canned-key">/{shortcut}</code>
        </>
      ),
    },
    {
      key: 'text',
      title: t('canned.text'),
      narrow: 'below',
      render: ({ text }) => <span className="yd-canned-text">{text}</span>,
    },
    {
      key: 'team',
      title: t('canned.team'),
      narrow: 'hide',
      width: 140,
      render: ({ teamId }) => (teamId ? teams.of(teamId) : t('canned.everybody')),
    },
    {
      key: 'uses',
      title: t('canned.uses'),
      narrow: 'hide',
      align: 'right',
      width: 80,
      render: ({ uses }) => <span className="yd-figures">{formatNumber(uses)}</span>,
    },
  ];
}

const holds = ({ title, text, shortcut }: CannedView, words: string): boolean =>
  `${title} ${shortcut} ${text}`.toLowerCase().includes(words.toLowerCase());

/** Canned replies: what agents answer often, one slash away. */
export function CannedPage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('canned.title'));
  const query = useCall(listCanned);
  const columns = useColumns();
  const { teams, may } = useRights();
  const [words, setWords] = useState('');
  const [opened, setOpened] = useState<CannedView | 'new' | null>(null);
  const isMine = ({ teamId }: CannedView): boolean =>
    teamId === null ? teams('canned.manage') === 'all' : may('canned.manage', teamId);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened('new')}>
      {t('canned.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('canned.title')} hint={t('canned.hint')}>
        {create}
      </PageHeader>
      <Loaded query={query}>
        {({ items }) => {
          const own = items.filter(isMine);
          const shown = own.filter((reply) => holds(reply, words));
          if (own.length === 0) {
            return (
              <EmptyState
                icon={<MessageOutlined />}
                title={t('canned.none')}
                hint={t('canned.noneHint')}
              />
            );
          }
          return (
            <>
              <div className="yd-filters">
                <SearchField label={t('canned.search')} onSearch={setWords} />
              </div>
              {shown.length === 0 ? (
                <EmptyState title={t('noneFound')} hint={t('noneFoundHint')} />
              ) : (
                <DataTable
                  label={t('canned.title')}
                  rows={shown}
                  columns={columns}
                  onOpen={setOpened}
                />
              )}
            </>
          );
        }}
      </Loaded>
      {opened && (
        <CannedDrawer reply={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />
      )}
    </>
  );
}
