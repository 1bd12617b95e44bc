import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Option } from '../data.ts';

/** A plain choice; what is chosen and no longer known stays in sight. */
export function Select({
  label,
  options,
  value,
  none,
  hidesLabel = false,
  onChange,
}: {
  label: string;
  options: readonly Option[];
  value: string;
  /** What no choice is called; without it one must be chosen. */
  none?: string;
  hidesLabel?: boolean;
  onChange: (value: string) => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  const isKnown = value === '' || options.some((option) => option.value === value);
  return (
    <label className="yd-field">
      <span className={hidesLabel ? 'yd-hidden' : ''}>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {(none !== undefined || value === '') && <option value="">{none ?? t('if.choose')}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
        {!isKnown && <option value={value}>{value}</option>}
      </select>
    </label>
  );
}

/** A choice among two words that stand in a sentence. */
export function Match({
  label,
  value,
  onChange,
}: {
  label: string;
  value: 'all' | 'any';
  onChange: (value: 'all' | 'any') => void;
}): ReactNode {
  const { t } = useTranslation('automations');
  return (
    <select
      className="yd-plain-select"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value === 'any' ? 'any' : 'all')}
    >
      <option value="all">{t('if.all')}</option>
      <option value="any">{t('if.any')}</option>
    </select>
  );
}

/** One of the three steps of a rule: its word, and what belongs to it. */
export function Step({ word, children }: { word: string; children: ReactNode }): ReactNode {
  return (
    <section className="yd-rule-step" aria-label={word}>
      <h2>{word}</h2>
      <div>{children}</div>
    </section>
  );
}
