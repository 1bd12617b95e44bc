import { Button, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormProblem } from '../../ui/form-problem.tsx';
import { required } from '../../ui/rules.ts';
import { useSubmit } from '../../ui/use-submit.ts';

/** Asks for my password before something that would help a stranger at my open browser. */
export function PasswordQuestion({
  hint,
  deed,
  isDanger,
  onPassword,
  onCancel,
}: {
  hint: string;
  deed: string;
  isDanger: boolean;
  onPassword: (password: string) => Promise<void>;
  onCancel: () => void;
}): ReactNode {
  const { t } = useTranslation('profile');
  const [form] = Form.useForm<{ password: string }>();
  const { busy, error, submit } = useSubmit(form, ({ password }: { password: string }) =>
    onPassword(password),
  );
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="yd-narrow-form"
      onFinish={submit}
    >
      <FormProblem error={error} />
      <Form.Item name="password" label={t('password.current')} extra={hint} rules={[required()]}>
        {/* Opened by the button before; there is nothing else to do here. */}
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
        <Input.Password autoComplete="current-password" maxLength={200} autoFocus />
      </Form.Item>
      <div className="yd-row-actions">
        <Button type="primary" danger={isDanger} htmlType="submit" loading={busy}>
          {deed}
        </Button>
        <Button onClick={onCancel}>{t('common:cancel')}</Button>
      </div>
    </Form>
  );
}
