import { getSetup } from '@yingda/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../lib/query.ts';
import { enter } from './entered.ts';
import { EntranceLayout } from './entrance-layout.tsx';
import { ForgotPassword } from './forgot-password.tsx';
import { PasswordStep } from './password-step.tsx';
import { SecondStep } from './second-step.tsx';

type Step = 'password' | 'second' | 'forgot';

/** Sign-in: password or passkey or the company's own sign-on; then the code of the app when it is asked for. */
export function SignInPage(): ReactNode {
  const { t } = useTranslation('entrance');
  const { then, error } = useSearch({ from: '/sign-in' });
  const { data: setup } = useCall(getSetup);
  const navigate = useNavigate();
  const [step, setStep] = useState<Step>('password');
  const [address, setAddress] = useState('');
  useEffect(() => {
    if (setup?.needed) void navigate({ to: '/setup' });
  }, [setup?.needed, navigate]);
  const done = (): void => void enter(then);
  const back = (): void => setStep('password');
  if (step === 'second') {
    return (
      <EntranceLayout title={t('second.title')} hint={t('second.hint')}>
        <SecondStep onDone={done} onBack={back} />
      </EntranceLayout>
    );
  }
  if (step === 'forgot') {
    return (
      <EntranceLayout title={t('forgot.title')} hint={setup?.mailConfigured && t('forgot.hint')}>
        <ForgotPassword address={address} byMail={setup?.mailConfigured === true} onBack={back} />
      </EntranceLayout>
    );
  }
  return (
    <EntranceLayout
      title={t('signIn.title')}
      hint={
        setup?.organisationName ? t('signIn.hint', { organisation: setup.organisationName }) : null
      }
    >
      <PasswordStep
        setup={setup}
        then={then ?? '/'}
        wasRefused={error !== undefined}
        onDone={done}
        onSecondStep={() => setStep('second')}
        onForgot={(typed) => {
          setAddress(typed);
          setStep('forgot');
        }}
      />
    </EntranceLayout>
  );
}
