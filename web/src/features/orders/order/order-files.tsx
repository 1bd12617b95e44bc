import type { OrderView } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FileLinks } from '../parts/files.tsx';
import { Part } from './part.tsx';

/** Everything that was attached to the order, wherever it was: with its record, a move or a note; the latest first. */
export function OrderFiles({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const all = order.lines.toReversed().flatMap((line) => line.files);
  // A file of a merged order may stand in two lines.
  const files = [...new Map(all.map((file) => [file.id, file])).values()];
  if (files.length === 0) return null;
  return (
    <Part title={t('files.all', { count: files.length })}>
      <FileLinks files={files} />
    </Part>
  );
}
