import { LockOutlined } from '@ant-design/icons';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../lib/me.ts';
import { EmptyState } from '../../ui/states.tsx';
import { settingsPlacesFor } from './places.ts';
import { useFreshSettings } from './shared/use-fresh.ts';
import './settings.css';

/** The settings: their own navigation by rights, and the page that is open. */
export function SettingsLayout(): ReactNode {
  const { t } = useTranslation('settings');
  const places = settingsPlacesFor(useRights());
  const groups = [...new Set(places.map(({ group }) => group))];
  const { pathname } = useLocation();
  const mayOpen = places.some(({ id }) => pathname.startsWith(`/settings/${id}`));
  const nav = useRef<HTMLElement>(null);
  useFreshSettings();
  // On a phone the navigation is one line that scrolls.
  useEffect(() => {
    nav.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <div className="yd-settings">
      <nav ref={nav} aria-label={t('title')} className="yd-settings-nav">
        {groups.map((group) => (
          <div key={group} role="group" aria-label={t(`group.${group}`)}>
            <div className="yd-settings-group">{t(`group.${group}`)}</div>
            {places
              .filter((place) => place.group === group)
              .map(({ id }) => (
                <Link
                  key={id}
                  to={`/settings/${id}`}
                  aria-current={pathname.startsWith(`/settings/${id}`) ? 'page' : undefined}
                >
                  {t(`common:settingsPlaces.${id}`)}
                </Link>
              ))}
          </div>
        ))}
      </nav>
      <div className="yd-settings-page">
        {mayOpen ? (
          <Outlet />
        ) : (
          <EmptyState
            icon={<LockOutlined />}
            title={t('common:state.forbidden')}
            hint={t('common:state.forbiddenHint')}
          />
        )}
      </div>
    </div>
  );
}
