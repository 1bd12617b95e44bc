import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmSignIn } from '../../lib/auth.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { required } from '../../ui/rules.ts';
import { useSubmit } from '../../ui/use-submit.ts';

interface Values {
  code: string;
  trust?: boolean;
}

/** Asks for the code of the authenticator app, or for a backup code. */
export function SecondStep({
  onDone,
  onBack,
}: {
  onDone: () => void;
  onBack: () => void;
}): ReactNode {
  const { t } = useTranslation('entrance');
  const [kind, setKind] = useState<'totp' | 'backup'>('totp');
  const [form] = Form.useForm<Values>();
  const { busy, error, submit } = useSubmit(form, async ({ code, trust = false }: Values) => {
    await confirmSignIn(kind, code, trust);
    onDone();
  });
  return (
    <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
      <FormProblem error={error} />
      <Form.Item
        name="code"
        label={t(`second.${kind}`)}
        rules={[required()]}
        validateTrigger="onSubmit"
      >
        <Input
          key={kind}
          size="large"
          className="yd-figures"
          inputMode={kind === 'totp' ? 'numeric' : 'text'}
          autoComplete="one-time-code"
          maxLength={kind === 'totp' ? 7 : 40}
          // The step consists of this one field.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
      </Form.Item>
      <Form.Item name="trust" valuePropName="checked">
        <Checkbox>{t('second.trust')}</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('second.go')}
      </Button>
      <p className="yd-entrance-foot">
        <Button
          type="link"
          onClick={() => {
            form.resetFields(['code']);
            setKind(kind === 'totp' ? 'backup' : 'totp');
          }}
        >
          {t(kind === 'totp' ? 'second.useBackup' : 'second.useApp')}
        </Button>
        <Button type="link" onClick={onBack}>
          {t('common:back')}
        </Button>
      </p>
    </Form>
  );
}
