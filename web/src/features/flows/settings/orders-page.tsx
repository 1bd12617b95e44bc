import { getOrderSettings, isNumberPattern, numbering } from '@yingda/contract';
import type { OrderSettingsView } from '@yingda/contract';
import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { text } from '../../../lib/i18n.ts';
import { useCall } from '../../../lib/query.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { chosen, required } from '../../../ui/rules.ts';
import { Loaded } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { toast } from '../../../ui/toast.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { changeOrderSettings } from '../data/settings.ts';
import './orders-page.css';

type Values = Pick<
  OrderSettingsView,
  'numberPattern' | 'repeatDays' | 'callbackTries' | 'callbackRetryMinutes' | 'callbackQuota'
>;
const pieces = ['{yyyy}', '{yy}', '{mm}', '{dd}', '{0000}'] as const;

/** The first two numbers of today by a pattern. */
function samples(pattern: string): string[] {
  const now = new Date();
  const day = { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
  const { number } = numbering(pattern, day);
  return [number(1), number(2)];
}

/** How often the counter begins anew. */
function periodOf(pattern: string): 'day' | 'month' | 'year' | 'never' {
  if (pattern.includes('{dd}')) return 'day';
  if (pattern.includes('{mm}')) return 'month';
  return /\{yy(yy)?\}/.test(pattern) ? 'year' : 'never';
}

function NumberField(): ReactNode {
  const { t } = useTranslation('order-settings');
  const form = Form.useFormInstance<Values>();
  const pattern = (Form.useWatch<string | undefined>('numberPattern') ?? '').trim();
  const isFit = isNumberPattern(pattern);
  const add = (piece: string): void => {
    form.setFieldValue('numberPattern', `${form.getFieldValue('numberPattern') ?? ''}${piece}`);
    void form.validateFields(['numberPattern']).catch(() => {});
  };
  return (
    <>
      <Form.Item
        name="numberPattern"
        label={t('orders.numberPattern')}
        rules={[
          required(),
          {
            validator: (_rule, value: string) =>
              isNumberPattern(value ?? '')
                ? Promise.resolve()
                : Promise.reject(new Error(text('problems:faults.number_pattern'))),
          },
        ]}
        extra={
          isFit && (
            <span className="yd-number-sample">
              {samples(pattern).map((number) => (
                <code key={number}>{number}</code>
              ))}
              <span>{t(`orders.period.${periodOf(pattern)}`)}</span>
            </span>
          )
        }
      >
        <Input maxLength={40} className="yd-number-pattern" />
      </Form.Item>
      <div className="yd-number-pieces" role="group" aria-label={t('orders.pieces')}>
        {pieces.map((piece) => (
          <button key={piece} type="button" onClick={() => add(piece)}>
            <code>{piece}</code>
            {t(`orders.piece.${piece.slice(1, -1)}`)}
          </button>
        ))}
      </div>
    </>
  );
}

function AmountField({
  name,
  min,
  max,
}: {
  name: keyof Values;
  min: number;
  max: number;
}): ReactNode {
  const { t } = useTranslation('order-settings');
  return (
    <Form.Item
      name={name}
      label={t(`orders.${name}`)}
      extra={t(`orders.${name}Hint`)}
      rules={[chosen()]}
    >
      <InputNumber min={min} max={max} precision={0} suffix={t(`orders.${name}Unit`)} />
    </Form.Item>
  );
}

function SettingsForm({ settings }: { settings: OrderSettingsView }): ReactNode {
  const { t } = useTranslation('order-settings');
  const [form] = Form.useForm<Values>();
  const [isDirty, setDirty] = useState(false);
  const { busy, error, submit } = useSubmit(form, async (values: Values) => {
    await changeOrderSettings(values, settings.revision);
    setDirty(false);
    toast.success(t('common:saved'));
  });
  return (
    <Form
      form={form}
      layout="vertical"
      className="yd-order-settings"
      initialValues={settings}
      onFinish={submit}
      onValuesChange={() => setDirty(true)}
    >
      <FormProblem error={error} />
      <section>
        <h2>{t('orders.numbers')}</h2>
        <NumberField />
      </section>
      <section>
        <h2>{t('orders.callbacks')}</h2>
        <div className="yd-pair">
          <AmountField name="callbackTries" min={1} max={20} />
          <AmountField name="callbackRetryMinutes" min={5} max={10_000} />
          <AmountField name="callbackQuota" min={1} max={500} />
        </div>
      </section>
      <section>
        <h2>{t('orders.repeats')}</h2>
        <AmountField name="repeatDays" min={1} max={90} />
      </section>
      <Button type="primary" htmlType="submit" disabled={!isDirty} loading={busy}>
        {t('common:save')}
      </Button>
      <LeaveGuard dirty={isDirty} />
    </Form>
  );
}

/** How orders are numbered, how callbacks are tried, and when a contact counts as repeated. */
export function OrderSettingsPage(): ReactNode {
  const { t } = useTranslation('order-settings');
  useTitle(t('orders.title'));
  const query = useCall(getOrderSettings);
  return (
    <>
      <PageHeader title={t('orders.title')} hint={t('orders.hint')} />
      <Loaded query={query} rows={4}>
        {(settings) => <SettingsForm key={JSON.stringify(settings)} settings={settings} />}
      </Loaded>
    </>
  );
}
