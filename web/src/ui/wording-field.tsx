import type { Wording } from '@yingda/contract';
import { Input } from 'antd';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './wording-field.css';

const languages = ['zh-CN', 'en'] as const;
const nothing: Wording = { 'zh-CN': '', en: '' };

export interface WordingFieldProps {
  /** Names both inputs for screen readers, with the language. */
  label: string;
  value?: Wording | undefined;
  onChange?: (value: Wording) => void;
  onLeave?: (value: Wording) => void;
  disabled?: boolean;
  /** Marks what is empty. */
  isFaulty?: boolean;
  /** For dialogs that are opened to fill it in. */
  isFirst?: boolean;
}

/** A short text in both languages, one under the other. */
export function WordingField({
  label,
  value = nothing,
  onChange,
  onLeave,
  disabled = false,
  isFaulty = false,
  isFirst = false,
}: WordingFieldProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="yd-wording" role="group" aria-label={label}>
      {languages.map((language, at) => (
        <Input
          key={language}
          id={`${id}-${language}`}
          prefix={<span className="yd-wording-mark">{t(`languageMark.${language}`)}</span>}
          aria-label={`${label} (${t(`languageName.${language}`)})`}
          lang={language}
          maxLength={80}
          disabled={disabled}
          // It is what was asked for.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={isFirst && at === 0}
          status={isFaulty && value[language].trim() === '' ? 'error' : ''}
          value={value[language]}
          onChange={(event) => onChange?.({ ...value, [language]: event.target.value })}
          onBlur={() => onLeave?.(value)}
        />
      ))}
    </div>
  );
}
