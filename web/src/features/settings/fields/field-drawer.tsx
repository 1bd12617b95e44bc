import {
  createCustomField,
  deleteCustomField,
  FieldKind,
  listCustomFields,
  updateCustomField,
} from '@yingda/contract';
import type { CustomFieldView } from '@yingda/contract';
import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { text } from '../../../lib/i18n.ts';
import { refresh } from '../../../lib/query.ts';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { chosen, required } from '../../../ui/rules.ts';
import { DeleteButton } from '../shared/delete-button.tsx';

type Values = Pick<CustomFieldView, 'label' | 'key' | 'kind'> & { choices?: string[] };
const keyForm = /^[a-z][a-z0-9_]{0,39}$/;

function ChoicesField(): ReactNode {
  const { t } = useTranslation('settings');
  const kind = Form.useWatch<FieldKindName | undefined>('kind');
  if (kind !== 'choice') return null;
  return (
    <Form.Item
      name="choices"
      label={t('fields.choices')}
      extra={t('fields.choicesHint')}
      rules={[chosen()]}
    >
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['\n']} maxCount={100} />
    </Form.Item>
  );
}
type FieldKindName = CustomFieldView['kind'];

/** Makes or changes a custom field; key and kind stay once values are stored under them. */
export function FieldDrawer({
  field,
  position,
  onClose,
}: {
  field: CustomFieldView | null;
  position: number;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const save = async ({ key, kind, label, choices }: Values): Promise<void> => {
    if (field) {
      await call(updateCustomField, {
        params: { id: field.id },
        body: { label, choices: choices ?? [] },
      });
    } else {
      await call(createCustomField, {
        body: { key, kind, label, choices: choices ?? [], position },
      });
    }
    await refresh(listCustomFields);
  };
  const remove = async (id: string): Promise<void> => {
    await call(deleteCustomField, { params: { id } });
    await refresh(listCustomFields);
    onClose();
  };
  return (
    <EditorDrawer<Values>
      title={field ? field.label : t('fields.create')}
      initial={field ?? { kind: 'text' }}
      deed={t(field ? 'common:save' : 'common:create')}
      save={save}
      onClose={onClose}
      fieldOf={{ 'field.name_taken': 'key' }}
      extra={
        field && (
          <DeleteButton
            question={t('fields.deleteQuestion', { name: field.label })}
            consequence={t('fields.deleteConsequence')}
            onConfirm={() => remove(field.id)}
          />
        )
      }
    >
      <Form.Item name="label" label={t('fields.label')} rules={[required()]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        name="key"
        label={t('fields.key')}
        extra={t('fields.keyHint')}
        rules={[required(), { pattern: keyForm, message: text('problems:faults.key_format') }]}
      >
        <Input maxLength={40} disabled={field !== null} />
      </Form.Item>
      <Form.Item name="kind" label={t('fields.kind')}>
        <Select
          disabled={field !== null}
          options={FieldKind.options.map((kind) => ({
            value: kind,
            label: t(`fields.kinds.${kind}`),
          }))}
        />
      </Form.Item>
      <ChoicesField />
    </EditorDrawer>
  );
}
