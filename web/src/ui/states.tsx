import { CloudServerOutlined, InboxOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../lib/api.ts';
import { problemText } from '../lib/problems.ts';

interface StateProps {
  title: string;
  hint?: ReactNode;
  icon?: ReactNode;
  children?: ReactNode;
}

/** A view without content: what this is and what to do next. Children are the buttons. */
export function EmptyState({ title, hint, icon, children }: StateProps): ReactNode {
  return (
    <div className="yd-state">
      <span className="yd-state-icon" aria-hidden>
        {icon ?? <InboxOutlined />}
      </span>
      <div className="yd-state-title">{title}</div>
      {hint && <div className="yd-state-hint">{hint}</div>}
      {children && <div className="yd-state-actions">{children}</div>}
    </div>
  );
}

/** A view that could not be read: what happened, and a way to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  const { t } = useTranslation();
  const requestId = error instanceof ProblemError ? error.requestId : null;
  return (
    <div className="yd-state" role="alert">
      <span className="yd-state-icon" aria-hidden>
        <CloudServerOutlined />
      </span>
      <div className="yd-state-title">{t('state.failed')}</div>
      <div className="yd-state-hint">{problemText(error)}</div>
      {requestId && <code className="yd-soft">{t('state.requestId', { id: requestId })}</code>}
      {retry && (
        <div className="yd-state-actions">
          <Button onClick={retry}>{t('retry')}</Button>
        </div>
      )}
    </div>
  );
}

/** Grey bars where text will stand; only after 120 ms, so that fast answers do not flicker. */
export function Bones({ rows = 5 }: { rows?: number }): ReactNode {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 120);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className="yd-bones" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="yd-bone" style={{ width: `${[92, 64, 80, 48, 72][row % 5]}%` }} />
      ))}
    </div>
  );
}

/** Shows a query: bones while it loads, the problem with a retry, else its data. */
export function Loaded<T>({
  query,
  rows,
  children,
}: {
  query: UseQueryResult<T>;
  rows?: number;
  children: (data: NonNullable<T>) => ReactNode;
}): ReactNode {
  const { data, error } = query;
  if (data !== undefined && data !== null) return children(data);
  if (error) return <ErrorState error={error} retry={() => void query.refetch()} />;
  return <Bones {...(rows === undefined ? {} : { rows })} />;
}
