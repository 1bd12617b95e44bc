import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import { listCustomFields } from '@yingda/contract';
import type { PreChatField } from '@yingda/contract';
import { Button, Checkbox, Dropdown, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../lib/query.ts';

/** What may be asked: the customer's name and contacts, and the custom fields of the organisation. */
function useAskable(): PreChatField[] {
  const { t } = useTranslation('settings');
  const custom = useCall(listCustomFields).data?.items ?? [];
  const known = (['name', 'email', 'phone'] as const).map((key) => ({
    key,
    kind: 'text' as const,
    choices: [],
    required: false,
    label: {
      'zh-CN': t(`widgets.default.ask.${key}.zh-CN`),
      en: t(`widgets.default.ask.${key}.en`),
    },
  }));
  return [
    ...known,
    ...custom.map(({ key, kind, choices, label }) => ({
      key,
      kind,
      choices,
      required: false,
      label: { 'zh-CN': label, en: label },
    })),
  ];
}

function Row({
  field,
  onChange,
  onRemove,
  onMove,
}: {
  field: PreChatField;
  onChange: (field: PreChatField) => void;
  onRemove: () => void;
  /** Undefined where it cannot go. */
  onMove: { up: (() => void) | undefined; down: (() => void) | undefined };
}): ReactNode {
  const { t } = useTranslation('settings');
  const { key, label, required } = field;
  return (
    <li className="yd-ask">
      <Input
        aria-label={t('widgets.labelZh')}
        prefix={<span className="yd-soft">{t('widgets.short.zh-CN')}</span>}
        maxLength={60}
        status={label['zh-CN'].trim() === '' ? 'error' : ''}
        value={label['zh-CN']}
        onChange={({ target }) =>
          onChange({ ...field, label: { ...label, 'zh-CN': target.value } })
        }
      />
      <Input
        aria-label={t('widgets.labelEn')}
        prefix={<span className="yd-soft">{t('widgets.short.en')}</span>}
        maxLength={60}
        status={label.en.trim() === '' ? 'error' : ''}
        value={label.en}
        onChange={({ target }) => onChange({ ...field, label: { ...label, en: target.value } })}
      />
      <div className="yd-ask-foot">
        <code className="yd-soft">{key}</code>
        <Checkbox
          checked={required}
          onChange={({ target }) => onChange({ ...field, required: target.checked })}
        >
          {t('widgets.required')}
        </Checkbox>
        <span className="yd-bar-space" />
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined />}
          aria-label={t('fields.up')}
          disabled={!onMove.up}
          onClick={onMove.up}
        />
        <Button
          type="text"
          size="small"
          icon={<ArrowDownOutlined />}
          aria-label={t('fields.down')}
          disabled={!onMove.down}
          onClick={onMove.down}
        />
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('widgets.removeAsk')}
          onClick={onRemove}
        />
      </div>
    </li>
  );
}

/** The questions before the chat. A field of a form. */
export function PreChatFields({
  value = [],
  onChange,
}: {
  value?: readonly PreChatField[];
  onChange?: (value: PreChatField[]) => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  const left = useAskable().filter(({ key }) => !value.some((field) => field.key === key));
  const move = (from: number, to: number) => (): void => {
    const next = value.filter((_, at) => at !== from);
    const moved = value[from];
    if (moved) next.splice(to, 0, moved);
    onChange?.(next);
  };
  return (
    <>
      <ul className="yd-asks">
        {value.map((field, at) => (
          <Row
            key={field.key}
            field={field}
            onChange={(next) => onChange?.(value.map((old, index) => (index === at ? next : old)))}
            onRemove={() => onChange?.(value.filter((_, index) => index !== at))}
            onMove={{
              up: at > 0 ? move(at, at - 1) : undefined,
              down: at < value.length - 1 ? move(at, at + 1) : undefined,
            }}
          />
        ))}
      </ul>
      <Dropdown
        trigger={['click']}
        disabled={left.length === 0 || value.length >= 20}
        menu={{
          items: left.map(({ key, label }) => ({
            key,
            label: t('widgets.askItem', { zh: label['zh-CN'], key }),
          })),
          onClick: ({ key }) => {
            const added = left.find((field) => field.key === key);
            if (added) onChange?.([...value, added]);
          },
        }}
      >
        <Button type="dashed" icon={<PlusOutlined />}>
          {t('widgets.addAsk')}
        </Button>
      </Dropdown>
    </>
  );
}
