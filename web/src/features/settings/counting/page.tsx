import {
  getKpiSettings,
  getReport,
  getStandards,
  repeatWindowsDays,
  setKpiSettings,
  waitEdgesSeconds,
} from '@yingda/contract';
import type { KpiSettings } from '@yingda/contract';
import { Button, Form, InputNumber, Radio, Select, Switch } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { currentLanguage } from '../../../lib/language.ts';
import { refresh, useCall } from '../../../lib/query.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { chosen } from '../../../ui/rules.ts';
import { Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { toast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { Recount } from './recount.tsx';
import './counting.css';

/** Currencies by their names; the ones centres count in most stand first. */
function currencies(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(currentLanguage(), { type: 'currency' });
  const usual = ['CNY', 'USD', 'EUR', 'HKD', 'TWD', 'SGD', 'JPY'];
  return [...new Set([...usual, ...Intl.supportedValuesOf('currency')])].map((code) => ({
    value: code,
    label: `${code} ${names.of(code) ?? ''}`,
  }));
}

/** One setting: its name and what it changes at the left, its value at the right. */
function Setting({
  name,
  isSwitch = false,
  children,
}: {
  name: keyof KpiSettings;
  isSwitch?: boolean;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation('measures');
  return (
    <div className="yd-setting">
      <div>
        <label htmlFor={name}>{t(`counting.${name}.name`)}</label>
        <p>{t(`counting.${name}.hint`)}</p>
      </div>
      <Form.Item
        name={name}
        valuePropName={isSwitch ? 'checked' : 'value'}
        rules={isSwitch ? [] : [chosen()]}
      >
        {children}
      </Form.Item>
    </div>
  );
}

function TimeSettings(): ReactNode {
  const { t } = useTranslation('measures');
  const seconds = waitEdgesSeconds.map((value) => ({
    value: value as number,
    label: t('units.seconds', { value }),
  }));
  return (
    <>
      <Setting name="serviceLevelSeconds">
        <Select showSearch={{ optionFilterProp: 'label' }} options={seconds} />
      </Setting>
      <Setting name="shortAbandonSeconds">
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={[{ value: 0, label: t('counting.shortAbandonSeconds.none') }, ...seconds]}
        />
      </Setting>
      <Setting name="shortAbandonsInServiceLevel" isSwitch>
        <Switch />
      </Setting>
      <Setting name="repeatWindowDays">
        <Select
          options={repeatWindowsDays.map((value) => ({
            value: value as number,
            label: t('counting.days', { count: value }),
          }))}
        />
      </Setting>
    </>
  );
}

function OtherSettings(): ReactNode {
  const { t } = useTranslation('measures');
  return (
    <>
      <Setting name="occupancy">
        <Radio.Group
          className="yd-setting-choice"
          options={(['source', 'with_wrap_up'] as const).map((value) => ({
            value,
            label: t(`counting.occupancy.${value}`),
          }))}
        />
      </Setting>
      <Setting name="ringSeconds">
        <InputNumber min={1} max={20} step={0.5} suffix={t('unitSigns.seconds')} />
      </Setting>
      <Setting name="currency">
        <Select showSearch={{ optionFilterProp: 'label' }} options={currencies()} />
      </Setting>
    </>
  );
}

function CountingForm({ settings }: { settings: KpiSettings }): ReactNode {
  const { t } = useTranslation('measures');
  const [form] = Form.useForm<KpiSettings>();
  const [dirty, setDirty] = useState(false);
  const { busy, error, submit } = useSubmit(form, async (body: KpiSettings) => {
    await call(setKpiSettings, { body });
    setDirty(false);
    toast.success(t('counting.saved'));
    await refresh(getKpiSettings, getStandards, getReport);
  });
  return (
    <Form
      form={form}
      initialValues={settings}
      onFinish={submit}
      onValuesChange={() => setDirty(true)}
    >
      <FormProblem error={error} />
      <div className="yd-setting-box">
        <TimeSettings />
        <OtherSettings />
      </div>
      <div className="yd-setting-foot">
        <Button type="primary" htmlType="submit" disabled={!dirty} loading={busy}>
          {t('common:save')}
        </Button>
        <Button
          disabled={!dirty || busy}
          onClick={() => {
            form.resetFields();
            setDirty(false);
          }}
        >
          {t('counting.undo')}
        </Button>
      </div>
      <LeaveGuard dirty={dirty} />
    </Form>
  );
}

/** How the standards are counted; nothing here needs a recount, which stands below for its own sake. */
export function CountingPage(): ReactNode {
  const { t } = useTranslation('measures');
  useTitle(t('counting.title'));
  const query = useCall(getKpiSettings);
  return (
    <>
      <PageHeader title={t('counting.title')} hint={t('counting.pageHint')} />
      <Loaded query={query} rows={8}>
        {({ timeZone: _, ...settings }) => (
          <CountingForm key={JSON.stringify(settings)} settings={settings} />
        )}
      </Loaded>
      <Recount />
    </>
  );
}
