import { KeyOutlined, LoginOutlined } from '@ant-design/icons';
import type { SetupView } from '@yingda/contract';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../lib/api.ts';
import { signIn, signInElsewhere } from '../../lib/auth.ts';
import { passkeysSupported, signInWithPasskey } from '../../lib/passkey.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { email, required } from '../../ui/rules.ts';
import { useSubmit } from '../../ui/use-submit.ts';

interface Values {
  email: string;
  password: string;
}
interface Props {
  setup: SetupView | undefined;
  then: string;
  /** Single sign-on led back here with a refusal. */
  wasRefused: boolean;
  onDone: () => void;
  onSecondStep: () => void;
  onForgot: (typed: string) => void;
}

/** The other ways in, with their own state: none of them needs what is typed in the form. */
function OtherWays({ setup, then, onDone }: Pick<Props, 'setup' | 'then' | 'onDone'>): ReactNode {
  const { t } = useTranslation('entrance');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = (way: () => Promise<void>): void => {
    setBusy(true);
    setError(null);
    way()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const provider = setup?.singleSignOn;
  if (!provider && !passkeysSupported()) return null;
  return (
    <>
      <div className="yd-entrance-or">{t('signIn.or')}</div>
      <FormProblem error={error} />
      <div className="yd-entrance-others">
        {provider && (
          <Button
            size="large"
            block
            icon={<LoginOutlined />}
            disabled={busy}
            onClick={() => run(() => signInElsewhere(then))}
          >
            {t('signIn.with', { provider })}
          </Button>
        )}
        {passkeysSupported() && (
          <Button
            size="large"
            block
            icon={<KeyOutlined />}
            disabled={busy}
            onClick={() => run(() => signInWithPasskey().then(onDone))}
          >
            {t('signIn.passkey')}
          </Button>
        )}
      </div>
    </>
  );
}

/** The first step of sign-in. */
export function PasswordStep(props: Props): ReactNode {
  const { t } = useTranslation('entrance');
  const { setup, then, wasRefused, onDone, onSecondStep, onForgot } = props;
  const [form] = Form.useForm<Values>();
  const { busy, error, submit } = useSubmit(form, async (values: Values) => {
    const outcome = await signIn(values.email.trim(), values.password);
    if (outcome === 'second_step') onSecondStep();
    else onDone();
  });
  return (
    <>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <FormProblem
          error={error ?? (wasRefused ? new ProblemError('sign_in.elsewhere_refused', 403) : null)}
        />
        <Form.Item
          name="email"
          label={t('email')}
          rules={[required(), email()]}
          validateTrigger="onSubmit"
        >
          <Input
            size="large"
            type="email"
            autoComplete="username webauthn"
            maxLength={200}
            // The page is opened to type here.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
          />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[required()]}
          validateTrigger="onSubmit"
        >
          <Input.Password size="large" autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('signIn.go')}
        </Button>
      </Form>
      <OtherWays setup={setup} then={then} onDone={onDone} />
      <p className="yd-entrance-foot">
        <Button type="link" onClick={() => onForgot(form.getFieldValue('email') as string)}>
          {t('signIn.forgot')}
        </Button>
      </p>
    </>
  );
}
