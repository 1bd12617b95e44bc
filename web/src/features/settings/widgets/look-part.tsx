import { listQueues } from '@yingda/contract';
import type { Locale } from '@yingda/contract';
import { ColorPicker, Form, Input, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';
import { chosen, required } from '../../../ui/rules.ts';
import { Part } from './part.tsx';

const languages: readonly Locale[] = ['zh-CN', 'en'];

/** One text in both languages, side by side. */
export function BilingualFields({
  name,
  label,
  long = false,
}: {
  name: string;
  label: string;
  long?: boolean;
}): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <div className="yd-pair">
      {languages.map((language) => (
        <Form.Item
          key={language}
          name={['settings', name, language]}
          label={t('widgets.inLanguage', { label, language: t(`widgets.language.${language}`) })}
          rules={[required()]}
        >
          {long ? (
            <Input.TextArea maxLength={300} autoSize={{ minRows: 2, maxRows: 6 }} />
          ) : (
            <Input maxLength={60} />
          )}
        </Form.Item>
      ))}
    </div>
  );
}

/** Name and queue: what only colleagues see. */
export function GeneralPart(): ReactNode {
  const { t } = useTranslation('settings');
  const queues = useCall(listQueues).data?.items ?? [];
  return (
    <Part title={t('widgets.general')}>
      <div className="yd-pair">
        <Form.Item
          name="name"
          label={t('widgets.name')}
          extra={t('widgets.nameHint')}
          rules={[required()]}
        >
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item
          name="queueId"
          label={t('widgets.queue')}
          extra={t('widgets.queueHint')}
          rules={[chosen()]}
        >
          <Select options={queues.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
      </div>
    </Part>
  );
}

/** Colour, place and the texts a visitor reads first. */
export function LookPart(): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <Part title={t('widgets.look')} hint={t('widgets.lookHint')}>
      <div className="yd-pair">
        <Form.Item
          name={['settings', 'colour']}
          label={t('widgets.colour')}
          getValueFromEvent={(colour: { toHexString: () => string }) =>
            colour.toHexString().slice(0, 7)
          }
        >
          <ColorPicker
            showText
            disabledAlpha
            presets={[
              {
                label: t('widgets.presets'),
                colors: [
                  '#0f766e',
                  '#1d5fb8',
                  '#4f46e5',
                  '#9333ea',
                  '#be185d',
                  '#c2410c',
                  '#1f2937',
                ],
              },
            ]}
          />
        </Form.Item>
        <Form.Item name={['settings', 'position']} label={t('widgets.position')}>
          <Segmented
            options={[
              { value: 'right', label: t('widgets.right') },
              { value: 'left', label: t('widgets.left') },
            ]}
          />
        </Form.Item>
      </div>
      <BilingualFields name="title" label={t('widgets.heading')} />
      <BilingualFields name="greeting" label={t('widgets.greeting')} long />
    </Part>
  );
}
