import {
  LockOutlined,
  MessageOutlined,
  PaperClipOutlined,
  SmileOutlined,
  ThunderboltOutlined,
} from '@ant-design/icons';
import { maxMessageLength } from '@yingda/contract';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { charactersLeft } from '../model/editing.ts';
import { attach } from './attachments.ts';
import { EmojiDialog } from './emoji-dialog.tsx';

/** Who reads what is written: the customer, or colleagues only. */
export function KindSwitch({
  kind,
  notesOnly,
  onChange,
}: {
  kind: 'message' | 'note';
  notesOnly: boolean;
  onChange: (kind: 'message' | 'note') => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <div className="yd-kinds" role="group" aria-label={t('composer.kind')}>
      {!notesOnly && (
        <button type="button" aria-pressed={kind === 'message'} onClick={() => onChange('message')}>
          <MessageOutlined aria-hidden /> {t('composer.reply')}
        </button>
      )}
      <button
        type="button"
        className="is-note"
        aria-pressed={kind === 'note'}
        onClick={() => onChange('note')}
      >
        <LockOutlined aria-hidden /> {t('composer.note')}
      </button>
    </div>
  );
}

/** What can be put into a message besides typing. */
export function Tools({
  id,
  onEmoji,
  onCanned,
}: {
  id: string;
  onEmoji: (sign: string) => void;
  onCanned: () => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  const picker = useRef<HTMLInputElement>(null);
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <div className="yd-composer-tools">
      <Button
        type="text"
        icon={<SmileOutlined />}
        title={t('composer.emoji')}
        aria-label={t('composer.emoji')}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Button
        type="text"
        icon={<PaperClipOutlined />}
        title={t('composer.attach')}
        aria-label={t('composer.attach')}
        onClick={() => picker.current?.click()}
      />
      <Button
        type="text"
        icon={<ThunderboltOutlined />}
        title={t('composer.cannedHint')}
        aria-label={t('composer.cannedHint')}
        onClick={onCanned}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('composer.attach')}
        onChange={(event) => {
          attach(id, [...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {anchor && <EmojiDialog anchor={anchor} onPick={onEmoji} onClose={() => setAnchor(null)} />}
    </div>
  );
}

/** From here on the limit is shown. */
const nearLimit = 500;

/** What Enter does, or how much room is left. */
export function Hint({ text, isNote }: { text: string; isNote: boolean }): ReactNode {
  const { t } = useTranslation('desk');
  const left = charactersLeft(text, maxMessageLength);
  if (left >= nearLimit) {
    const keys = t(isNote ? 'composer.noteKeys' : 'composer.keys');
    return <span className="yd-composer-hint">{keys}</span>;
  }
  return (
    <span className={`yd-composer-hint ${left < 0 ? 'yd-too-long' : ''}`} role="status">
      {left < 0 ? t('composer.tooLong', { count: -left }) : t('composer.left', { count: left })}
    </span>
  );
}
