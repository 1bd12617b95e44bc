import { createHours, deleteHours, listHours, listQueues, updateHours } from '@yingda/contract';
import type { HoursView } from '@yingda/contract';
import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { browserZone } from '../../../lib/format.ts';
import { text } from '../../../lib/i18n.ts';
import { refresh } from '../../../lib/query.ts';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { required } from '../../../ui/rules.ts';
import { ZoneSelect } from '../../../ui/zone-select.tsx';
import { DeleteButton } from '../shared/delete-button.tsx';
import { periodsFault } from './clock.ts';
import { SpecialDaysField } from './special-days-field.tsx';
import { WeekField } from './week-field.tsx';
import './hours.css';

type Values = Pick<HoursView, 'name' | 'timeZone' | 'week' | 'specialDays'>;
const workday = { from: 540, to: 1080 };
const usualWeek: Values['week'] = [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [workday] : []));

/** Faults inside are shown at their period; the form only has to stay where it is. */
async function checkWeek(week: Values['week']): Promise<void> {
  const fault = week.map(periodsFault).find((one) => one !== null);
  if (fault) throw new Error(text(`problems:faults.${fault}`));
}

async function checkDays(days: Values['specialDays']): Promise<void> {
  const dates = days.map(({ date }) => date);
  if (dates.some((date) => date === '')) throw new Error(text('problems:faults.required'));
  if (new Set(dates).size < dates.length) throw new Error(text('problems:faults.date_twice'));
  const fault = days.map(({ periods }) => periodsFault(periods)).find((one) => one !== null);
  if (fault) throw new Error(text(`problems:faults.${fault}`));
}

/** Makes or changes opening hours. */
export function HoursDrawer({
  hours,
  onClose,
}: {
  hours: HoursView | null;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const save = async (values: Values): Promise<void> => {
    const body = {
      ...values,
      specialDays: values.specialDays.toSorted((a, b) => a.date.localeCompare(b.date)),
    };
    if (hours) await call(updateHours, { params: { id: hours.id }, body });
    else await call(createHours, { body });
    await refresh(listHours, listQueues);
  };
  const remove = async (id: string): Promise<void> => {
    await call(deleteHours, { params: { id } });
    await refresh(listHours);
    onClose();
  };
  return (
    <EditorDrawer<Values>
      title={hours ? hours.name : t('hours.create')}
      initial={hours ?? { timeZone: browserZone(), week: usualWeek, specialDays: [] }}
      deed={t(hours ? 'common:save' : 'common:create')}
      save={save}
      onClose={onClose}
      width={640}
      fieldOf={{ 'hours.name_taken': 'name' }}
      extra={
        hours && (
          <DeleteButton
            question={t('hours.deleteQuestion', { name: hours.name })}
            consequence={t('hours.deleteConsequence')}
            onConfirm={() => remove(hours.id)}
          />
        )
      }
    >
      <div className="yd-pair">
        <Form.Item name="name" label={t('hours.name')} rules={[required()]}>
          <Input maxLength={80} placeholder={t('hours.nameExample')} />
        </Form.Item>
        <Form.Item name="timeZone" label={t('hours.zone')}>
          <ZoneSelect />
        </Form.Item>
      </div>
      <Form.Item
        name="week"
        label={t('hours.week')}
        rules={[{ validator: (_, week: Values['week']) => checkWeek(week) }]}
      >
        <WeekField />
      </Form.Item>
      <Form.Item
        name="specialDays"
        label={t('hours.specialDays')}
        extra={t('hours.specialDaysHint')}
        rules={[{ validator: (_, days: Values['specialDays']) => checkDays(days) }]}
      >
        <SpecialDaysField />
      </Form.Item>
    </EditorDrawer>
  );
}
