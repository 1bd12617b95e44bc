import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listMySessions } from '@yingda/contract';
import { changePassword } from '../../lib/auth.ts';
import { refresh } from '../../lib/query.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { password, required, sameAs } from '../../ui/rules.ts';
import { toast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { Section } from './section.tsx';

interface Values {
  current: string;
  next: string;
}

/** A new password; all other browsers are signed out with it. */
export function Password(): ReactNode {
  const { t } = useTranslation('profile');
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Values>();
  const { busy, error, submit } = useSubmit(
    form,
    async ({ current, next }: Values) => {
      await changePassword(current, next);
      setOpen(false);
      toast.success(t('password.done'));
      await refresh(listMySessions);
    },
    { 'auth.password_weak': 'next' },
  );
  return (
    <Section title={t('password.title')} hint={t('password.hint')}>
      {!open && <Button onClick={() => setOpen(true)}>{t('password.change')}</Button>}
      {open && (
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          className="yd-narrow-form"
          onFinish={submit}
        >
          <FormProblem error={error} />
          <Form.Item name="current" label={t('password.current')} rules={[required()]}>
            <Input.Password autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <Form.Item
            name="next"
            label={t('password.next')}
            rules={[required(), password()]}
            extra={t('password.rule')}
          >
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('password.again')}
            dependencies={['next']}
            rules={[required(), sameAs('next')]}
          >
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
          <div className="yd-row-actions">
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('password.save')}
            </Button>
            <Button onClick={() => setOpen(false)}>{t('common:cancel')}</Button>
          </div>
        </Form>
      )}
    </Section>
  );
}
