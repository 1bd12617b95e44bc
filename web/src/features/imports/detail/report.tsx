import {
  BarChartOutlined,
  CheckOutlined,
  DownloadOutlined,
  MinusOutlined,
} from '@ant-design/icons';
import { getOrganisation, recordNames } from '@yingda/contract';
import type { ImportDetail, ImportReport } from '@yingda/contract';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDateTime, formatDuration, formatNumber } from '../../../lib/format.ts';
import { useCall } from '../../../lib/query.ts';
import { localDate } from '../../../lib/zone.ts';
import { sayText } from '../sentence.ts';
import { noticesCsv } from './errors-csv.ts';
import { NoticeList } from './notices.tsx';
import { QueueTotals } from './queues.tsx';

/** What the figures of a log rest on; whether it tells what was solved, a sentence says. */
const shownRecords = recordNames.filter((name) => name !== 'solved');

function Tiles({ report }: { report: ImportReport }): ReactNode {
  const { t } = useTranslation('imports');
  const { contacts, outcomes, duplicates, rows } = report;
  const tiles: [string, number][] = [
    ['contacts', contacts],
    ['answered', outcomes.answered],
    ['abandoned', outcomes.abandoned],
    ['blocked', outcomes.blocked],
    ['selfServed', outcomes.selfServed],
    ['open', outcomes.open],
    ['duplicates', duplicates],
    ['rows', rows],
  ];
  return (
    <dl className="yd-tiles">
      {tiles
        .filter(
          ([name, value]) => value > 0 || ['contacts', 'answered', 'abandoned'].includes(name),
        )
        .map(([name, value]) => (
          <div key={name}>
            <dt>{t(`report.${name}`)}</dt>
            <dd className="yd-figures">{formatNumber(value)}</dd>
          </div>
        ))}
    </dl>
  );
}

const total = (notices: ImportReport['errors']): number =>
  notices.reduce((sum, { count }) => sum + count, 0);

/** What became of every row, where each row is one contact. */
function Sum({ report }: { report: ImportReport }): ReactNode {
  const { t } = useTranslation('imports');
  const { rows, contacts, duplicates, leftOut, errors } = report;
  const figures = { rows, contacts, duplicates, leftOut: total(leftOut), errors: total(errors) };
  const shown = Object.entries(figures).map(([name, value]) => [name, formatNumber(value)]);
  return (
    <p className="yd-soft yd-figures">
      {t('report.sum', Object.fromEntries(shown) as Record<string, string>)}
    </p>
  );
}

function Records({ report }: { report: ImportReport }): ReactNode {
  const { t } = useTranslation('imports');
  const told = new Set<string>(report.records);
  return (
    <section className="yd-import-card">
      <h2>{t('records.title')}</h2>
      <p className="yd-soft">{t('records.hint')}</p>
      <ul className="yd-records">
        {shownRecords.map((name) => (
          <li key={name} data-told={told.has(name) || undefined}>
            {told.has(name) ? <CheckOutlined aria-hidden /> : <MinusOutlined aria-hidden />}
            <span>
              {t(`records.${name}`)}
              <span className="yd-hidden">
                {t(told.has(name) ? 'records.told' : 'records.not')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function DownloadErrors({ run, report }: { run: ImportDetail; report: ImportReport }): ReactNode {
  const { t } = useTranslation('imports');
  const save = (): void =>
    saveFile(
      t('report.errorsFile', { name: run.name }),
      noticesCsv(
        [...report.errors, ...report.leftOut],
        [t('report.file'), t('report.line'), t('report.reason'), t('report.content')],
        sayText,
      ),
    );
  return (
    <Button size="small" icon={<DownloadOutlined />} onClick={save}>
      {t('report.download')}
    </Button>
  );
}

/** Opens the standards of just this import. */
function StandardsButton({ run, report }: { run: ImportDetail; report: ImportReport }): ReactNode {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const { timeZone } = useCall(getOrganisation).data ?? {};
  const { from, to } = report;
  const day = (at: string | null): string | undefined =>
    at === null ? undefined : localDate(timeZone ?? run.zone, Date.parse(at));
  const sources = run.sourceId === null ? undefined : String(run.sourceId);
  return (
    <Button
      type="primary"
      icon={<BarChartOutlined />}
      onClick={() =>
        void navigate({ to: '/standards', search: { from: day(from), to: day(to), sources } })
      }
    >
      {t('report.seeStandards')}
    </Button>
  );
}

/** What came of an import: what was made, what was left out and why. */
export function Report({ run, report }: { run: ImportDetail; report: ImportReport }): ReactNode {
  const { t } = useTranslation('imports');
  const { from, to, seconds, bytes, contacts, errors } = report;
  const rate = seconds > 0 ? formatNumber(Math.round(contacts / seconds)) : '–';
  return (
    <>
      <section className="yd-import-card yd-run">
        <header>
          <h2>
            {contacts === 0 && report.duplicates > 0
              ? t('report.nothingNew')
              : t('report.made', { count: contacts, shown: formatNumber(contacts) })}
          </h2>
          {run.state === 'done' && contacts > 0 && <StandardsButton run={run} report={report} />}
        </header>
        <p className="yd-soft yd-figures">
          {from !== null &&
            to !== null &&
            `${formatDateTime(from, run.zone)} – ${formatDateTime(to, run.zone)} · `}
          {t('report.took', {
            size: formatBytes(bytes),
            time: formatDuration(Math.max(1, seconds) * 1000),
            rate,
          })}
        </p>
        <Tiles report={report} />
        {run.kind === 'table' && <Sum report={report} />}
      </section>
      <NoticeList
        tone="red"
        title={t('report.errors')}
        hint={t('report.errorsHint')}
        notices={errors}
      >
        <DownloadErrors run={run} report={report} />
      </NoticeList>
      <NoticeList
        tone="grey"
        title={t('report.leftOut')}
        hint={t('report.leftOutHint')}
        notices={report.leftOut}
      />
      <NoticeList
        tone="amber"
        title={t('report.traps')}
        hint={t('report.trapsHint')}
        notices={report.traps}
      />
      <QueueTotals queues={report.queues} />
      <Records report={report} />
      {report.understood.length > 0 && (
        <section className="yd-import-card">
          <h2>{t('report.understood')}</h2>
          <ul className="yd-understood">
            {report.understood.map((sentence) => (
              <li key={JSON.stringify(sentence)}>{sayText(sentence)}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
