import { InboxOutlined, ProfileOutlined, SearchOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../lib/use-shortcuts.ts';
import { useCommands } from '../../ui/commands.ts';
import { useGo } from './data/place.ts';
import type { Neighbours } from './data/use-neighbours.ts';
import { listViews } from './model/list-filter.ts';

interface DeskKeys {
  neighbours: Neighbours;
  openSearch: () => void;
  toggleContext: () => void;
}

/** Keys and commands for moving about on the desk. */
export function useDeskKeys({ neighbours, openSearch, toggleContext }: DeskKeys): void {
  const { t } = useTranslation('desk');
  const go = useGo();
  const open = (id: string | null): void => {
    if (id !== null) go({ conversationId: id }, { replace: true });
  };
  const group = 'desk:keys.desk';
  useShortcuts([
    { keys: 'j', label: 'desk:keys.next', group, run: () => open(neighbours.next) },
    { keys: 'k', label: 'desk:keys.previous', group, run: () => open(neighbours.previous) },
    { keys: '/', label: 'desk:search.open', group, run: openSearch },
    { keys: 'i', label: 'desk:context.toggle', group, run: toggleContext },
  ]);
  useCommands([
    {
      id: 'desk.search',
      label: t('search.open'),
      group: t('keys.desk'),
      icon: <SearchOutlined />,
      keys: '/',
      run: openSearch,
    },
    {
      id: 'desk.context',
      label: t('context.toggle'),
      group: t('keys.desk'),
      icon: <ProfileOutlined />,
      keys: 'i',
      run: toggleContext,
    },
    ...listViews.map((view) => ({
      id: `desk.view.${view}`,
      label: t(`views.${view}`),
      group: t('views.title'),
      icon: <InboxOutlined />,
      run: () => go({ view, teamId: null }),
    })),
  ]);
}
