import { PlusOutlined } from '@ant-design/icons';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTitle } from '../../ui/title.ts';
import { ImportRun } from './detail/detail.tsx';
import { FollowedLogs } from './followed.tsx';
import { ImportList } from './list.tsx';
import { Wizard } from './wizard/wizard.tsx';
import './wizard.css';
import './run.css';

function Overview(): ReactNode {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')}>
        <Button
          type="primary"
          icon={<PlusOutlined />}
          onClick={() =>
            void navigate({ to: '/settings/imports/$importId', params: { importId: 'new' } })
          }
        >
          {t('list.begin')}
        </Button>
      </PageHeader>
      <ImportList />
      <FollowedLogs />
    </>
  );
}

/** Logs and tables that become contacts of the reports: the list, a new one, or one of them. */
export function ImportsPage(): ReactNode {
  const { t } = useTranslation('imports');
  useTitle(t('title'));
  const { importId } = useParams({ strict: false });
  if (importId === undefined) return <Overview />;
  return importId === 'new' ? <Wizard /> : <ImportRun key={importId} id={importId} />;
}
