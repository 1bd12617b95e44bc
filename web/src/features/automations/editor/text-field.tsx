import { actionVariables } from '@yingda/contract';
import type { AutomationSubject } from '@yingda/contract';
import { Button } from 'antd';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Menu } from '../../../ui/menu.tsx';
import { textKey } from '../model/keys.ts';

/** Placeholders that mean something for a subject. */
const variablesOf = (subject: AutomationSubject) =>
  actionVariables.filter((name) => subject === 'order' || !name.startsWith('order.'));

/** A text that may hold placeholders; they are put in where the caret stands. */
export function TemplateField({
  label,
  subject,
  value,
  rows = 3,
  max,
  onChange,
}: {
  label: string;
  subject: AutomationSubject;
  value: string;
  rows?: number;
  max: number;
  onChange: (text: string) => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string): void => {
    const at = field.current?.selectionStart ?? value.length;
    onChange(`${value.slice(0, at)}{{${name}}}${value.slice(at)}`);
    field.current?.focus();
  };
  return (
    <div className="yd-rule-template">
      <label className="yd-field">
        <span>{label}</span>
        <textarea
          ref={field}
          rows={rows}
          maxLength={max}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <Menu
        items={variablesOf(subject).map((name) => ({
          key: name,
          label: t(`variable.${textKey(name)}`),
        }))}
        onChoose={insert}
      >
        <Button size="small" type="text">
          {t('then.variable')}
        </Button>
      </Menu>
    </div>
  );
}

/** A text of one line. */
export function LineField({
  label,
  value,
  max = 200,
  hint,
  onChange,
}: {
  label: string;
  value: string;
  max?: number;
  hint?: string;
  onChange: (text: string) => void;
}): ReactNode {
  return (
    <label className="yd-field">
      <span>{label}</span>
      <input
        maxLength={max}
        placeholder={hint}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
