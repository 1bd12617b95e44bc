import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CoffeeOutlined,
  InboxOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../ui/states.tsx';
import { useCounts } from '../data/lists.ts';
import { useGo } from '../data/place.ts';
import type { ListFilter, ListView } from '../model/list-filter.ts';
import { useMyPresence } from '../offers/use-my-presence.ts';

const icons: Partial<Record<ListView, ReactNode>> = {
  mine: <CoffeeOutlined />,
  queue: <CheckCircleOutlined />,
  snoozed: <ClockCircleOutlined />,
};

function NextStep({ view }: { view: ListView }): ReactNode {
  const { t } = useTranslation('desk');
  const presence = useMyPresence();
  const waiting = useCounts()?.queue ?? 0;
  const go = useGo();
  if (view !== 'mine') return null;
  if (presence.data && presence.data.state !== 'ready') {
    return (
      <Button type="primary" loading={presence.isChanging} onClick={presence.becomeReady}>
        {t('presence.becomeReady')}
      </Button>
    );
  }
  if (waiting === 0) return null;
  return (
    <Button onClick={() => go({ view: 'queue' })}>{t('empty.seeQueue', { count: waiting })}</Button>
  );
}

/** What an empty view means and what to do next. */
export function EmptyList({ filter: { view } }: { filter: ListFilter }): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <EmptyState
      icon={icons[view] ?? <InboxOutlined />}
      title={t(`empty.${view}.title`)}
      hint={t(`empty.${view}.hint`)}
    >
      <NextStep view={view} />
    </EmptyState>
  );
}
