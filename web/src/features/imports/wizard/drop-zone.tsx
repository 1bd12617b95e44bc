import { CloudUploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Where files are dropped or chosen. */
export function DropZone({
  small = false,
  onFiles,
}: {
  small?: boolean;
  onFiles: (files: File[]) => void;
}): ReactNode {
  const { t } = useTranslation('imports');
  const field = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent, isOver: boolean): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(isOver);
  };
  return (
    // Files are dropped on the whole area; the keyboard has the button in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      aria-label={t('files.choose')}
      className="yd-drop"
      data-over={over || undefined}
      data-small={small || undefined}
      onDragEnter={(event) => drag(event, true)}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {!small && <CloudUploadOutlined className="yd-drop-icon" aria-hidden />}
      {!small && <p className="yd-drop-title">{t('files.drop')}</p>}
      <Button type={small ? 'default' : 'primary'} onClick={() => field.current?.click()}>
        {t(small ? 'files.more' : 'files.choose')}
      </Button>
      {!small && <p className="yd-soft">{t('files.kinds')}</p>}
      <input
        ref={field}
        hidden
        type="file"
        multiple
        aria-label={t('files.choose')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
