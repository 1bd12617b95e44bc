import { FieldKind, FlowKey } from '@yingda/contract';
import type { OrderFieldDefinition, Wording } from '@yingda/contract';
import { Form, Input, Select } from 'antd';
import type { FormRule } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { text } from '../../../lib/i18n.ts';
import { say } from '../../../lib/wording.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { chosen, required } from '../../../ui/rules.ts';
import { WordingField } from '../../../ui/wording-field.tsx';
import { wordingRule } from '../../../ui/wording-rule.ts';
import { changeOrderSettings } from '../data/settings.ts';
import { freeKey, keyOfName } from '../model/edit.ts';

type Values = OrderFieldDefinition;

function ChoicesField(): ReactNode {
  const { t } = useTranslation('order-settings');
  const kind = Form.useWatch<Values['kind'] | undefined>('kind');
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

/** A key of the right form that no other field has. */
const keyRule = (taken: readonly string[]): FormRule => ({
  validator: (_rule, value: string) => {
    if (!FlowKey.safeParse(value).success) {
      return Promise.reject(new Error(text('problems:faults.key_format')));
    }
    return taken.includes(value)
      ? Promise.reject(new Error(text('problems:faults.key_twice')))
      : Promise.resolve();
  },
});

/** Makes or changes a field of the form; key and kind stay once orders have values under them. */
export function FormFieldDrawer({
  field,
  fields,
  revision,
  onClose,
}: {
  field: OrderFieldDefinition | null;
  fields: readonly OrderFieldDefinition[];
  revision: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('order-settings');
  const [form] = Form.useForm<Values>();
  // As it was when this was opened: what a colleague saves meanwhile is not overwritten.
  const [seen] = useState(revision);
  const taken = fields.map(({ key }) => key);
  const save = ({ key, kind, label, choices }: Values): Promise<void> => {
    const made = { key, kind, label, choices: kind === 'choice' ? (choices ?? []) : [] };
    const next = field
      ? fields.map((one) => (one.key === field.key ? made : one))
      : [...fields, made];
    return changeOrderSettings({ fields: next }, seen);
  };
  const remove = async (key: string): Promise<void> => {
    await changeOrderSettings({ fields: fields.filter((one) => one.key !== key) }, seen);
    onClose();
  };
  const suggest = ({ en }: Wording): void => {
    if (field || form.isFieldTouched('key')) return;
    const key = keyOfName(en);
    if (key !== null) form.setFieldValue('key', freeKey(key, taken));
  };
  return (
    <EditorDrawer<Values>
      title={field ? say(field.label) : t('fields.create')}
      form={form}
      initial={field ?? { kind: 'text' }}
      deed={t(field ? 'common:save' : 'common:create')}
      save={save}
      onClose={onClose}
      extra={
        field && (
          <ConfirmButton
            danger
            type="text"
            question={t('fields.deleteQuestion', { name: say(field.label) })}
            consequence={t('fields.deleteConsequence')}
            deed={t('common:delete')}
            onConfirm={() => remove(field.key)}
          >
            {t('common:delete')}
          </ConfirmButton>
        )
      }
    >
      <Form.Item name="label" label={t('fields.label')} rules={[wordingRule()]}>
        <WordingField label={t('fields.label')} onLeave={suggest} />
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
      <Form.Item
        name="key"
        label={t('fields.key')}
        extra={t('fields.keyHint')}
        rules={[required(), keyRule(field === null ? taken : [])]}
      >
        <Input maxLength={40} disabled={field !== null} />
      </Form.Item>
    </EditorDrawer>
  );
}
