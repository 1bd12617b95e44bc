import {
  createSchedule,
  deleteSchedule,
  listColleagues,
  listSavedViews,
  listSchedules,
  listSendings,
  sendScheduleNow,
  updateSchedule,
} from '@yingda/contract';
import type { ScheduleInput, ScheduleView } from '@yingda/contract';
import { Button, Checkbox, Form, Input, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.ts';
import { currentLanguage } from '../../lib/language.ts';
import { refresh, useAct, useCall } from '../../lib/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { EditorDrawer } from '../../ui/editor-drawer.tsx';
import { chosen, required } from '../../ui/rules.ts';
import { toast } from '../../ui/toast.tsx';
import { Preview } from './preview.tsx';
import { clockOf, minuteOf } from './rhythm.ts';

type Values = Omit<ScheduleInput, 'minute'> & { time: string };

const weekdays = [1, 2, 3, 4, 5, 6, 7];
const monthDays = Array.from({ length: 31 }, (_, index) => index + 1);

function valuesOf(schedule: ScheduleView | null): Partial<Values> {
  if (!schedule) {
    return {
      rhythm: 'weekly',
      day: 1,
      time: '08:00',
      people: [],
      addresses: [],
      locale: currentLanguage(),
      subject: '',
      attachments: ['pdf'],
      isActive: true,
    };
  }
  const {
    name,
    viewId,
    rhythm,
    day,
    minute,
    people,
    addresses,
    locale,
    subject,
    attachments,
    isActive,
  } = schedule;
  return {
    name,
    viewId,
    rhythm,
    day,
    time: clockOf(minute),
    people,
    addresses,
    locale,
    subject,
    attachments,
    isActive,
  };
}

function inputOf({ time, ...values }: Values): ScheduleInput {
  return { ...values, day: values.rhythm === 'daily' ? 1 : values.day, minute: minuteOf(time) };
}

function When({ zone }: { zone: string }): ReactNode {
  const { t } = useTranslation('reports');
  const form = Form.useFormInstance<Values>();
  const rhythm = Form.useWatch('rhythm', form);
  return (
    <>
      <Form.Item name="rhythm" label={t('schedules.rhythm')}>
        <Segmented
          options={(['daily', 'weekly', 'monthly'] as const).map((value) => ({
            value,
            label: t(`rhythm.${value}`),
          }))}
          onChange={() => form.setFieldValue('day', 1)}
        />
      </Form.Item>
      <div className="yd-schedule-two">
        {rhythm !== 'daily' && (
          <Form.Item
            name="day"
            label={t('schedules.day')}
            extra={rhythm === 'monthly' ? t('schedules.dayHint') : undefined}
          >
            <Select
              options={(rhythm === 'monthly' ? monthDays : weekdays).map((value) => ({
                value,
                label:
                  rhythm === 'monthly'
                    ? t('schedules.monthDay', { day: value })
                    : t(`weekdays.${value}`),
              }))}
            />
          </Form.Item>
        )}
        <Form.Item
          name="time"
          label={t('schedules.time')}
          extra={t('schedules.zone', { zone })}
          rules={[required()]}
        >
          <Input type="time" />
        </Form.Item>
      </div>
    </>
  );
}

function Recipients(): ReactNode {
  const { t } = useTranslation('reports');
  const colleagues = useCall(listColleagues).data?.items ?? [];
  return (
    <>
      <Form.Item name="people" label={t('schedules.people')}>
        <Select
          mode="multiple"
          optionFilterProp="label"
          placeholder={t('schedules.peoplePlaceholder')}
          options={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item
        name="addresses"
        label={t('schedules.addresses')}
        extra={t('schedules.addressesHint')}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[...t('schedules.separators')]}
          placeholder="name@example.com"
        />
      </Form.Item>
    </>
  );
}

function Contents(): ReactNode {
  const { t } = useTranslation('reports');
  return (
    <>
      <div className="yd-schedule-two">
        <Form.Item name="locale" label={t('schedules.language')}>
          <Segmented
            options={(['zh-CN', 'en'] as const).map((value) => ({
              value,
              label: t(`languages.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="attachments" label={t('schedules.attachments')}>
          <Checkbox.Group
            options={[
              { value: 'pdf', label: 'PDF' },
              { value: 'xlsx', label: 'Excel' },
            ]}
          />
        </Form.Item>
      </div>
      <Form.Item
        name="subject"
        label={t('schedules.subject')}
        extra={t('schedules.subjectHint', { mark: '{{period}}' })}
      >
        <Input maxLength={150} placeholder={t('schedules.subjectUsual')} />
      </Form.Item>
    </>
  );
}

function Deeds({
  schedule,
  canSend,
  onGone,
}: {
  schedule: ScheduleView;
  canSend: boolean;
  onGone: () => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  const { id, name } = schedule;
  const remove = useAct(deleteSchedule, {
    refreshes: [listSchedules, listSavedViews],
    onDone: onGone,
  });
  const send = useAct(sendScheduleNow, {
    refreshes: [listSendings, listSchedules],
    onDone: () => toast.success(t('schedules.trialSent')),
  });
  return (
    <>
      <ConfirmButton
        danger
        type="text"
        question={t('schedules.deleteQuestion', { name })}
        consequence={t('schedules.deleteConsequence')}
        deed={t('common:delete')}
        onConfirm={() => remove.mutateAsync({ params: { id } })}
      >
        {t('common:delete')}
      </ConfirmButton>
      <Button
        disabled={!canSend}
        loading={send.isPending}
        onClick={() =>
          send.mutate({ params: { id }, body: { to: 'me' } }, { onError: toast.problem })
        }
      >
        {t('schedules.trial')}
      </Button>
    </>
  );
}

interface ScheduleDrawerProps {
  /** Null: a new one. */
  schedule: ScheduleView | null;
  zone: string;
  canSend: boolean;
  onClose: () => void;
}

/** What is mailed, when, to whom; with a preview of the mail as it would be sent now. */
export function ScheduleDrawer({
  schedule,
  zone,
  canSend,
  onClose,
}: ScheduleDrawerProps): ReactNode {
  const { t } = useTranslation('reports');
  const [form] = Form.useForm<Values>();
  const views = useCall(listSavedViews, { query: {} }).data?.items ?? [];
  const [previewed, setPreviewed] = useState<Values | null>(null);
  const save = async (values: Values): Promise<void> => {
    const body = inputOf(values);
    if (schedule) await call(updateSchedule, { params: { id: schedule.id }, body });
    else await call(createSchedule, { body });
    await refresh(listSchedules, listSavedViews);
  };
  const look = (): void =>
    void form.validateFields(['name', 'viewId']).then(
      () => setPreviewed(form.getFieldsValue()),
      () => undefined,
    );
  return (
    <EditorDrawer<Values>
      title={schedule ? schedule.name : t('schedules.create')}
      hint={t('schedules.rightsHint')}
      initial={valuesOf(schedule)}
      deed={schedule ? t('common:save') : t('common:create')}
      save={save}
      onClose={onClose}
      form={form}
      fieldOf={{ 'view.not_found': 'viewId', 'person.not_found': 'people' }}
      extra={
        <span className="yd-schedule-deeds">
          {schedule && <Deeds schedule={schedule} canSend={canSend} onGone={onClose} />}
          <Button onClick={look}>{t('preview.open')}</Button>
        </span>
      }
    >
      <Form.Item name="name" label={t('schedules.name')} rules={[required()]}>
        <Input maxLength={80} placeholder={t('schedules.nameExample')} />
      </Form.Item>
      <Form.Item
        name="viewId"
        label={t('schedules.view')}
        extra={t('schedules.viewHint')}
        rules={[chosen()]}
      >
        <Select
          optionFilterProp="label"
          showSearch
          notFoundContent={t('schedules.noViews')}
          options={views.map(({ id, name, page }) => ({
            value: id,
            label: `${name} · ${t(`pages.${page}`)}`,
          }))}
        />
      </Form.Item>
      <When zone={zone} />
      <Recipients />
      <Contents />
      <Form.Item name="isActive" label={t('schedules.active')} valuePropName="checked">
        <Switch />
      </Form.Item>
      {previewed && (
        <Preview
          of={{
            name: previewed.name,
            viewId: previewed.viewId,
            locale: previewed.locale,
            subject: previewed.subject,
            attachments: previewed.attachments,
          }}
          onClose={() => setPreviewed(null)}
        />
      )}
    </EditorDrawer>
  );
}
