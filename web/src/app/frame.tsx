import {
  BarChartOutlined,
  DesktopOutlined,
  FileDoneOutlined,
  MessageOutlined,
  PhoneOutlined,
  SettingOutlined,
  TableOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage } from '../lib/i18n.ts';
import { useMe, useRights } from '../lib/me.ts';
import { useLiveConnection } from '../lib/use-live.ts';
import { useKeyboard, useShortcuts } from '../lib/use-shortcuts.ts';
import { AppFrame } from '../ui/app-frame.tsx';
import type { Place } from '../ui/app-frame.tsx';
import { CommandBar } from '../ui/command-bar.tsx';
import { openCommandBar, useCommands } from '../ui/commands.ts';
import { usePlaceCounts } from '../ui/place-counts.ts';
import { ShortcutSheet } from '../ui/shortcut-sheet.tsx';
import { chooseTheme } from '../ui/theme.tsx';
import { maySeeSettings, settingsPlacesFor } from '../features/settings/places.ts';
import { TopBar } from './top-bar.tsx';

/** What of the desk works on every page: fetched after the page itself. */
const DeskBackground = lazy(() =>
  import('../features/desk/background.tsx').then((module) => ({ default: module.DeskBackground })),
);

/** Deadlines of orders are told on every page. */
const OrderNews = lazy(() =>
  import('../features/orders/news.tsx').then((module) => ({ default: module.OrderNews })),
);

/** Callbacks whose time has come are counted on every page. */
const CallbackNews = lazy(() =>
  import('../features/callbacks/news.tsx').then((module) => ({ default: module.CallbackNews })),
);

function usePlaces(): Place[] {
  const { t } = useTranslation();
  const rights = useRights();
  const counts = usePlaceCounts();
  const all: [boolean, Place][] = [
    [
      rights.may('conversation.read'),
      {
        to: '/desk',
        label: t('places.desk'),
        icon: <MessageOutlined />,
        count: counts['/desk'] ?? 0,
      },
    ],
    [
      rights.may('order.read'),
      {
        to: '/orders',
        label: t('places.orders'),
        icon: <FileDoneOutlined />,
        count: counts['/orders'] ?? 0,
      },
    ],
    [
      rights.may('order.read'),
      {
        to: '/callbacks',
        label: t('places.callbacks'),
        icon: <PhoneOutlined />,
        count: counts['/callbacks'] ?? 0,
      },
    ],
    [
      rights.may('customer.read'),
      { to: '/customers', label: t('places.customers'), icon: <TeamOutlined /> },
    ],
    [
      rights.may('order.read'),
      { to: '/registers', label: t('places.registers'), icon: <TableOutlined /> },
    ],
    [
      rights.may('kpi.read'),
      { to: '/standards', label: t('places.standards'), icon: <BarChartOutlined /> },
    ],
    [rights.may('kpi.read'), { to: '/wall', label: t('places.wall'), icon: <DesktopOutlined /> }],
    [
      maySeeSettings(rights),
      { to: '/settings', label: t('places.settings'), icon: <SettingOutlined /> },
    ],
  ];
  return all.filter(([shown]) => shown).map(([, place]) => place);
}

/** Every page one may open, in the command bar. */
function usePlaceCommands(places: readonly Place[]): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const settings = settingsPlacesFor(useRights());
  const go =
    (to: string): (() => void) =>
    () =>
      void navigate({ to });
  useCommands([
    ...places.map(({ to, label, icon }) => ({
      id: `place.${to}`,
      label,
      group: t('commands.places'),
      icon,
      run: go(to),
    })),
    {
      id: 'profile',
      label: t('frame.profile'),
      group: t('commands.places'),
      icon: <UserOutlined />,
      run: go('/profile'),
    },
    ...settings.map(({ id }) => ({
      id: `settings.${id}`,
      label: t(`settingsPlaces.${id}`),
      group: t('places.settings'),
      icon: <SettingOutlined />,
      run: go(`/settings/${id}`),
    })),
  ]);
}

/** What the person chose for themselves, put into force when they sign in on this browser. */
function usePreferences(): void {
  const { preferences } = useMe();
  const { locale, theme, singleKeys = true } = preferences;
  useKeyboard(singleKeys);
  useEffect(() => {
    if (locale) void changeLanguage(locale);
  }, [locale]);
  useEffect(() => {
    if (theme) chooseTheme(theme);
  }, [theme]);
}

/** Everything around the pages of a signed-in person. */
export function Frame(): ReactNode {
  const places = usePlaces();
  const rights = useRights();
  usePreferences();
  useLiveConnection();
  useShortcuts([
    { keys: 'mod+k', label: 'commands.open', group: 'shortcuts.everywhere', run: openCommandBar },
  ]);
  usePlaceCommands(places);
  return (
    <>
      <AppFrame places={places} bar={<TopBar />}>
        <Outlet />
      </AppFrame>
      <CommandBar />
      <ShortcutSheet />
      {rights.may('conversation.read') && (
        <Suspense fallback={null}>
          <DeskBackground />
        </Suspense>
      )}
      {rights.may('order.read') && (
        <Suspense fallback={null}>
          <OrderNews />
          <CallbackNews />
        </Suspense>
      )}
    </>
  );
}
