import {
  DownloadOutlined,
  FileExcelOutlined,
  FilePdfOutlined,
  FileTextOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { download } from '../lib/download.ts';
import { announce } from './announce.tsx';
import { Menu } from './menu.tsx';
import { toast } from './toast.tsx';

const icons: Record<string, ReactNode> = {
  xlsx: <FileExcelOutlined />,
  pdf: <FilePdfOutlined />,
};

/** What a page shows as a file, in one of several formats. */
export function DownloadMenu<F extends string>({
  title,
  busyText,
  formats,
  addressOf,
}: {
  title: string;
  /** Said to screen readers while the file is made. */
  busyText: string;
  formats: readonly { key: F; label: string }[];
  addressOf: (format: F) => string;
}): ReactNode {
  const [busy, setBusy] = useState(false);
  const fetchFile = async (format: F): Promise<void> => {
    setBusy(true);
    announce(busyText);
    await download(addressOf(format))
      .catch(toast.problem)
      .finally(() => setBusy(false));
  };
  return (
    <Menu
      items={formats.map(({ key, label }) => ({
        key,
        label,
        icon: icons[key] ?? <FileTextOutlined />,
      }))}
      onChoose={(format) => void fetchFile(format)}
    >
      <Button icon={<DownloadOutlined />} loading={busy}>
        {title}
      </Button>
    </Menu>
  );
}
