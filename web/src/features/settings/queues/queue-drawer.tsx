import { createQueue, deleteQueue, listHours, listQueues, updateQueue } from '@yingda/contract';
import type { QueueView } from '@yingda/contract';
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { useRights } from '../../../lib/me.ts';
import { refresh, useCall } from '../../../lib/query.ts';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { chosen, required } from '../../../ui/rules.ts';
import { DeleteButton } from '../shared/delete-button.tsx';
import { useTeamNames } from '../shared/names.ts';

type Values = Pick<
  QueueView,
  'name' | 'teamId' | 'hoursId' | 'offerSeconds' | 'autoAccept' | 'weight'
>;

function RuleFields(): ReactNode {
  const { t } = useTranslation('settings');
  const autoAccept = Form.useWatch<boolean | undefined>('autoAccept');
  return (
    <>
      <div className="yd-lone-switch">
        <div>
          <label htmlFor="autoAccept">{t('queues.autoAccept')}</label>
          <p>{t('queues.autoAcceptHint')}</p>
        </div>
        <Form.Item name="autoAccept" valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      <div className="yd-pair">
        <Form.Item
          name="offerSeconds"
          label={t('queues.offerSeconds')}
          extra={t('queues.offerSecondsHint')}
          rules={[chosen()]}
        >
          <InputNumber
            min={5}
            max={600}
            precision={0}
            disabled={autoAccept === true}
            suffix={t('queues.seconds')}
            style={{ width: '100%' }}
          />
        </Form.Item>
        <Form.Item
          name="weight"
          label={t('queues.weight')}
          extra={t('queues.weightHint')}
          rules={[chosen()]}
        >
          <InputNumber min={1} max={100} precision={0} suffix="%" style={{ width: '100%' }} />
        </Form.Item>
      </div>
    </>
  );
}

/** Makes or changes a queue. */
export function QueueDrawer({
  queue,
  onClose,
}: {
  queue: QueueView | null;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const { may } = useRights();
  const teams = useTeamNames().options.filter(({ value }) => may('queue.manage', value));
  const hours = useCall(listHours).data?.items ?? [];
  const save = async ({ teamId, ...values }: Values): Promise<void> => {
    const body = { ...values, hoursId: values.hoursId ?? null };
    if (queue) await call(updateQueue, { params: { id: queue.id }, body });
    else await call(createQueue, { body: { ...body, teamId } });
    await refresh(listQueues);
  };
  const remove = async (id: string): Promise<void> => {
    await call(deleteQueue, { params: { id } });
    await refresh(listQueues);
    onClose();
  };
  return (
    <EditorDrawer<Values>
      title={queue ? queue.name : t('queues.create')}
      initial={queue ?? { autoAccept: false, offerSeconds: 20, weight: 20 }}
      deed={t(queue ? 'common:save' : 'common:create')}
      save={save}
      onClose={onClose}
      fieldOf={{ 'queue.name_taken': 'name' }}
      extra={
        queue && (
          <DeleteButton
            question={t('queues.deleteQuestion', { name: queue.name })}
            consequence={t('queues.deleteConsequence')}
            onConfirm={() => remove(queue.id)}
          />
        )
      }
    >
      <Form.Item name="name" label={t('queues.name')} rules={[required()]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item
        name="teamId"
        label={t('queues.team')}
        rules={[chosen()]}
        extra={t(queue ? 'queues.teamStays' : 'queues.teamHint')}
      >
        <Select options={teams} disabled={queue !== null} />
      </Form.Item>
      <Form.Item name="hoursId" label={t('queues.hours')} extra={t('queues.hoursHint')}>
        <Select
          allowClear
          placeholder={t('queues.always')}
          options={hours.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <RuleFields />
    </EditorDrawer>
  );
}
