import { PlusOutlined, TeamOutlined } from '@ant-design/icons';
import { listInvitations, listPeople } from '@yingda/contract';
import type { PersonView } from '@yingda/contract';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, usePages } from '../../../lib/query.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Tag } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { TimeAgo } from '../../../ui/time.tsx';
import { useTitle } from '../../../ui/title.ts';
import { useRoleNames, useTeamNames } from '../shared/names.ts';
import { PagedTable } from '../../../ui/paged-table.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDrawer } from './invite-drawer.tsx';
import { PersonDrawer } from './person-drawer.tsx';

function Person({ person: { name, email, image } }: { person: PersonView }): ReactNode {
  return (
    <span className="yd-person">
      <Avatar name={name} image={image} px={28} />
      <span>
        {name}
        <small>{email}</small>
      </span>
    </span>
  );
}

function useColumns(): Column<PersonView>[] {
  const { t } = useTranslation('settings');
  const roles = useRoleNames();
  const teams = useTeamNames();
  return [
    { key: 'name', title: t('people.name'), render: (person) => <Person person={person} /> },
    {
      key: 'roles',
      title: t('people.roles'),
      narrow: 'below',
      render: ({ grants }) => (
        <span className="yd-tags">
          {[...new Set(grants.map(({ roleId }) => roleId))].map((id) => (
            <Tag key={id}>{roles.of(id)}</Tag>
          ))}
        </span>
      ),
    },
    {
      key: 'teams',
      title: t('people.teams'),
      narrow: 'hide',
      render: ({ teamIds }) => teamIds.map(teams.of).join(t('listMark')),
    },
    {
      key: 'state',
      title: t('people.state'),
      width: 150,
      render: ({ active, lastSeenAt }) => {
        if (!active) return <Tag tone="red">{t('people.inactive')}</Tag>;
        return lastSeenAt ? <TimeAgo at={lastSeenAt} /> : t('people.neverSeen');
      },
    },
  ];
}

/** Everybody who may sign in, and who is invited. */
export function PeoplePage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('people.title'));
  const [words, setWords] = useState('');
  const [active, setActive] = useState<'true' | 'false'>('true');
  const [opened, setOpened] = useState<PersonView | 'new' | null>(null);
  const pages = usePages(listPeople, { q: words || undefined, active });
  const invitations = useCall(listInvitations);
  const close = (): void => setOpened(null);
  const inviteButton = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened('new')}>
      {t('people.invite')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('people.title')} hint={t('people.hint')}>
        {inviteButton}
      </PageHeader>
      <Invitations items={invitations.data?.items ?? []} />
      <div className="yd-filters">
        <SearchField label={t('people.search')} onSearch={setWords} />
        <Segmented<'true' | 'false'>
          aria-label={t('people.state')}
          value={active}
          options={[
            { value: 'true', label: t('people.active') },
            { value: 'false', label: t('people.inactive') },
          ]}
          onChange={setActive}
        />
      </div>
      <PagedTable
        label={t('people.title')}
        pages={pages}
        columns={useColumns()}
        onOpen={setOpened}
        isDim={(person) => !person.active}
        empty={
          <EmptyState
            icon={<TeamOutlined />}
            title={t(active === 'true' ? 'people.noneFound' : 'people.noneInactive')}
            hint={words ? t('noneFoundHint') : null}
          />
        }
      />
      {opened === 'new' && <InviteDrawer onClose={close} />}
      {opened && opened !== 'new' && <PersonDrawer person={opened} onClose={close} />}
    </>
  );
}
