import {
  BulbOutlined,
  DownOutlined,
  FullscreenExitOutlined,
  FullscreenOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { LiveQueue } from '@yingda/contract';
import { listTeams } from '@yingda/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import type { CSSProperties, ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSecond, formatTime } from '../../../lib/format.ts';
import { useCall } from '../../../lib/query.ts';
import { useLiveState } from '../../../lib/use-live.ts';
import { useStored } from '../../../lib/use-stored.ts';
import { Menu } from '../../../ui/menu.tsx';
import { Bones, EmptyState, ErrorState } from '../../../ui/states.tsx';
import { useNow } from '../../../ui/time.tsx';
import { useTitle } from '../../../ui/title.ts';
import { dark, light, variablesOf } from '../../../ui/tokens.ts';
import { wallGrid } from '../live/figures.ts';
import { useLiveFigures } from '../live/use-live-figures.ts';
import { Tile } from './tile.tsx';
import { useAwake, useFullscreen, useSize } from './use-screen.ts';
import './wall.css';

/** More than this cannot be read from the other end of a room. */
const maxTiles = 20;
const narrow = 640;
const asBoolean = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

function Clock({ zone }: { zone: string }): ReactNode {
  const now = useNow();
  return (
    <time className="yd-wall-clock yd-figures" dateTime={new Date(now).toISOString()}>
      {formatSecond(now, zone)}
    </time>
  );
}

/** Whether the figures follow what happens, or since when they do not. */
function Liveness({ at, zone }: { at: string; zone: string }): ReactNode {
  const { t } = useTranslation('kpi');
  const isLive = useLiveState() === 'open';
  return (
    <span className={`yd-wall-live ${isLive ? 'is-live' : ''}`} role="status">
      <i aria-hidden />
      {isLive ? t('wall.live') : t('wall.old', { time: formatTime(at, zone) })}
    </span>
  );
}

const allTeams = 'all';

/** The team whose queues are shown; nothing to choose where there is only one. */
function TeamMenu({ queues }: { queues: readonly LiveQueue[] }): ReactNode {
  const { t } = useTranslation('kpi');
  const navigate = useNavigate({ from: '/wall' });
  const search = useSearch({ from: '/frame/wall' });
  const { teamId } = search;
  const teams = useCall(listTeams, undefined, { staleTime: 5 * 60_000 }).data?.items ?? [];
  const seen = new Set(queues.map((queue) => queue.teamId));
  const own = teams.filter(({ id }) => seen.has(id));
  if (own.length < 2) return null;
  return (
    <Menu
      items={[
        { key: allTeams, label: t('wall.allTeams'), checked: teamId === undefined },
        ...own.map(({ id, name }) => ({ key: id, label: name, checked: id === teamId })),
      ]}
      onChoose={(key) =>
        void navigate({
          search: { ...search, teamId: key === allTeams ? undefined : key },
        })
      }
    >
      <button type="button" className="yd-wall-deed">
        <TeamOutlined aria-hidden />
        {own.find(({ id }) => id === teamId)?.name ?? t('wall.allTeams')}
        <DownOutlined aria-hidden className="yd-kpi-down" />
      </button>
    </Menu>
  );
}

/** Full screen and back; the address keeps that the board covers everything, for screens nobody sits at. */
function FullButton({ wall }: { wall: RefObject<HTMLDivElement | null> }): ReactNode {
  const { t } = useTranslation('kpi');
  const navigate = useNavigate({ from: '/wall' });
  const search = useSearch({ from: '/frame/wall' });
  const isFull = useFullscreen();
  const isOn = isFull || search.full === true;
  const toggle = async (): Promise<void> => {
    void navigate({
      search: { ...search, full: isOn ? undefined : true },
      replace: true,
    });
    try {
      if (isFull) await document.exitFullscreen();
      else if (!isOn) await wall.current?.requestFullscreen();
    } catch {
      // Refused by the browser: the board covers the page at least.
    }
  };
  const label = t(isOn ? 'wall.leave' : 'wall.full');
  return (
    <button type="button" className="yd-wall-deed" title={label} onClick={() => void toggle()}>
      {isOn ? <FullscreenExitOutlined aria-hidden /> : <FullscreenOutlined aria-hidden />}
      <span className="yd-wall-deed-text">{label}</span>
    </button>
  );
}

function Tiles({ queues }: { queues: readonly LiveQueue[] }): ReactNode {
  const { t } = useTranslation('kpi');
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const shown = queues.slice(0, maxTiles);
  const isNarrow = size.width < narrow;
  const grid = isNarrow ? { columns: 1, rows: shown.length } : wallGrid(shown.length, size);
  const style = {
    gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`,
    gridTemplateRows: `repeat(${grid.rows}, minmax(${isNarrow ? 210 : 150}px, 1fr))`,
  };
  return (
    <>
      <div
        ref={box}
        className="yd-wall-tiles"
        role="group"
        aria-label={t('wall.title')}
        tabIndex={0}
        style={style}
      >
        {shown.map((queue) => (
          <Tile key={queue.queueId} queue={queue} />
        ))}
      </div>
      {queues.length > maxTiles && (
        <p className="yd-wall-rest">{t('wall.tooMany', { count: queues.length - maxTiles })}</p>
      )}
    </>
  );
}

/** What a room full of agents sees: the queues of now, in figures that can be read from afar. */
export function WallPage(): ReactNode {
  const { t } = useTranslation('kpi');
  useTitle(t('wall.title'));
  useAwake();
  const wall = useRef<HTMLDivElement>(null);
  const { teamId, full } = useSearch({ from: '/frame/wall' });
  const [isDark, setDark] = useStored('wall.dark', true, asBoolean);
  const { data, error, refetch } = useLiveFigures();
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <Bones rows={8} />;
  const queues = data.queues.filter((queue) => teamId === undefined || queue.teamId === teamId);
  const style = {
    ...variablesOf(isDark ? dark : light),
    colorScheme: isDark ? 'dark' : 'light',
  } as CSSProperties;
  return (
    <div ref={wall} className={`yd-wall ${full ? 'is-full' : ''}`} style={style}>
      <header>
        <h1>{t('wall.title')}</h1>
        <Liveness at={data.at} zone={data.timeZone} />
        <span className="yd-bar-space" />
        <TeamMenu queues={data.queues} />
        <button
          type="button"
          className="yd-wall-deed"
          title={t(isDark ? 'wall.light' : 'wall.dark')}
          aria-label={t(isDark ? 'wall.light' : 'wall.dark')}
          onClick={() => setDark(!isDark)}
        >
          <BulbOutlined aria-hidden />
        </button>
        <FullButton wall={wall} />
        <Clock zone={data.timeZone} />
      </header>
      {queues.length === 0 ? (
        <EmptyState title={t('wall.none')} hint={t('wall.noneHint')} />
      ) : (
        <Tiles queues={queues} />
      )}
    </div>
  );
}
