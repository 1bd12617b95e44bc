import type { LiveQueue } from '@yingda/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../lib/me.ts';
import { formatValue } from '../model/values.ts';
import { toneOf } from './figures.ts';
import { useLiveFigures } from './use-live-figures.ts';
import './desk-strip.css';

function Item({ queue }: { queue: LiveQueue }): ReactNode {
  const { t } = useTranslation('kpi');
  const { service_level: serviceLevel = null, speed_of_answer: asa = null } = queue.today.values;
  const tone = toneOf(queue, 'service_level', serviceLevel);
  return (
    <li className="yd-figures">
      <span className="yd-strip-name yd-ellipsis">{queue.name}</span>
      <span data-some={queue.waiting > 0 || undefined} className="yd-strip-waiting">
        {t('strip.waiting', { count: queue.waiting })}
      </span>
      {serviceLevel !== null && (
        <span className={`is-${tone}`} title={t('strip.serviceLevelTitle')}>
          {t('strip.serviceLevel', { value: formatValue(serviceLevel, 'percent', 'CNY') })}
          {tone !== 'none' && <span className="yd-hidden">{t(`wall.${tone}`)}</span>}
        </span>
      )}
      {asa !== null && (
        <span title={t('strip.asaTitle')}>
          {t('strip.asa', { value: formatValue(asa, 'seconds', 'CNY') })}
        </span>
      )}
    </li>
  );
}

/** Figures of my teams' queues in one line over the desk: who waits, how well we answer today. */
export function DeskStrip(): ReactNode {
  const { t } = useTranslation('kpi');
  const { teams } = useMe();
  const { data } = useLiveFigures();
  const mine = new Set(teams.map(({ id }) => id));
  const all = data?.queues ?? [];
  const own = all.filter(({ teamId }) => mine.has(teamId));
  const queues = own.length > 0 ? own : all;
  if (queues.length === 0) return null;
  return (
    <section className="yd-strip" aria-label={t('strip.title')}>
      <ul>
        {queues.map((queue) => (
          <Item key={queue.queueId} queue={queue} />
        ))}
      </ul>
      <Link to="/wall">{t('strip.board')}</Link>
    </section>
  );
}
