import { listDepartments, listFlows } from '@yingda/contract';
import type { CategoryView } from '@yingda/contract';
import { Form, Select, Switch } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { say } from '../../../lib/wording.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { chosen } from '../../../ui/rules.ts';
import { WordingField } from '../../../ui/wording-field.tsx';
import { wordingRule } from '../../../ui/wording-rule.ts';
import { familiesOf } from '../data/flows.ts';
import { storeCategories } from './store-categories.ts';

type Values = Pick<CategoryView, 'name' | 'flowKey' | 'departmentId' | 'isComplaint'>;

function ComplaintSwitch(): ReactNode {
  const { t } = useTranslation('order-settings');
  return (
    <div className="yd-lone-switch">
      <div>
        <label htmlFor="isComplaint">{t('categories.isComplaint')}</label>
        <p>{t('categories.isComplaintHint')}</p>
      </div>
      <Form.Item name="isComplaint" valuePropName="checked">
        <Switch id="isComplaint" />
      </Form.Item>
    </div>
  );
}

/** Makes or changes a category; taking one away leaves it on the orders that have it. */
export function CategoryDrawer({
  category,
  used,
  revision,
  onClose,
}: {
  category: CategoryView | null;
  used: readonly CategoryView[];
  revision: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('order-settings');
  const [seen] = useState(revision);
  const flows = familiesOf(useCall(listFlows).data?.items ?? []);
  const departments = useCall(listDepartments).data?.items ?? [];
  const save = (values: Values): Promise<void> => {
    const made = { ...values, departmentId: values.departmentId ?? null };
    const next = used.map((one) => (one.id === category?.id ? { ...made, id: one.id } : one));
    return storeCategories(category ? next : [...used, made], seen);
  };
  const retire = (): Promise<void> =>
    storeCategories(
      used.filter((one) => one.id !== category?.id),
      seen,
    ).then(onClose);
  return (
    <EditorDrawer<Values>
      title={category ? say(category.name) : t('categories.create')}
      initial={category ?? { isComplaint: false }}
      deed={t(category ? 'common:save' : 'common:create')}
      save={save}
      onClose={onClose}
      fieldOf={{ 'order.flow_not_found': 'flowKey', 'department.not_found': 'departmentId' }}
      extra={
        category &&
        used.length > 1 && (
          <ConfirmButton
            danger
            type="text"
            question={t('categories.retireQuestion', { name: say(category.name) })}
            consequence={t('categories.retireConsequence')}
            deed={t('categories.retire')}
            onConfirm={retire}
          >
            {t('categories.retire')}
          </ConfirmButton>
        )
      }
    >
      <Form.Item name="name" label={t('categories.name')} rules={[wordingRule()]}>
        <WordingField label={t('categories.name')} />
      </Form.Item>
      <Form.Item
        name="flowKey"
        label={t('categories.flow')}
        extra={t('categories.flowHint')}
        rules={[chosen()]}
      >
        <Select
          options={flows
            .filter(({ published }) => published !== null)
            .map(({ key, shown }) => ({ value: key, label: say(shown.name) }))}
        />
      </Form.Item>
      <Form.Item
        name="departmentId"
        label={t('categories.department')}
        extra={t('categories.departmentHint')}
      >
        <Select
          allowClear
          placeholder={t('categories.byHand')}
          options={departments.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <ComplaintSwitch />
    </EditorDrawer>
  );
}
