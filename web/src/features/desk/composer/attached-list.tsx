import { CloseOutlined, ExclamationCircleFilled, FileOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../lib/format.ts';
import { type Attached, detach, useAttached } from './attachments.ts';

function Item({ id, item }: { id: string; item: Attached }): ReactNode {
  const { t } = useTranslation('desk');
  const percent = Math.round(item.progress * 100);
  return (
    <li className={`yd-attached ${item.error ? 'is-failed' : ''}`} title={item.error ?? item.name}>
      {item.preview ? <img src={item.preview} alt="" /> : <FileOutlined aria-hidden />}
      <span className="yd-attached-text">
        <span className="yd-ellipsis">{item.name}</span>
        <span className="yd-figures">
          {item.error ? (
            <span role="alert">
              <ExclamationCircleFilled aria-hidden /> {item.error}
            </span>
          ) : item.file ? (
            formatBytes(item.size)
          ) : (
            t('composer.uploading', { percent })
          )}
        </span>
      </span>
      <button
        type="button"
        className="yd-attached-off"
        aria-label={t('composer.detach', { name: item.name })}
        onClick={() => detach(id, item.key)}
      >
        <CloseOutlined />
      </button>
      {!item.file && !item.error && (
        <progress max={100} value={percent} aria-label={t('composer.uploading', { percent })} />
      )}
    </li>
  );
}

/** The files that go with the message being written. */
export function AttachedList({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('desk');
  const items = useAttached(id);
  if (items.length === 0) return null;
  return (
    <ul className="yd-attached-list" aria-label={t('composer.attached')}>
      {items.map((item) => (
        <Item key={item.key} id={id} item={item} />
      ))}
    </ul>
  );
}
