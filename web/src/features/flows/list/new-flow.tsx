import { FlowKey, listFlows, saveFlow } from '@yingda/contract';
import type { FlowDefinition, Wording } from '@yingda/contract';
import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { text } from '../../../lib/i18n.ts';
import { refresh } from '../../../lib/query.ts';
import { say } from '../../../lib/wording.ts';
import { EditorDrawer } from '../../../ui/editor-drawer.tsx';
import { required } from '../../../ui/rules.ts';
import { WordingField } from '../../../ui/wording-field.tsx';
import { wordingRule } from '../../../ui/wording-rule.ts';
import type { FlowFamily } from '../data/flows.ts';
import { addMove, addStep, freeKey, keyOfName, rekeyStep } from '../model/edit.ts';

interface Values {
  name: Wording;
  from: string;
  key: string;
}
const blank = '';

/** The least that a flow can be: orders are taken in, and end. */
function blankFlow(wording: (name: string) => Wording): FlowDefinition {
  const work = addStep(
    { steps: [], start: 'intake' },
    { kind: 'work', name: wording('intake') },
  ).definition;
  const intake = rekeyStep(work, 'work', 'intake');
  const both = addStep(intake, { kind: 'end', name: wording('end') }).definition;
  const ended = rekeyStep(both, 'end', 'closed');
  const move = { key: 'finish', to: 'closed', name: wording('finish'), effect: 'solved' as const };
  return addMove(ended, 'intake', move).definition;
}

/** Begins a flow: by name, from another one or from nothing; it opens in the designer. */
export function NewFlow({
  families,
  onClose,
  onMade,
}: {
  families: readonly FlowFamily[];
  onClose: () => void;
  onMade: (key: string) => void;
}): ReactNode {
  const { t } = useTranslation('flows');
  const [form] = Form.useForm<Values>();
  const taken = families.map(({ key }) => key);
  const wording = (name: string): Wording => ({
    'zh-CN': t(`wording.${name}.zh-CN`),
    en: t(`wording.${name}.en`),
  });
  const save = async ({ name, from, key }: Values): Promise<void> => {
    const source = families.find((family) => family.key === from);
    const definition = source ? source.shown.definition : blankFlow(wording);
    await call(saveFlow, { params: { key }, body: { name, definition } });
    await refresh(listFlows);
    onMade(key);
  };
  const suggest = ({ en }: Wording): void => {
    if (form.isFieldTouched('key')) return;
    const key = keyOfName(en);
    if (key !== null) form.setFieldValue('key', freeKey(key, taken));
  };
  return (
    <EditorDrawer<Values>
      title={t('new.title')}
      form={form}
      initial={{ from: families[0]?.key ?? blank, key: freeKey('flow', taken) }}
      deed={t('common:create')}
      done={null}
      save={save}
      onSaved={() => {}}
      onClose={onClose}
    >
      <Form.Item name="name" label={t('compare.name')} rules={[wordingRule()]}>
        <WordingField label={t('compare.name')} isFirst onLeave={suggest} />
      </Form.Item>
      <Form.Item name="from" label={t('new.from')}>
        <Select
          options={[
            ...families.map(({ key, shown }) => ({
              value: key,
              label: t('new.copy', { name: say(shown.name) }),
            })),
            { value: blank, label: t('new.empty') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="key"
        label={t('new.key')}
        extra={t('new.keyHint')}
        rules={[
          required(),
          {
            validator: (_rule, value: string) => {
              if (!FlowKey.safeParse(value).success) {
                return Promise.reject(new Error(text('problems:faults.key_format')));
              }
              return taken.includes(value)
                ? Promise.reject(new Error(t('new.keyTaken')))
                : Promise.resolve();
            },
          },
        ]}
      >
        <Input maxLength={40} />
      </Form.Item>
    </EditorDrawer>
  );
}
