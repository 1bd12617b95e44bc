import { exportReport } from '@yingda/contract';
import type { ExportFormat, ReportPage } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../lib/api.ts';
import { DownloadMenu } from '../../ui/download-menu.tsx';
import type { ShownQuery } from './view-query.ts';

const formats: readonly ExportFormat[] = ['xlsx', 'pdf', 'csv', 'json'];

/** What the page shows as a file: the same numbers, in the language of the reader. */
export function ExportMenu({ page, query }: { page: ReportPage; query: ShownQuery }): ReactNode {
  const { t } = useTranslation('reports');
  return (
    <DownloadMenu
      title={t('export.title')}
      busyText={t('export.busy')}
      formats={formats.map((key) => ({ key, label: t(`export.formats.${key}`) }))}
      addressOf={(format) => addressOf(exportReport, { query: { ...query, format, page } })}
    />
  );
}
