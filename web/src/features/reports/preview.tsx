import { FileExcelOutlined, FilePdfOutlined } from '@ant-design/icons';
import { previewSchedule } from '@yingda/contract';
import type { InputOf } from '@yingda/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { Loaded } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { download } from '../../lib/download.ts';

/** The mail as it would be sent now, in a frame in which nothing can act, with its files. */
export function Preview({
  of,
  onClose,
}: {
  of: InputOf<typeof previewSchedule, 'body'>;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  const query = useQuery({
    queryKey: [previewSchedule.path, of],
    queryFn: ({ signal }) => call(previewSchedule, { body: of }, { signal }),
    gcTime: 0,
    staleTime: 0,
  });
  return (
    <Modal open title={t('preview.title')} onCancel={onClose} width={760} footer={null}>
      <Loaded query={query} rows={8}>
        {({ subject, html, files }) => (
          <>
            <p className="yd-preview-subject">{subject}</p>
            <iframe
              className="yd-preview-page"
              sandbox=""
              title={t('preview.title')}
              srcDoc={html}
            />
            <div className="yd-preview-files">
              {files.map(({ name, mime, size, address }) => (
                <Button
                  key={name}
                  icon={mime === 'application/pdf' ? <FilePdfOutlined /> : <FileExcelOutlined />}
                  onClick={() => void download(address).catch(toast.problem)}
                >
                  {name} · {formatBytes(size)}
                </Button>
              ))}
            </div>
          </>
        )}
      </Loaded>
    </Modal>
  );
}
