import { EditOutlined } from '@ant-design/icons';
import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const longest = 200;

/** The subject, changed where it stands: Enter keeps, Esc leaves it as it was. */
export function Subject({
  subject,
  number,
  mayChange,
  onChange,
}: {
  subject: string;
  number: number;
  mayChange: boolean;
  onChange: (subject: string) => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  const [edited, setEdited] = useState<string | null>(null);
  if (edited === null) {
    return (
      <h2 className="yd-subject">
        {mayChange ? (
          <button type="button" title={t('subject.edit')} onClick={() => setEdited(subject)}>
            <span className={`yd-ellipsis ${subject === '' ? 'is-missing' : ''}`}>
              {subject === '' ? t('subject.add') : subject}
            </span>
            <EditOutlined aria-hidden />
          </button>
        ) : (
          <span className="yd-ellipsis">
            {subject === '' ? t('list.untitled', { number }) : subject}
          </span>
        )}
      </h2>
    );
  }
  const keep = (): void => {
    const next = edited.trim();
    setEdited(null);
    if (next !== '' && next !== subject) onChange(next);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') keep();
    else if (event.key === 'Escape') setEdited(null);
  };
  return (
    <input
      className="yd-subject-field"
      aria-label={t('subject.edit')}
      // Whoever asked to change it wants to type.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      maxLength={longest}
      value={edited}
      onChange={(event) => setEdited(event.target.value)}
      onBlur={keep}
      onKeyDown={press}
    />
  );
}
