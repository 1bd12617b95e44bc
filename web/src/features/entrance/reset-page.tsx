import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../lib/api.ts';
import { resetPassword } from '../../lib/auth.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { password, required, sameAs } from '../../ui/rules.ts';
import { toast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { EntranceLayout } from './entrance-layout.tsx';

interface Values {
  password: string;
}

/** Where a link for a new password leads. */
export function ResetPage(): ReactNode {
  const { t } = useTranslation('entrance');
  const { token, error: refused } = useSearch({ from: '/reset-password' });
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const { busy, error, submit } = useSubmit(
    form,
    async (values: Values) => {
      await resetPassword(token ?? '', values.password);
      toast.success(t('reset.done'));
      await navigate({ to: '/sign-in' });
    },
    { 'auth.password_weak': 'password' },
  );
  const problem = !token || refused ? new ProblemError('sign_in.invalid_token', 400) : error;
  return (
    <EntranceLayout title={t('reset.title')} hint={t('reset.hint')}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <FormProblem error={problem} />
        <Form.Item
          name="password"
          label={t('reset.password')}
          rules={[required(), password()]}
          extra={t('passwordHint')}
        >
          <Input.Password size="large" maxLength={200} autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="repeated"
          label={t('passwordAgain')}
          dependencies={['password']}
          rules={[required(), sameAs('password')]}
        >
          <Input.Password size="large" maxLength={200} autoComplete="new-password" />
        </Form.Item>
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          block
          loading={busy}
          disabled={!token}
        >
          {t('reset.save')}
        </Button>
        <p className="yd-entrance-foot">
          <Button type="link" onClick={() => void navigate({ to: '/sign-in' })}>
            {t('forgot.back')}
          </Button>
        </p>
      </Form>
    </EntranceLayout>
  );
}
