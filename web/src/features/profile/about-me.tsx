import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeMe, useMe } from '../../lib/me.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { required } from '../../ui/rules.ts';
import { toast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { Section } from './section.tsx';

/** My name as colleagues and customers see it. */
export function AboutMe(): ReactNode {
  const { t } = useTranslation('profile');
  const me = useMe();
  const [form] = Form.useForm<{ name: string }>();
  const [dirty, setDirty] = useState(false);
  const { busy, error, submit } = useSubmit(form, async ({ name }: { name: string }) => {
    await changeMe({ name: name.trim() });
    setDirty(false);
    toast.success(t('common:saved'));
  });
  return (
    <Section title={t('about.title')} hint={t('about.hint')}>
      <Form
        form={form}
        layout="vertical"
        className="yd-narrow-form"
        initialValues={{ name: me.name }}
        onFinish={submit}
        onValuesChange={(_, { name }) => setDirty(name !== me.name)}
      >
        <FormProblem error={error} />
        <Form.Item name="name" label={t('about.name')} rules={[required()]}>
          <Input maxLength={80} autoComplete="name" />
        </Form.Item>
        <Form.Item label={t('about.email')} extra={t('about.emailHint')} htmlFor="my-email">
          <Input id="my-email" value={me.email} readOnly variant="filled" />
        </Form.Item>
        <Button type="primary" htmlType="submit" disabled={!dirty} loading={busy}>
          {t('common:save')}
        </Button>
      </Form>
      <LeaveGuard dirty={dirty} />
    </Section>
  );
}
