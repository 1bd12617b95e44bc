import { setUp } from '@yingda/contract';
import type { Locale, SentOf } from '@yingda/contract';
import { Button, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.ts';
import { signIn } from '../../lib/auth.ts';
import { browserZone } from '../../lib/format.ts';
import { changeLanguage } from '../../lib/i18n.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { email, password, required } from '../../ui/rules.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import { enter } from './entered.ts';
import { EntranceLayout } from './entrance-layout.tsx';

type Values = SentOf<typeof setUp, 'body'>;

/** The very first page of an installation: names it and makes its first administrator. */
export function SetupPage(): ReactNode {
  const { t, i18n } = useTranslation('entrance');
  const [form] = Form.useForm<Values>();
  const { busy, error, submit } = useSubmit(
    form,
    async (values: Values) => {
      await call(setUp, { body: values });
      await signIn(values.email, values.password);
      await enter();
    },
    { 'auth.password_weak': 'password' },
  );
  return (
    <EntranceLayout title={t('setup.title')} hint={t('setup.hint')}>
      <Form<Values>
        form={form}
        layout="vertical"
        onFinish={submit}
        initialValues={{ locale: i18n.language, timeZone: browserZone() }}
      >
        <FormProblem error={error} />
        <Form.Item
          name="organisationName"
          label={t('setup.organisation')}
          rules={[required()]}
          extra={t('setup.organisationHint')}
        >
          <Input maxLength={120} autoComplete="organization" />
        </Form.Item>
        <Form.Item name="name" label={t('setup.name')} rules={[required()]}>
          <Input maxLength={80} autoComplete="name" />
        </Form.Item>
        <Form.Item name="email" label={t('email')} rules={[required(), email()]}>
          <Input maxLength={200} type="email" autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[required(), password()]}
          extra={t('passwordHint')}
        >
          <Input.Password maxLength={200} autoComplete="new-password" />
        </Form.Item>
        <div className="yd-entrance-pair">
          <Form.Item name="locale" label={t('setup.language')}>
            <Select<Locale>
              onChange={(locale) => void changeLanguage(locale)}
              options={[
                { value: 'zh-CN', label: t('chinese') },
                { value: 'en', label: t('english') },
              ]}
            />
          </Form.Item>
          <Form.Item name="timeZone" label={t('setup.timeZone')}>
            <ZoneSelect />
          </Form.Item>
        </div>
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('setup.begin')}
        </Button>
      </Form>
    </EntranceLayout>
  );
}
