import { acceptInvitation, readInvitation } from '@yingda/contract';
import type { Locale } from '@yingda/contract';
import { useParams } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.ts';
import { signIn } from '../../lib/auth.ts';
import { currentLanguage } from '../../lib/language.ts';
import { useCall } from '../../lib/query.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { password, required, sameAs } from '../../ui/rules.ts';
import { Loaded } from '../../ui/states.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { enter } from './entered.ts';
import { EntranceLayout } from './entrance-layout.tsx';

interface Values {
  name: string;
  password: string;
}

function AcceptForm({
  token,
  email,
  name,
}: {
  token: string;
  email: string;
  name: string;
}): ReactNode {
  const { t } = useTranslation('entrance');
  const [form] = Form.useForm<Values>();
  const { busy, error, submit } = useSubmit(
    form,
    async (values: Values) => {
      const locale: Locale = currentLanguage();
      await call(acceptInvitation, {
        params: { token },
        body: { name: values.name, password: values.password, locale },
      });
      await signIn(email, values.password);
      await enter();
    },
    { 'auth.password_weak': 'password' },
  );
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ name }}
    >
      <FormProblem error={error} />
      <Form.Item label={t('email')} htmlFor="invited-email">
        <Input id="invited-email" size="large" value={email} readOnly autoComplete="username" />
      </Form.Item>
      <Form.Item name="name" label={t('invite.name')} rules={[required()]}>
        <Input size="large" maxLength={80} autoComplete="name" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('password')}
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
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('invite.accept')}
      </Button>
    </Form>
  );
}

/** Where an invitation leads: the invited person chooses a password and is in. */
export function InvitePage(): ReactNode {
  const { t } = useTranslation('entrance');
  const { token } = useParams({ from: '/invite/$token' });
  const query = useCall(readInvitation, { params: { token } });
  const organisation = query.data?.organisationName;
  return (
    <EntranceLayout
      title={organisation ? t('invite.title', { organisation }) : t('invite.plainTitle')}
      hint={query.data && t('invite.hint')}
    >
      <Loaded query={query}>
        {({ email, name }) => <AcceptForm token={token} email={email} name={name} />}
      </Loaded>
    </EntranceLayout>
  );
}
