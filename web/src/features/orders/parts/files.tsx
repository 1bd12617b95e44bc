import { CloseOutlined, FileOutlined, PaperClipOutlined } from '@ant-design/icons';
import type { FileView } from '@yingda/contract';
import { Button } from 'antd';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../lib/format.ts';
import type { Files } from './use-files.ts';
import './files.css';

/** The button that attaches files. */
export function AttachButton({ files, label }: { files: Files; label?: string }): ReactNode {
  const { t } = useTranslation('orders');
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        type="text"
        icon={<PaperClipOutlined />}
        title={t('files.attach')}
        aria-label={t('files.attach')}
        onClick={() => field.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          files.add(event.target.files ?? []);
          event.target.value = '';
        }}
      />
    </>
  );
}

/** Files on their way, each with how far it is. */
export function Attaching({ files }: { files: Files }): ReactNode {
  const { t } = useTranslation('orders');
  if (files.items.length === 0) return null;
  return (
    <ul className="yd-order-files">
      {files.items.map(({ key, name, size, progress, file, error }) => (
        <li key={key} className={error ? 'is-failed' : ''}>
          <FileOutlined aria-hidden />
          <span className="yd-ellipsis">{name}</span>
          <span className="yd-soft yd-figures">
            {error ?? (file ? formatBytes(size) : `${Math.round(progress * 100)}%`)}
          </span>
          <button
            type="button"
            aria-label={t('files.remove', { name })}
            onClick={() => files.remove(key)}
          >
            <CloseOutlined />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Files that are there: pictures as pictures, others by name. */
export function FileLinks({ files }: { files: readonly FileView[] }): ReactNode {
  if (files.length === 0) return null;
  return (
    <ul className="yd-order-files">
      {files.map(({ id, name, mime, size, url, width }) => {
        const isPicture = width !== null && mime.startsWith('image/');
        return (
          <li key={id} className={isPicture ? 'is-picture' : ''}>
            <a href={url} target="_blank" rel="noopener noreferrer" title={name}>
              {isPicture ? (
                <img src={url} alt={name} loading="lazy" />
              ) : (
                <>
                  <FileOutlined aria-hidden /> <span className="yd-ellipsis">{name}</span>
                  <span className="yd-soft yd-figures">{formatBytes(size)}</span>
                </>
              )}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
