import { cancelImport, getImport, listImports } from '@yingda/contract';
import type { ImportDetail } from '@yingda/contract';
import { Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatBytes, formatClock, formatNumber } from '../../../lib/format.ts';
import { refresh } from '../../../lib/query.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { useNow } from '../../../ui/time.tsx';

/** How far an import is: phase, bytes, rows, contacts and how fast. */
export function RunProgress({ run }: { run: ImportDetail }): ReactNode {
  const { t } = useTranslation('imports');
  const now = useNow();
  const { phase, bytesRead, bytesTotal, rows, contacts, errors, startedAt, createdAt } = run;
  const elapsed = Math.max(0, now - new Date(startedAt ?? createdAt).getTime());
  const share = bytesTotal > 0 ? Math.min(1, bytesRead / bytesTotal) : 0;
  const rate = elapsed > 1000 ? Math.round(contacts / (elapsed / 1000)) : null;
  const cancel = async (): Promise<void> => {
    await call(cancelImport, { params: { id: run.id } });
    await refresh(getImport, listImports);
  };
  const figures: [string, string][] = [
    ['rows', formatNumber(rows)],
    ['contacts', formatNumber(contacts)],
    ['rate', rate === null ? '–' : formatNumber(rate)],
    ['errors', formatNumber(errors)],
    ['elapsed', formatClock(elapsed)],
  ];
  return (
    <section className="yd-import-card yd-run">
      <header>
        <h2 role="status">{t(`phases.${phase}`)}</h2>
        {(run.state === 'running' || run.state === 'waiting') && (
          <ConfirmButton
            question={t('run.cancelQuestion')}
            consequence={t('run.cancelConsequence')}
            deed={t('run.cancel')}
            danger
            onConfirm={cancel}
          >
            {t('run.cancel')}
          </ConfirmButton>
        )}
      </header>
      <Progress
        percent={phase === 'counting' ? 100 : Math.floor(share * 100)}
        status="active"
        strokeColor="var(--yd-accent)"
        showInfo={phase === 'reading'}
        aria-label={t('run.progress')}
      />
      <p className="yd-soft yd-figures">
        {t('run.bytes', { read: formatBytes(bytesRead), total: formatBytes(bytesTotal) })}
      </p>
      <dl className="yd-tiles">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`run.${name}`)}</dt>
            <dd className="yd-figures">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="yd-soft">{t('run.nothingYet')}</p>
    </section>
  );
}
