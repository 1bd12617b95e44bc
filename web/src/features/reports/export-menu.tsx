import {
  DownloadOutlined,
  FileExcelOutlined,
  FilePdfOutlined,
  FileTextOutlined,
} from '@ant-design/icons';
import { exportReport } from '@yingda/contract';
import type { ExportFormat, ReportPage } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../lib/api.ts';
import { announce } from '../../ui/announce.tsx';
import { Menu } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.tsx';
import { download } from '../../lib/download.ts';
import type { ShownQuery } from './view-query.ts';

const icons: Record<ExportFormat, ReactNode> = {
  xlsx: <FileExcelOutlined />,
  pdf: <FilePdfOutlined />,
  csv: <FileTextOutlined />,
  json: <FileTextOutlined />,
};
const formats = Object.keys(icons) as ExportFormat[];

/** What the page shows as a file: the same numbers, in the language of the reader. */
export function ExportMenu({ page, query }: { page: ReportPage; query: ShownQuery }): ReactNode {
  const { t } = useTranslation('reports');
  const [busy, setBusy] = useState(false);
  const fetchFile = async (format: ExportFormat): Promise<void> => {
    setBusy(true);
    announce(t('export.busy'));
    try {
      await download(addressOf(exportReport, { query: { ...query, format, page } }));
    } catch (error) {
      toast.problem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu
      items={formats.map((format) => ({
        key: format,
        icon: icons[format],
        label: t(`export.formats.${format}`),
      }))}
      onChoose={(format) => void fetchFile(format)}
    >
      <Button icon={<DownloadOutlined />} loading={busy}>
        {t('export.title')}
      </Button>
    </Menu>
  );
}
