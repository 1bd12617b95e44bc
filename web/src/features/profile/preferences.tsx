import type { Locale, Preferences as Chosen } from '@yingda/contract';
import { Segmented, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage } from '../../lib/i18n.ts';
import { changeMe, useMe } from '../../lib/me.ts';
import { chooseTheme, useThemeChoice } from '../../ui/theme.tsx';
import { toast } from '../../ui/toast.tsx';
import { Choice, Section } from './section.tsx';

async function keep(preferences: Chosen): Promise<void> {
  await changeMe({ preferences }).catch(toast.problem);
}

/** The browser asks whether it may show notifications only when somebody wishes them. */
async function allowNotifications(wanted: boolean): Promise<boolean> {
  if (!wanted) return true;
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted';
}

/** Language, look, keys, sound: each takes effect at once. */
export function Preferences(): ReactNode {
  const { t, i18n } = useTranslation('profile');
  const { preferences } = useMe();
  const theme = useThemeChoice();
  const { singleKeys = true, sound = true, desktopNotifications = false } = preferences;
  const chooseNotifications = async (wanted: boolean): Promise<void> => {
    if (await allowNotifications(wanted)) await keep({ desktopNotifications: wanted });
    else toast.error(t('choices.notificationsRefused'));
  };
  return (
    <Section title={t('choices.title')} hint={t('choices.hint')}>
      <Choice label={t('choices.language')} htmlFor="language">
        <Select<Locale>
          id="language"
          style={{ width: 160 }}
          value={i18n.language === 'en' ? 'en' : 'zh-CN'}
          options={[
            { value: 'zh-CN', label: t('choices.chinese') },
            { value: 'en', label: t('choices.english') },
          ]}
          onChange={(locale) => {
            void changeLanguage(locale);
            void keep({ locale });
          }}
        />
      </Choice>
      <Choice label={t('choices.theme')}>
        <Segmented<'light' | 'dark' | 'system'>
          aria-label={t('choices.theme')}
          value={theme}
          options={(['light', 'dark', 'system'] as const).map((value) => ({
            value,
            label: t(`choices.${value}`),
          }))}
          onChange={(value) => {
            chooseTheme(value);
            void keep({ theme: value });
          }}
        />
      </Choice>
      <Choice
        label={t('choices.singleKeys')}
        hint={t('choices.singleKeysHint')}
        htmlFor="single-keys"
      >
        <Switch
          id="single-keys"
          checked={singleKeys}
          onChange={(on) => void keep({ singleKeys: on })}
        />
      </Choice>
      <Choice label={t('choices.sound')} hint={t('choices.soundHint')} htmlFor="sound">
        <Switch id="sound" checked={sound} onChange={(on) => void keep({ sound: on })} />
      </Choice>
      <Choice
        label={t('choices.notifications')}
        hint={t('choices.notificationsHint')}
        htmlFor="notifications"
      >
        <Switch
          id="notifications"
          checked={desktopNotifications}
          onChange={(on) => void chooseNotifications(on)}
        />
      </Choice>
    </Section>
  );
}
