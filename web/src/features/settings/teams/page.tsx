import { PlusOutlined, TeamOutlined } from '@ant-design/icons';
import { listDepartments, listTeams } from '@yingda/contract';
import type { DepartmentView, TeamView } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { useColleagueNames, useDepartmentNames } from '../shared/names.ts';
import { DepartmentDrawer } from './department-drawer.tsx';
import { TeamDrawer } from './team-drawer.tsx';

type Opened = { team: TeamView | null } | { department: DepartmentView | null } | null;

function Teams({ onOpen }: { onOpen: (team: TeamView | null) => void }): ReactNode {
  const { t } = useTranslation('settings');
  const query = useCall(listTeams);
  const departments = useDepartmentNames();
  const people = useColleagueNames();
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon={<TeamOutlined />} title={t('teams.none')} hint={t('teams.noneHint')}>
            <Button type="primary" onClick={() => onOpen(null)}>
              {t('teams.create')}
            </Button>
          </EmptyState>
        ) : (
          <DataTable
            label={t('teams.title')}
            rows={items}
            onOpen={onOpen}
            columns={[
              { key: 'name', title: t('teams.name'), render: ({ name }) => name },
              {
                key: 'department',
                title: t('teams.department'),
                narrow: 'hide',
                render: ({ departmentId }) => departments.of(departmentId),
              },
              {
                key: 'members',
                title: t('teams.members'),
                narrow: 'below',
                render: ({ memberIds }) => {
                  const names = memberIds.slice(0, 4).map(people.of).join(t('listMark'));
                  if (memberIds.length === 0) return t('teams.noMembers');
                  return memberIds.length > 4
                    ? t('teams.andMore', { names, count: memberIds.length })
                    : names;
                },
              },
            ]}
          />
        )
      }
    </Loaded>
  );
}

function Departments({
  onOpen,
}: {
  onOpen: (department: DepartmentView | null) => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const query = useCall(listDepartments);
  const { data: teams } = useCall(listTeams);
  return (
    <section className="yd-part">
      <header>
        <h2>{t('departments.title')}</h2>
        <Button icon={<PlusOutlined />} onClick={() => onOpen(null)}>
          {t('departments.create')}
        </Button>
      </header>
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="yd-soft">{t('departments.none')}</p>
          ) : (
            <DataTable
              label={t('departments.title')}
              rows={items}
              onOpen={onOpen}
              columns={[
                { key: 'name', title: t('departments.name'), render: ({ name }) => name },
                {
                  key: 'teams',
                  title: t('departments.teams'),
                  narrow: 'below',
                  render: ({ id }) =>
                    (teams?.items ?? [])
                      .filter(({ departmentId }) => departmentId === id)
                      .map(({ name }) => name)
                      .join(t('listMark')) || '–',
                },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}

/** Teams, who is in them, and the departments they belong to. */
export function TeamsPage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('teams.title'));
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  return (
    <>
      <PageHeader title={t('teams.title')} hint={t('teams.hint')}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpened({ team: null })}>
          {t('teams.create')}
        </Button>
      </PageHeader>
      <Teams onOpen={(team) => setOpened({ team })} />
      <Departments onOpen={(department) => setOpened({ department })} />
      {opened && 'team' in opened && <TeamDrawer team={opened.team} onClose={close} />}
      {opened && 'department' in opened && (
        <DepartmentDrawer department={opened.department} onClose={close} />
      )}
    </>
  );
}
