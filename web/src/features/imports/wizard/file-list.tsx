import { CloseOutlined, FileTextOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../lib/format.ts';
import { problemText } from '../../../lib/problems.ts';
import type { Upload, Uploads } from './use-uploads.ts';

function stateOf(upload: Upload): 'failed' | 'done' | 'sending' {
  if (upload.error !== null) return 'failed';
  return upload.view ? 'done' : 'sending';
}

/** The chosen files with how much of each was sent. */
export function FileList({ uploads }: { uploads: Uploads }): ReactNode {
  const { t } = useTranslation('imports');
  return (
    <ul className="yd-files" aria-label={t('files.chosen')}>
      {uploads.items.map((upload) => {
        const { key, file, share, error } = upload;
        const state = stateOf(upload);
        return (
          <li key={key} data-state={state}>
            <FileTextOutlined aria-hidden />
            <span className="yd-file-name yd-ellipsis" title={file.name}>
              {file.name}
            </span>
            <span className="yd-soft yd-figures">{formatBytes(file.size)}</span>
            <span className="yd-file-state">
              {state === 'sending' && (
                <Progress
                  percent={Math.floor(share * 100)}
                  size="small"
                  aria-label={t('files.sending', { name: file.name })}
                />
              )}
              {state === 'failed' && (
                <span className="yd-file-failed" role="alert">
                  {problemText(error)}
                </span>
              )}
            </span>
            {state === 'failed' && (
              <Button
                type="text"
                size="small"
                icon={<ReloadOutlined />}
                onClick={() => uploads.retry(key)}
              >
                {t('common:retry')}
              </Button>
            )}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t(state === 'sending' ? 'files.cancel' : 'files.remove', {
                name: file.name,
              })}
              onClick={() => uploads.remove(key)}
            />
          </li>
        );
      })}
    </ul>
  );
}
