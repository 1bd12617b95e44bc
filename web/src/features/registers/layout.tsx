import { Link, Outlet, useLocation, useSearch } from '@tanstack/react-router';
import { registerKeys } from '@yingda/contract';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../lib/me.ts';
import './registers.css';
import './complaints.css';

/** The registers of the service department and what is learnt from complaints. */
export function RegistersLayout(): ReactNode {
  const { t } = useTranslation(['registers', 'register-texts']);
  const { may } = useRights();
  const { pathname } = useLocation();
  // The period stays while one goes from register to register.
  const { period, from, to } = useSearch({ from: '/frame/registers' });
  const dates = { period, from, to };
  const nav = useRef<HTMLElement>(null);
  // On a phone the navigation is one line that scrolls.
  useEffect(() => {
    nav.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <div className="yd-registers">
      <nav ref={nav} aria-label={t('title')} className="yd-registers-nav">
        <div role="group" aria-label={t('group.registers')}>
          <div className="yd-registers-group">{t('group.registers')}</div>
          {registerKeys.map((register) => (
            <Link key={register} to="/registers/$register" params={{ register }} search={dates}>
              {t(`register-texts:titles.${register}`)}
            </Link>
          ))}
        </div>
        {may('order.manage') && (
          <div role="group" aria-label={t('group.analysis')}>
            <div className="yd-registers-group">{t('group.analysis')}</div>
            <Link to="/registers/complaints" search={dates}>
              {t('complaints.title')}
            </Link>
          </div>
        )}
      </nav>
      <div className="yd-registers-page">
        <Outlet />
      </div>
    </div>
  );
}
