import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { requestPasswordReset } from '../../lib/auth.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { email, required } from '../../ui/rules.ts';
import { useSubmit } from '../../ui/use-submit.ts';

/** A new password by mail, or by an administrator where the installation sends no mail. */
export function ForgotPassword({
  address,
  byMail,
  onBack,
}: {
  address: string;
  byMail: boolean;
  onBack: () => void;
}): ReactNode {
  const { t } = useTranslation('entrance');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [form] = Form.useForm<{ email: string }>();
  const { busy, error, submit } = useSubmit(form, async (values: { email: string }) => {
    await requestPasswordReset(values.email.trim());
    setSentTo(values.email.trim());
  });
  const said = byMail
    ? sentTo && t('forgot.sent', { email: sentTo })
    : t('forgot.askAdministrator');
  if (said) {
    return (
      <div className="yd-entrance-body" role="status">
        <p>{said}</p>
        <Button style={{ marginTop: 20 }} size="large" block onClick={onBack}>
          {t('forgot.back')}
        </Button>
      </div>
    );
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ email: address }}
    >
      <FormProblem error={error} />
      <Form.Item
        name="email"
        label={t('email')}
        rules={[required(), email()]}
        validateTrigger="onSubmit"
      >
        <Input size="large" type="email" autoComplete="username" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('forgot.send')}
      </Button>
      <p className="yd-entrance-foot">
        <Button type="link" onClick={onBack}>
          {t('forgot.back')}
        </Button>
      </p>
    </Form>
  );
}
