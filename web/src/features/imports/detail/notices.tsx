import type { ImportNotice } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../lib/format.ts';
import { sayText } from '../sentence.ts';

function Places({ notice }: { notice: ImportNotice }): ReactNode {
  const { t } = useTranslation('imports');
  return (
    <ul className="yd-notice-places">
      {notice.places.map(({ file, line, text }) => (
        <li key={`${file}:${line}`}>
          <span className="yd-soft yd-figures">{t('report.place', { file, line })}</span>
          <code>{text}</code>
        </li>
      ))}
      {notice.count > notice.places.length && (
        <li className="yd-soft">{t('report.firstOnly', { count: notice.places.length })}</li>
      )}
    </ul>
  );
}

function Notice({ notice }: { notice: ImportNotice }): ReactNode {
  const { t } = useTranslation('imports');
  const [open, setOpen] = useState(false);
  const [first] = notice.places;
  return (
    <li>
      <span className="yd-notice-count yd-figures">{formatNumber(notice.count)}</span>
      <div>
        <p>{sayText(notice)}</p>
        {first && (
          <Button
            type="link"
            size="small"
            className="yd-notice-more"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'report.hidePlaces' : 'report.showPlaces', { line: first.line })}
          </Button>
        )}
        {open && <Places notice={notice} />}
      </div>
    </li>
  );
}

/** What was met while reading: each kind with how often, and where first. Nothing when there is nothing. */
export function NoticeList({
  title,
  hint,
  tone,
  notices,
  children,
}: {
  title: string;
  hint?: string;
  tone: 'red' | 'grey' | 'amber';
  notices: readonly ImportNotice[];
  children?: ReactNode;
}): ReactNode {
  if (notices.length === 0) return null;
  const total = notices.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className={`yd-notices is-${tone}`}>
      <header>
        <h2>
          {title} {/* One row may be odd in several ways: their sum would say nothing. */}
          {tone !== 'amber' && <span className="yd-figures">{formatNumber(total)}</span>}
        </h2>
        {children}
      </header>
      {hint && <p className="yd-soft">{hint}</p>}
      <ul>
        {notices.map((notice) => (
          <Notice key={`${notice.code}-${JSON.stringify(notice.params)}`} notice={notice} />
        ))}
      </ul>
    </section>
  );
}
