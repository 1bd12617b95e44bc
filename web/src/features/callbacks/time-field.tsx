import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { localInput, usualTimes } from './model/outcome.ts';

/** When to call again: a day and time, or one of the usual ones at a press. */
export function TimeField({
  value,
  required = false,
  onChange,
}: {
  value: string;
  required?: boolean;
  onChange: (value: string) => void;
}): ReactNode {
  const { t } = useTranslation('callbacks');
  const [now] = useState(() => new Date());
  const names = {
    half: t('inMinutes', { count: 30 }),
    two: t('inHours', { count: 2 }),
    tomorrow: t('tomorrow'),
  };
  return (
    <div className="yd-callback-next">
      <label className="yd-field">
        <span>{t('nextTry')}</span>
        <input
          type="datetime-local"
          required={required}
          min={localInput(now)}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <span className="yd-callback-quick">
        {usualTimes(now).map(({ key, at }) => (
          <Button
            key={key}
            size="small"
            aria-pressed={value === localInput(at)}
            onClick={() => onChange(localInput(at))}
          >
            {names[key]}
          </Button>
        ))}
      </span>
      {!required && <p className="yd-soft">{t('nextTryAuto')}</p>}
    </div>
  );
}
