import { CloseOutlined, DownloadOutlined } from '@ant-design/icons';
import type { FileView } from '@yingda/contract';
import { Button } from 'antd';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortcuts } from '../../../lib/use-shortcuts.ts';
import './lightbox.css';

let shown: FileView | null = null;
const listeners = new Set<() => void>();
function set(file: FileView | null): void {
  shown = file;
  for (const listener of listeners) listener();
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Shows an image as large as the page allows. */
export function openLightbox(file: FileView): void {
  set(file);
}

function Open({ file }: { file: FileView }): ReactNode {
  const { t } = useTranslation('desk');
  const ref = useRef<HTMLDialogElement>(null);
  const [isFull, setFull] = useState(false);
  useEffect(() => shortcuts.pause(), []);
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // A click beside the image closes it; the keyboard has Esc for that.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      className={`yd-lightbox ${isFull ? 'is-full' : ''}`}
      aria-label={file.name}
      onClose={() => set(null)}
      onClick={(event) => {
        if (event.target instanceof Element && !event.target.closest('img, .yd-lightbox-bar'))
          set(null);
      }}
    >
      <div className="yd-lightbox-bar">
        <span className="yd-ellipsis">{file.name}</span>
        <Button
          type="text"
          icon={<DownloadOutlined />}
          href={file.url}
          download={file.name}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={t('message.download', { name: file.name })}
        />
        <Button
          type="text"
          icon={<CloseOutlined />}
          aria-label={t('common:close')}
          onClick={() => set(null)}
        />
      </div>
      {/* Zooming is a convenience of the mouse; the download shows every detail. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
      <img src={file.url} alt={file.name} onClick={() => setFull(!isFull)} />
    </dialog>
  );
}

/** Where an enlarged image appears; the desk holds one. */
export function Lightbox(): ReactNode {
  const file = useSyncExternalStore(subscribe, () => shown);
  return file ? <Open key={file.id} file={file} /> : null;
}
