import {
  GlobalOutlined,
  LogoutOutlined,
  MoonOutlined,
  SearchOutlined,
  SunOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../lib/auth.ts';
import { changeLanguage } from '../lib/i18n.ts';
import { changeMe, useMe, useRights } from '../lib/me.ts';
import { tellSignedOut } from '../lib/query.ts';
import { Avatar } from '../ui/avatar.tsx';
import { openCommandBar, useCommands } from '../ui/commands.ts';
import { Keys } from '../ui/keys.tsx';
import { Menu } from '../ui/menu.tsx';
import { chooseTheme, useScheme } from '../ui/theme.tsx';
import { toast } from '../ui/toast.tsx';
import { PresenceMenu } from './presence-menu.tsx';

const otherLanguage = { 'zh-CN': 'en', en: 'zh-CN' } as const;

function useChoices() {
  const { i18n } = useTranslation();
  const scheme = useScheme();
  const next = otherLanguage[i18n.language === 'en' ? 'en' : 'zh-CN'];
  const nextTheme = scheme === 'dark' ? 'light' : 'dark';
  return {
    next,
    nextTheme,
    switchLanguage: () => {
      void changeLanguage(next);
      changeMe({ preferences: { locale: next } }).catch(toast.problem);
    },
    switchTheme: () => {
      chooseTheme(nextTheme);
      changeMe({ preferences: { theme: nextTheme } }).catch(toast.problem);
    },
  } as const;
}

async function leave(): Promise<void> {
  try {
    await signOut();
    tellSignedOut();
  } catch (error) {
    toast.problem(error);
  }
}

function MeMenu(): ReactNode {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  return (
    <Menu
      items={[
        {
          heading: (
            <>
              <strong>{me.name}</strong>
              <br />
              {me.email}
            </>
          ),
        },
        { key: 'profile', icon: <UserOutlined />, label: t('frame.profile') },
        'rule',
        { key: 'leave', icon: <LogoutOutlined />, label: t('frame.signOut') },
      ]}
      onChoose={(key) => void (key === 'leave' ? leave() : navigate({ to: '/profile' }))}
    >
      <Button type="text" shape="circle" aria-label={t('frame.me', { name: me.name })}>
        <Avatar name={me.name} image={me.image} px={28} />
      </Button>
    </Menu>
  );
}

/** The bar over every page: my state, search, language, theme, me. */
export function TopBar(): ReactNode {
  const { t } = useTranslation();
  const rights = useRights();
  const { nextTheme, switchLanguage, switchTheme } = useChoices();
  useCommands([
    {
      id: 'language',
      label: t('frame.language'),
      group: t('commands.settings'),
      keywords: t('commands.languageWords'),
      icon: <GlobalOutlined />,
      run: switchLanguage,
    },
    {
      id: 'theme',
      label: t(`frame.theme.${nextTheme}`),
      group: t('commands.settings'),
      keywords: t('commands.themeWords'),
      icon: <MoonOutlined />,
      run: switchTheme,
    },
    {
      id: 'sign-out',
      label: t('frame.signOut'),
      group: t('commands.settings'),
      icon: <LogoutOutlined />,
      run: () => void leave(),
    },
  ]);
  return (
    <>
      <button
        type="button"
        className="yd-search-trigger"
        onClick={openCommandBar}
        title={t('commands.open')}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <SearchOutlined aria-hidden />
        <span>{t('commands.trigger')}</span>
        <span className="yd-search-keys" aria-hidden>
          <Keys keys="mod+k" />
        </span>
      </button>
      <span className="yd-bar-space" />
      {rights.may('routing.work') && <PresenceMenu />}
      <Button
        title={t('frame.language')}
        type="text"
        icon={<GlobalOutlined />}
        aria-label={t('frame.language')}
        onClick={switchLanguage}
      />
      <Button
        title={t(`frame.theme.${nextTheme}`)}
        type="text"
        icon={nextTheme === 'dark' ? <MoonOutlined /> : <SunOutlined />}
        aria-label={t(`frame.theme.${nextTheme}`)}
        onClick={switchTheme}
      />
      <MeMenu />
    </>
  );
}
