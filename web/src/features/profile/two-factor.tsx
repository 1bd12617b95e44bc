import { getMe } from '@yingda/contract';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../lib/me.ts';
import { refresh } from '../../lib/query.ts';
import { Tag } from '../../ui/data-table.tsx';
import { toast } from '../../ui/toast.tsx';
import { BackupCodes } from './backup-codes.tsx';
import { PasswordQuestion } from './password-question.tsx';
import { Section } from './section.tsx';
import { beginTwoFactor, disableTwoFactor, renewBackupCodes } from '../../lib/auth.ts';

// Draws the QR code, which only who sets it up needs.
const TwoFactorSetup = lazy(() =>
  import('./two-factor-setup.tsx').then(({ TwoFactorSetup: component }) => ({
    default: component,
  })),
);

type State =
  | { step: 'shown' }
  | { step: 'asking'; deed: 'enable' | 'disable' | 'renew' }
  | { step: 'setup'; address: string; codes: string[] }
  | { step: 'codes'; codes: string[] };

/** The second step of sign-in: an authenticator app, and codes for when the phone is lost. */
export function TwoFactor(): ReactNode {
  const { t } = useTranslation('profile');
  const { twoFactorEnabled } = useMe();
  const [state, setState] = useState<State>({ step: 'shown' });
  const shown = (): void => setState({ step: 'shown' });
  const run = async (deed: 'enable' | 'disable' | 'renew', password: string): Promise<void> => {
    if (deed === 'enable') {
      const { totpURI, backupCodes } = await beginTwoFactor(password);
      setState({ step: 'setup', address: totpURI, codes: backupCodes });
    } else if (deed === 'renew') {
      setState({ step: 'codes', codes: await renewBackupCodes(password) });
    } else {
      await disableTwoFactor(password);
      await refresh(getMe);
      toast.success(t('twoFactor.disabled'));
      shown();
    }
  };
  const ask = (deed: 'enable' | 'disable' | 'renew'): void => setState({ step: 'asking', deed });
  return (
    <Section title={t('twoFactor.title')} hint={t('twoFactor.hint')}>
      {state.step === 'shown' && (
        <div className="yd-row-actions">
          <Tag tone={twoFactorEnabled ? 'green' : 'grey'}>
            {t(twoFactorEnabled ? 'twoFactor.on' : 'twoFactor.off')}
          </Tag>
          {!twoFactorEnabled && (
            <Button onClick={() => ask('enable')}>{t('twoFactor.enable')}</Button>
          )}
          {twoFactorEnabled && (
            <>
              <Button onClick={() => ask('renew')}>{t('twoFactor.renew')}</Button>
              <Button danger onClick={() => ask('disable')}>
                {t('twoFactor.disable')}
              </Button>
            </>
          )}
        </div>
      )}
      {state.step === 'asking' && (
        <PasswordQuestion
          key={state.deed}
          hint={t(`twoFactor.ask.${state.deed}`)}
          isDanger={state.deed === 'disable'}
          deed={t(`twoFactor.${state.deed}`)}
          onCancel={shown}
          onPassword={(password) => run(state.deed, password)}
        />
      )}
      {state.step === 'setup' && (
        <Suspense>
          <TwoFactorSetup
            address={state.address}
            onCancel={shown}
            onDone={() => setState({ step: 'codes', codes: state.codes })}
          />
        </Suspense>
      )}
      {state.step === 'codes' && <BackupCodes codes={state.codes} onDone={shown} />}
    </Section>
  );
}
