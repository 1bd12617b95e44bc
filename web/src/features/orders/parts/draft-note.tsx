import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './draft-note.css';

/** Says that a form goes on with what was not sent last time. */
export function DraftNote({ text, onAnew }: { text: string; onAnew: () => void }): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <p className="yd-draft-note is-all">
      {text}
      <Button size="small" type="link" onClick={onAnew}>
        {t('create.anew')}
      </Button>
    </p>
  );
}
