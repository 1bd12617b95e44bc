import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTitle } from '../../ui/title.ts';
import { AboutMe } from './about-me.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { Preferences } from './preferences.tsx';
import { Sessions } from './sessions.tsx';
import { TwoFactor } from './two-factor.tsx';

/** What a person decides for themselves: name, look, keys, and how they sign in. */
export function ProfilePage(): ReactNode {
  const { t } = useTranslation('profile');
  useTitle(t('title'));
  return (
    <div className="yd-profile">
      <PageHeader title={t('title')} />
      <AboutMe />
      <Preferences />
      <Password />
      <TwoFactor />
      <Passkeys />
      <Sessions />
    </div>
  );
}
