import type { PreviewContact } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatDays, formatNumber, formatDateSecond } from '../../../lib/format.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { OutcomeMark } from '../../../ui/marks.tsx';
import { Bones } from '../../../ui/states.tsx';
import { NoticeList } from '../detail/notices.tsx';
import { FileProblem } from '../parts.tsx';
import type { Plan } from './use-plan.ts';

interface Row extends PreviewContact {
  id: string;
}

function useColumns(zone: string): Column<Row>[] {
  const { t } = useTranslation('imports');
  const seconds = (value: number): ReactNode => (
    <span className="yd-figures">{formatClock(value * 1000)}</span>
  );
  return [
    {
      key: 'arrived',
      title: t('preview.arrivedAt'),
      render: ({ arrivedAt }) => (
        <span className="yd-figures">{formatDateSecond(arrivedAt, zone)}</span>
      ),
    },
    {
      key: 'outcome',
      title: t('preview.outcome'),
      render: ({ outcome }) => <OutcomeMark outcome={outcome} />,
    },
    {
      key: 'queue',
      title: t('preview.queue'),
      narrow: 'hide',
      render: ({ queue }) => queue ?? '–',
    },
    {
      key: 'agent',
      title: t('preview.agent'),
      narrow: 'hide',
      render: ({ agent }) => agent ?? '–',
    },
    { key: 'type', title: t('preview.type'), narrow: 'hide', render: ({ type }) => type ?? '–' },
    {
      key: 'wait',
      title: t('preview.wait'),
      align: 'right',
      narrow: 'hide',
      render: (one) => seconds(one.waitSeconds),
    },
    {
      key: 'talk',
      title: t('preview.talk'),
      align: 'right',
      narrow: 'hide',
      render: (one) => seconds(one.talkSeconds),
    },
    {
      key: 'line',
      title: t('preview.line'),
      align: 'right',
      narrow: 'hide',
      render: ({ line }) => <span className="yd-soft yd-figures">{formatNumber(line)}</span>,
    },
  ];
}

/** The first contacts as they would be counted, and what was met on the way. */
export function Preview({ plan }: { plan: Plan }): ReactNode {
  const { t } = useTranslation('imports');
  const columns = useColumns(plan.zone);
  const { preview, previewing, previewError } = plan;
  if (previewError) return <FileProblem error={previewError} retry={plan.retry} />;
  if (!preview) return previewing ? <Bones rows={6} /> : null;
  const { report, contacts } = preview;
  return (
    <section className="yd-part" aria-busy={previewing} data-behind={previewing || undefined}>
      <header>
        <h2>{t('preview.title')}</h2>
        <span className="yd-soft yd-figures">
          {t('preview.read', {
            rows: formatNumber(report.rows),
            contacts: formatNumber(report.contacts),
          })}
          {report.from !== null &&
            report.to !== null &&
            ` · ${formatDays(report.from, report.to, plan.zone)}`}
        </span>
      </header>
      <NoticeList tone="red" title={t('report.errors')} notices={report.errors} />
      <NoticeList tone="grey" title={t('report.leftOut')} notices={report.leftOut} />
      <DataTable
        label={t('preview.title')}
        columns={columns}
        rows={contacts.slice(0, 10).map((one) => ({ ...one, id: `${one.line}-${one.key}` }))}
      />
    </section>
  );
}
