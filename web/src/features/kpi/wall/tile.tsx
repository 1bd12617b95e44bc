import { CheckCircleFilled, ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons';
import type { LiveFigures, LiveQueue, StandardKey } from '@yingda/contract';
import { standardUnits } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatNumber } from '../../../lib/format.ts';
import { useNow } from '../../../ui/time.tsx';
import { waitLevel } from '../../../ui/waiting.ts';
import { toneOf } from '../live/figures.ts';
import { formatValue } from '../model/values.ts';

const write = (key: StandardKey, figures: LiveFigures): string =>
  formatValue(figures.values[key] ?? null, standardUnits[key], 'CNY');

/** The longest wait, ticking; how bad it is stands in words beside the colour. */
function Longest({ since }: { since: string | null }): ReactNode {
  const { t } = useTranslation('kpi');
  const now = useNow();
  if (since === null) {
    return <span className="yd-wall-longest">{t('wall.nobody')}</span>;
  }
  const ms = Math.max(0, now - Date.parse(since));
  const level = waitLevel(ms);
  return (
    <span className={`yd-wall-longest is-${level}`}>
      <ClockCircleOutlined aria-hidden />
      <span className="yd-hidden">{t('wall.longest')}</span>
      {formatClock(ms)}
      {level !== 'fresh' && <em>{t(level === 'late' ? 'wall.late' : 'wall.due')}</em>}
    </span>
  );
}

function ServiceLevel({ queue }: { queue: LiveQueue }): ReactNode {
  const { t } = useTranslation('kpi');
  const value = queue.today.values.service_level ?? null;
  const tone = toneOf(queue, 'service_level', value);
  const goal = queue.bands.service_level?.low ?? null;
  return (
    <div className={`yd-wall-main is-${tone}`}>
      <span className="yd-wall-label">{t('wall.serviceLevel')}</span>
      <strong>{write('service_level', queue.today)}</strong>
      <span className="yd-wall-tone">
        {tone === 'good' && <CheckCircleFilled aria-hidden />}
        {tone === 'out' && <ExclamationCircleFilled aria-hidden />}
        {tone !== 'none' && t(`wall.${tone}`)}
        {goal !== null && (
          <span>{t('wall.target', { target: formatValue(goal, 'percent', 'CNY') })}</span>
        )}
      </span>
    </div>
  );
}

function Small({
  label,
  value,
  tone = 'none',
}: {
  label: string;
  value: string;
  tone?: 'good' | 'out' | 'none';
}): ReactNode {
  const { t } = useTranslation('kpi');
  return (
    <div className={`is-${tone}`}>
      <dt>{label}</dt>
      <dd>
        {value}
        {tone === 'out' && (
          <>
            <ExclamationCircleFilled aria-hidden />
            <span className="yd-hidden">{t('wall.out')}</span>
          </>
        )}
      </dd>
    </div>
  );
}

/** One queue on the wall: who waits, how well it is answered, who is there. */
export function Tile({ queue }: { queue: LiveQueue }): ReactNode {
  const { t } = useTranslation('kpi');
  const { today, lastHalfHour } = queue;
  const tone = (key: StandardKey, figures: LiveFigures) => toneOf(queue, key, figures.values[key]);
  const level = queue.longestWaitSince === null ? 'fresh' : 'some';
  return (
    <article className="yd-wall-tile yd-figures" aria-label={queue.name}>
      <h2 className="yd-ellipsis">{queue.name}</h2>
      <div className={`yd-wall-main is-${queue.waiting > 0 ? level : 'fresh'}`}>
        <span className="yd-wall-label">{t('wall.waiting')}</span>
        <strong>{formatNumber(queue.waiting)}</strong>
        <Longest since={queue.waiting > 0 ? queue.longestWaitSince : null} />
      </div>
      <ServiceLevel queue={queue} />
      <dl className="yd-wall-small">
        <Small
          label={t('wall.halfHour')}
          value={write('service_level', lastHalfHour)}
          tone={tone('service_level', lastHalfHour)}
        />
        <Small
          label={t('wall.asa')}
          value={write('speed_of_answer', today)}
          tone={tone('speed_of_answer', today)}
        />
        <Small
          label={t('wall.abandonment')}
          value={write('abandonment', today)}
          tone={tone('abandonment', today)}
        />
        <Small
          label={t('wall.answered')}
          value={t('wall.of', {
            answered: formatNumber(today.counts.answered),
            contacts: formatNumber(today.counts.contacts),
          })}
        />
      </dl>
      <ul className="yd-wall-agents">
        {(
          [
            ['ready', queue.agentsReady],
            ['busy', queue.agentsBusy],
            ['away', queue.agentsAway],
          ] as const
        ).map(([state, count]) => (
          <li key={state} className={`is-${state}`}>
            <i aria-hidden />
            {t(`wall.${state}`)}
            <b>{formatNumber(count)}</b>
          </li>
        ))}
      </ul>
    </article>
  );
}
