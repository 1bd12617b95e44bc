import {
  createTarget,
  getKpiSettings,
  getReport,
  getStandards,
  listTargets,
  standardUnits,
  waitEdgesSeconds,
} from '@yingda/contract';
import type { StandardKey, TargetBand, TargetView } from '@yingda/contract';
import { Form, Input, InputNumber, Select } from 'antd';
import type { FormInstance } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { text } from '../../../lib/i18n.ts';
import { moneySign, toMajor, toMinor } from '../../../lib/money.ts';
import { refresh, useCall } from '../../../lib/query.ts';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { chosen } from '../../../ui/rules.ts';
import { rangeText, targetsOn, valueText } from './band.ts';
import { TargetHistory } from './target-history.tsx';
import { useCentre, useMembers } from './use-measures.ts';

interface Values {
  queueId: number | null;
  typeId: number | null;
  norm: number | null;
  low: number | null;
  high: number | null;
  seconds: number | null;
  validFrom: string;
  note: string;
}
const parts = ['norm', 'low', 'high'] as const;

/** What a band is typed and shown in: money in its large unit, everything else as it is. */
function scaled(band: TargetBand, scale: (value: number) => number): TargetBand {
  const of = (value: number | null): number | null => (value === null ? null : scale(value));
  return { norm: of(band.norm), low: of(band.low), high: of(band.high) };
}

function BandField({
  name,
  standard,
}: {
  name: (typeof parts)[number];
  standard: StandardKey;
}): ReactNode {
  const { t } = useTranslation('measures');
  const { currency } = useCentre();
  const unit = standardUnits[standard];
  const value = Form.useWatch<number | null | undefined>(name);
  const isLong = unit === 'seconds' && value != null && value >= 120;
  return (
    <Form.Item
      name={name}
      label={t(`targets.${name}`)}
      extra={isLong ? valueText(value, unit, currency) : undefined}
      rules={[
        ({ getFieldValue }) => ({
          validator: (_, high: number | null) => {
            const low = getFieldValue('low') as number | null;
            const isBelow = name === 'high' && low != null && high != null && high < low;
            return isBelow
              ? Promise.reject(new Error(text('problems:faults.below_low')))
              : Promise.resolve();
          },
        }),
      ]}
    >
      <InputNumber
        min={0}
        max={unit === 'percent' || unit === 'score' ? 100 : 1e9}
        placeholder={t('targets.noBound')}
        prefix={unit === 'money' ? moneySign(currency) : undefined}
        suffix={unit === 'money' ? undefined : t(`unitSigns.${unit}`)}
        style={{ width: '100%' }}
      />
    </Form.Item>
  );
}

/** What was chosen, in one sentence, before it is saved. */
function Summary({ standard }: { standard: StandardKey }): ReactNode {
  const { t } = useTranslation('measures');
  const { currency } = useCentre();
  const low = Form.useWatch<number | null | undefined>('low') ?? null;
  const high = Form.useWatch<number | null | undefined>('high') ?? null;
  const seconds = Form.useWatch<number | null | undefined>('seconds') ?? null;
  const unit = standardUnits[standard];
  const minor = (value: number): number => (unit === 'money' ? toMinor(value, currency) : value);
  const band = scaled({ norm: null, low, high }, minor);
  const range = rangeText(band, unit, currency);
  const within = seconds === null ? '' : t('targets.within', { count: seconds });
  return (
    <p className="yd-target-summary" role="status">
      {range === null
        ? t('targets.summaryNone')
        : t('targets.summary', { range: [range, within].filter(Boolean).join(t('comma')) })}
    </p>
  );
}

function ScopeFields({ onChange }: { onChange: () => void }): ReactNode {
  const { t } = useTranslation('measures');
  const queues = useMembers('queue').options;
  const types = useMembers('type').options;
  const field = (name: 'queueId' | 'typeId', options: typeof queues): ReactNode => (
    <Form.Item name={name} label={t(`targets.${name}`)}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t(`targets.every_${name}`)}
        options={options}
        onChange={onChange}
      />
    </Form.Item>
  );
  return (
    <div className="yd-pair">
      {field('queueId', queues)}
      {field('typeId', types)}
    </div>
  );
}

