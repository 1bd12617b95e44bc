import type { RegisterColumn } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moneySign } from '../../../lib/money.ts';
import type { CellWords } from '../model/cells.ts';

interface FieldProps {
  column: RegisterColumn;
  title: string;
  value: string;
  words: CellWords;
  onChange: (value: string) => void;
}

function Control({ column: { key, kind, words: values }, value, words, onChange }: FieldProps) {
  const { t } = useTranslation('registers');
  if (kind === 'word') {
    return (
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('line.unset')}</option>
        {(values ?? []).map((one) => (
          <option key={one} value={one}>
            {words.word(key, one)}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'long') {
    return (
      <textarea
        rows={2}
        maxLength={5000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  const isNumber = kind === 'money' || kind === 'number';
  const isScore = key === 'satisfaction';
  return (
    <input
      type={isNumber ? 'number' : 'text'}
      min={isScore ? 1 : 0}
      {...(isScore ? { max: 5 } : {})}
      step={kind === 'money' ? 0.01 : 1}
      maxLength={300}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** One value of a line, as its kind is written. */
export function LineField(props: FieldProps): ReactNode {
  const { column, title, words } = props;
  return (
    <label className={`yd-field ${column.kind === 'long' ? 'is-all' : ''}`}>
      <span>
        {title}
        {column.kind === 'money' && ` (${moneySign(words.currency)})`}
      </span>
      <Control {...props} />
    </label>
  );
}
