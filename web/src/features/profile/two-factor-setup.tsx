import { getMe } from '@yingda/contract';
import { Button, Form, Input, QRCode } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmTwoFactor } from '../../lib/auth.ts';
import { refresh } from '../../lib/query.ts';
import { CopyBox } from '../../ui/copy.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { required } from '../../ui/rules.ts';
import { useSubmit } from '../../ui/use-submit.ts';

/** Shows the QR code, drawn here and never sent anywhere, and asks for the first code. */
export function TwoFactorSetup({
  address,
  onDone,
  onCancel,
}: {
  address: string;
  onDone: () => void;
  onCancel: () => void;
}): ReactNode {
  const { t } = useTranslation('profile');
  const [form] = Form.useForm<{ code: string }>();
  const { busy, error, submit } = useSubmit(form, async ({ code }: { code: string }) => {
    await confirmTwoFactor(code);
    await refresh(getMe);
    onDone();
  });
  const secret = new URL(address).searchParams.get('secret') ?? '';
  return (
    <>
      <p>{t('twoFactor.scan')}</p>
      <div className="yd-qr">
        {/* Black on white in both schemes: cameras read nothing else as surely. */}
        <QRCode value={address} size={168} color="#000" bgColor="#fff" type="svg" />
        <div>
          <p className="yd-soft">{t('twoFactor.byHand')}</p>
          <CopyBox text={secret} label={t('twoFactor.secret')} />
        </div>
      </div>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        className="yd-narrow-form"
        onFinish={submit}
      >
        <FormProblem error={error} />
        <Form.Item name="code" label={t('twoFactor.code')} rules={[required()]}>
          <Input
            className="yd-figures"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
          />
        </Form.Item>
        <div className="yd-row-actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('twoFactor.confirm')}
          </Button>
          <Button onClick={onCancel}>{t('common:cancel')}</Button>
        </div>
      </Form>
    </>
  );
}
