import { PlusOutlined } from '@ant-design/icons';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';
import { Bones, EmptyState, Loaded } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTitle } from '../../ui/title.ts';
import { useAutomations } from './data.ts';
import { RuleList } from './list/rules.tsx';
import { RunList } from './list/runs.tsx';
import { MacroList } from './macros/macros.tsx';
import '../../ui/fields.css';
import './automations.css';
import './builder.css';
import './trial.css';

const AutomationEditor = lazy(() =>
  import('./editor/editor.tsx').then((module) => ({ default: module.AutomationEditor })),
);

function Overview(): ReactNode {
  const { t } = useTranslation('automations');
  const navigate = useNavigate();
  const create = (): void =>
    void navigate({ to: '/settings/automations/$automationId', params: { automationId: 'new' } });
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')}>
        <Button type="primary" icon={<PlusOutlined />} onClick={create}>
          {t('create')}
        </Button>
      </PageHeader>
      <Tabs
        label={t('tabs.title')}
        tabs={[
          { key: 'rules', label: t('tabs.rules'), content: <RuleList onCreate={create} /> },
          { key: 'runs', label: t('tabs.runs'), content: <RunList /> },
          { key: 'macros', label: t('tabs.macros'), content: <MacroList /> },
        ]}
      />
    </>
  );
}

function Opened({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('automations');
  const rules = useAutomations();
  const navigate = useNavigate();
  return (
    <Loaded query={rules}>
      {({ items }) => {
        const known = items.find((rule) => rule.id === id);
        return known ? (
          <AutomationEditor known={known} />
        ) : (
          <EmptyState title={t('common:state.notFound')} hint={t('common:state.notFoundHint')}>
            <Button onClick={() => void navigate({ to: '/settings/automations' })}>
              {t('back')}
            </Button>
          </EmptyState>
        );
      }}
    </Loaded>
  );
}

/** Rules that work by themselves: the list with its history, a new one, or one of them. */
export function AutomationsPage(): ReactNode {
  const { t } = useTranslation('automations');
  useTitle(t('title'));
  const { automationId } = useParams({ strict: false });
  if (automationId === undefined) return <Overview />;
  return (
    <Suspense fallback={<Bones rows={8} />}>
      {automationId === 'new' ? (
        <AutomationEditor key="new" known={null} />
      ) : (
        <Opened key={automationId} id={automationId} />
      )}
    </Suspense>
  );
}
