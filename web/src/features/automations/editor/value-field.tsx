import type { Condition } from '@yingda/contract';
import { Select as AntSelect } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useValues } from '../data.ts';
import { isBare, isList, kindOf, listOf } from '../model/draft.ts';
import { Select } from './parts.tsx';

type Value = Condition['value'];

interface ValueProps {
  condition: Condition;
  onChange: (value: Value) => void;
}

/** Several values: chosen where they are known, written where they are not. */
function Several({ condition, onChange }: ValueProps): ReactNode {
  const { t } = useTranslation('automations');
  const options = useValues(condition.field);
  const value = Array.isArray(condition.value) ? condition.value : [];
  if (options.length === 0) {
    return (
      <label className="yd-field">
        <span className="yd-hidden">{t('if.value')}</span>
        <input
          placeholder={t('if.values')}
          defaultValue={value.join(', ')}
          onChange={(event) => onChange(listOf(event.target.value))}
        />
      </label>
    );
  }
  return (
    <AntSelect
      mode="multiple"
      aria-label={t('if.value')}
      className="yd-rule-several"
      value={value}
      options={options}
      optionFilterProp="label"
      placeholder={t('if.choose')}
      onChange={(chosen: string[]) => onChange(chosen)}
    />
  );
}

/** What a field is compared with. */
export function ValueField(props: ValueProps): ReactNode {
  const { condition, onChange } = props;
  const { field, op, value } = condition;
  const { t } = useTranslation('automations');
  const options = useValues(field);
  const kind = kindOf(field);
  if (isBare(op)) return null;
  if (isList(op)) return <Several {...props} />;
  if (options.length > 0) {
    return (
      <Select
        hidesLabel
        label={t('if.value')}
        options={options}
        value={value === null ? '' : String(value)}
        onChange={(chosen) => onChange(kind === 'boolean' ? chosen === 'true' : chosen)}
      />
    );
  }
  const isNumber = kind === 'number' || (kind === 'custom' && (op === 'greater' || op === 'less'));
  return (
    <label className="yd-field">
      <span className="yd-hidden">{t('if.value')}</span>
      <input
        type={isNumber ? 'number' : 'text'}
        maxLength={2000}
        placeholder={t('if.value')}
        value={value === null ? '' : String(value)}
        onChange={({ target }) =>
          onChange(isNumber && target.value !== '' ? Number(target.value) : target.value)
        }
      />
    </label>
  );
}
