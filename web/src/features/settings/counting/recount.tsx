import { getRebuild, getReport, getStandards, startRebuild } from '@yingda/contract';
import type { RebuildView } from '@yingda/contract';
import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatDateTime, formatDuration, formatNumber } from '../../../lib/format.ts';
import { keyOf, queryClient, refresh } from '../../../lib/query.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { ErrorState } from '../../../ui/states.tsx';

function useRebuild() {
  return useQuery({
    queryKey: keyOf(getRebuild),
    queryFn: ({ signal }) => call(getRebuild, {}, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1000 : false),
  });
}

/** Reports are read anew when a recount that was seen running has ended. */
function useFreshReports(state: RebuildView['state'] | undefined): void {
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'running' && state === 'done') void refresh(getStandards, getReport);
    before.current = state;
  }, [state]);
}

function Outcome({ rebuild }: { rebuild: RebuildView }): ReactNode {
  const { t } = useTranslation('measures');
  const { state, done, total, startedAt, endedAt } = rebuild;
  if (state === 'running') {
    const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
    return (
      <div className="yd-recount" role="status" aria-live="off">
        <Progress percent={percent} aria-label={t('counting.recount.progress')} />
        <small className="yd-soft yd-figures">
          {t('counting.recount.running', { done: formatNumber(done), total: formatNumber(total) })}
        </small>
      </div>
    );
  }
  if (state === 'failed') {
    return (
      <p className="yd-setting-failed" role="alert">
        {t('counting.recount.failed')}
      </p>
    );
  }
  if (state === 'never' || startedAt === null || endedAt === null) return null;
  return (
    <small className="yd-soft">
      {t('counting.recount.done', {
        at: formatDateTime(endedAt),
        total: formatNumber(total),
        took: formatDuration(new Date(endedAt).getTime() - new Date(startedAt).getTime()),
      })}
    </small>
  );
}

/** Counts everything anew from the event log, while reports go on. */
export function Recount(): ReactNode {
  const { t } = useTranslation('measures');
  const { data, error, refetch } = useRebuild();
  useFreshReports(data?.state);
  const start = async (): Promise<void> => {
    queryClient.setQueryData(keyOf(getRebuild), await call(startRebuild));
  };
  return (
    <section className="yd-part">
      <header>
        <h2>{t('counting.recount.title')}</h2>
        <ConfirmButton
          disabled={data?.state === 'running'}
          question={t('counting.recount.question')}
          consequence={t('counting.recount.consequence')}
          deed={t('counting.recount.deed')}
          onConfirm={start}
        >
          {t('counting.recount.deed')}
        </ConfirmButton>
      </header>
      <p className="yd-soft">{t('counting.recount.hint')}</p>
      {data ? (
        <Outcome rebuild={data} />
      ) : (
        error && <ErrorState error={error} retry={() => void refetch()} />
      )}
    </section>
  );
}
