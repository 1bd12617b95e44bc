import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  HourglassOutlined,
  InboxOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { useCounts } from '../data/lists.ts';
import { useDeskPlace, useGo } from '../data/place.ts';
import { type ListView, listViews } from '../model/list-filter.ts';
import './views-bar.css';

const icons: Record<ListView, ReactNode> = {
  mine: <UserOutlined />,
  queue: <HourglassOutlined />,
  team: <TeamOutlined />,
  snoozed: <ClockCircleOutlined />,
  resolved: <CheckCircleOutlined />,
  mentions: <span className="yd-view-at">@</span>,
  all: <InboxOutlined />,
};

/** The server counts no further. */
const most = 999;

/** Views that grow without end are not counted. */
const uncounted: readonly ListView[] = ['resolved', 'all'];
/** Where somebody waits for somebody. */
const alive: readonly ListView[] = ['queue', 'mentions'];

function useCount(view: ListView): { count: number; unread: number } {
  const counts: Partial<Record<ListView | 'mineUnread', number>> = useCounts() ?? {};
  return {
    count: uncounted.includes(view) ? 0 : (counts[view] ?? 0),
    unread: view === 'mine' ? (counts.mineUnread ?? 0) : 0,
  };
}

function Count({ view }: { view: ListView }): ReactNode {
  const { t } = useTranslation('desk');
  const { count, unread } = useCount(view);
  if (count === 0) return null;
  return (
    <span className={`yd-view-count yd-figures ${alive.includes(view) ? 'is-alive' : ''}`}>
      {unread > 0 && (
        <span
          className="yd-view-dot"
          role="img"
          aria-label={t('list.unreadMany', { count: unread })}
        />
      )}
      {count >= most ? `${most}+` : formatNumber(count)}
    </span>
  );
}

/** The views of the desk with how many conversations each holds. */
export function ViewsBar(): ReactNode {
  const { t } = useTranslation('desk');
  const { view: current } = useDeskPlace();
  const go = useGo();
  const bar = useRef<HTMLElement>(null);
  // On a phone the views lie in a row that may be scrolled away from the one that is shown.
  useEffect(() => {
    bar.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <nav ref={bar} className="yd-views" aria-label={t('views.title')}>
      {listViews.map((view) => (
        <button
          key={view}
          type="button"
          className="yd-view"
          title={t(`views.${view}`)}
          aria-current={view === current ? 'true' : undefined}
          onClick={() => go({ view, teamId: null })}
        >
          <span className="yd-view-icon" aria-hidden>
            {icons[view]}
          </span>
          <span className="yd-view-name">{t(`views.${view}`)}</span>
          <Count view={view} />
        </button>
      ))}
    </nav>
  );
}
