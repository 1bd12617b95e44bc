import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../lib/use-live.ts';
import './app-frame.css';

export interface Place {
  to: string;
  label: string;
  icon: ReactNode;
  /** Small count on the icon; nothing at zero. */
  count?: number;
}

/** Says that live updates are interrupted; nothing while all is well. */
function ConnectionBar(): ReactNode {
  const { t } = useTranslation();
  const state = useLiveState();
  if (state !== 'reconnecting') return null;
  return (
    <div className="yd-connection" role="status">
      {t('frame.reconnecting')}
    </div>
  );
}

/** The frame around every page of the product: rail on the left (on a phone at the bottom), bar on top. */
export function AppFrame({
  places,
  bar,
  children,
}: {
  places: readonly Place[];
  bar: ReactNode;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="yd-frame">
      <a className="yd-skip" href="#content">
        {t('frame.skip')}
      </a>
      <nav className="yd-rail" aria-label={t('frame.places')}>
        <img className="yd-mark" src="/yingda.svg" alt="Yingda" width="28" height="28" />
        {places.map(({ to, label, icon, count = 0 }) => (
          <Link key={to} to={to} className="yd-place" activeProps={{ 'aria-current': 'page' }}>
            <span className="yd-place-icon">
              {icon}
              {count > 0 && <span className="yd-place-count">{count > 99 ? '99+' : count}</span>}
            </span>
            <span>{label}</span>
          </Link>
        ))}
      </nav>
      <header className="yd-bar">{bar}</header>
      <main id="content" className="yd-content" tabIndex={-1}>
        <ConnectionBar />
        {children}
      </main>
    </div>
  );
}
