import { getOrganisation, updateOrganisation } from '@yingda/contract';
import type { OrganisationView } from '@yingda/contract';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { refresh, useCall } from '../../../lib/query.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { chosen, required } from '../../../ui/rules.ts';
import { Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { toast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { ZoneSelect } from '../../../ui/zone-select.tsx';

function OrganisationForm({ organisation }: { organisation: OrganisationView }): ReactNode {
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<OrganisationView>();
  const [dirty, setDirty] = useState(false);
  const { busy, error, submit } = useSubmit(form, async (body: OrganisationView) => {
    await call(updateOrganisation, { body });
    setDirty(false);
    toast.success(t('common:saved'));
    await refresh(getOrganisation);
  });
  return (
    <Form
      form={form}
      layout="vertical"
      style={{ maxWidth: 480 }}
      initialValues={organisation}
      onFinish={submit}
      onValuesChange={() => setDirty(true)}
    >
      <FormProblem error={error} />
      <Form.Item
        name="name"
        label={t('organisation.name')}
        extra={t('organisation.nameHint')}
        rules={[required()]}
      >
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item
        name="timeZone"
        label={t('organisation.timeZone')}
        extra={t('organisation.timeZoneHint')}
        rules={[chosen()]}
      >
        <ZoneSelect />
      </Form.Item>
      <Form.Item
        name="locale"
        label={t('organisation.locale')}
        extra={t('organisation.localeHint')}
        rules={[chosen()]}
      >
        <Select
          options={[
            { value: 'zh-CN', label: t('organisation.chinese') },
            { value: 'en', label: t('organisation.english') },
          ]}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" disabled={!dirty} loading={busy}>
        {t('common:save')}
      </Button>
      <LeaveGuard dirty={dirty} />
    </Form>
  );
}

/** Name, time zone and language of the organisation. */
export function OrganisationPage(): ReactNode {
  const { t } = useTranslation('settings');
  useTitle(t('organisation.title'));
  const query = useCall(getOrganisation);
  return (
    <>
      <PageHeader title={t('organisation.title')} hint={t('organisation.hint')} />
      <Loaded query={query} rows={4}>
        {(organisation) => (
          <OrganisationForm key={JSON.stringify(organisation)} organisation={organisation} />
        )}
      </Loaded>
    </>
  );
}