/** What is in force now for a scope: its own target, else the one for everything, else the default. */
function useInForce(
  standard: StandardKey,
  targets: readonly TargetView[],
  defaults: TargetBand,
): (
  scope: Pick<Values, 'queueId' | 'typeId'>,
) => Pick<Values, 'norm' | 'low' | 'high' | 'seconds'> {
  const { currency, today } = useCentre();
  const seconds = useCall(getKpiSettings).data?.serviceLevelSeconds ?? 20;
  return ({ queueId, typeId }) => {
    const now = targetsOn(targets, today);
    const found =
      now.get(`${queueId ?? ''}/${typeId ?? ''}`) ??
      now.get(`${queueId ?? ''}/`) ??
      now.get(`/${typeId ?? ''}`) ??
      now.get('/');
    const isMoney = standardUnits[standard] === 'money';
    const band = scaled(found ?? defaults, (value) => (isMoney ? toMajor(value, currency) : value));
    return {
      ...band,
      seconds: standard === 'service_level' ? (found?.seconds ?? seconds) : null,
    };
  };
}

function useSave(
  standard: StandardKey,
  form: FormInstance<Values>,
): (values: Values) => Promise<void> {
  const { currency } = useCentre();
  return async () => {
    const values = form.getFieldsValue();
    const isMoney = standardUnits[standard] === 'money';
    const typed = { norm: values.norm ?? null, low: values.low ?? null, high: values.high ?? null };
    const band = scaled(typed, (value) => (isMoney ? toMinor(value, currency) : value));
    await call(createTarget, {
      body: {
        standard,
        ...band,
        queueId: values.queueId ?? null,
        typeId: values.typeId ?? null,
        seconds: values.seconds ?? null,
        validFrom: values.validFrom,
        note: values.note ?? '',
      },
    });
    await refresh(listTargets, getStandards, getReport);
  };
}

/** Sets a new target for one standard; below it all that were ever set. */
export function TargetDrawer({
  standard,
  targets,
  defaults,
  onClose,
}: {
  standard: StandardKey;
  targets: readonly TargetView[];
  defaults: TargetBand;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['measures', 'standards']);
  const { today } = useCentre();
  const [form] = Form.useForm<Values>();
  const inForce = useInForce(standard, targets, defaults);
  const save = useSave(standard, form);
  const [initial] = useState(() => ({
    queueId: null,
    typeId: null,
    ...inForce({ queueId: null, typeId: null }),
    validFrom: today,
    note: '',
  }));
  const refill = (): void => form.setFieldsValue(inForce(form.getFieldsValue()));
  return (
    <EditorDrawer<Values>
      title={t(`standards:standards.${standard}.name`)}
      hint={t('targets.drawerHint')}
      form={form}
      initial={initial}
      deed={t('targets.set')}
      save={save}
      onClose={onClose}
      width={560}
    >
      <ScopeFields onChange={refill} />
      <div className="yd-triple">
        {parts.map((name) => (
          <BandField key={name} name={name} standard={standard} />
        ))}
      </div>
      {standard === 'service_level' && (
        <Form.Item name="seconds" label={t('targets.seconds')} extra={t('targets.secondsHint')}>
          <Select
            options={waitEdgesSeconds.map((value) => ({
              value,
              label: valueText(value, 'seconds', ''),
            }))}
          />
        </Form.Item>
      )}
      <div className="yd-pair">
        <Form.Item
          name="validFrom"
          label={t('targets.validFrom')}
          extra={t('targets.validFromHint')}
          rules={[chosen()]}
        >
          <Input type="date" max="2199-12-31" min="1970-01-01" />
        </Form.Item>
        <Form.Item name="note" label={t('targets.note')}>
          <Input maxLength={300} placeholder={t('targets.noteExample')} />
        </Form.Item>
      </div>
      <Summary standard={standard} />
      <TargetHistory standard={standard} targets={targets} defaults={defaults} />
    </EditorDrawer>
  );
}
