import { ArrowLeftOutlined, DeleteOutlined } from '@ant-design/icons';
import { getImport, getReport, getStandards, listImports, removeImport } from '@yingda/contract';
import type { ImportDetail } from '@yingda/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { hasText, text } from '../../../lib/i18n.ts';
import { keyOf, refresh } from '../../../lib/query.ts';
import { useLiveEvent } from '../../../lib/use-live.ts';
import { announce } from '../../../ui/announce.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { EmptyState, Loaded } from '../../../ui/states.tsx';
import { isMoving, StateTag } from '../parts.tsx';
import { RunProgress } from './progress.tsx';
import { Report } from './report.tsx';

function useRun(id: string) {
  const query = useQuery({
    queryKey: keyOf(getImport, { params: { id } }),
    queryFn: ({ signal }) => call(getImport, { params: { id } }, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.state) ? 1000 : false),
  });
  useLiveEvent('import.changed', (event) => {
    if (event.import.id === id) void query.refetch();
  });
  return query;
}

/** The end of an import is said aloud, and what it changes is read anew. */
function useEnd(state: ImportDetail['state'], name: string): void {
  const { t } = useTranslation('imports');
  const before = useRef(state);
  useEffect(() => {
    if (isMoving(before.current) && !isMoving(state)) {
      announce(t(`run.ended.${state === 'done' ? 'done' : 'other'}`, { name }));
      void refresh(listImports, getStandards, getReport);
    }
    before.current = state;
  }, [state, name, t]);
}

function problemOf({ problem }: ImportDetail): string | null {
  if (!problem) return null;
  const key = `problems:${problem.code}`;
  return hasText(key) ? text(key, problem.params) : text('problems:server.unexpected');
}

function Run({ run }: { run: ImportDetail }): ReactNode {
  const { t } = useTranslation('imports');
  useEnd(run.state, run.name);
  const remove = async (): Promise<void> => {
    await call(removeImport, { params: { id: run.id } });
    await refresh(getImport, listImports, getStandards, getReport);
  };
  const problem = problemOf(run);
  return (
    <>
      <PageHeader
        title={run.name}
        hint={
          <>
            <StateTag state={run.state} /> {t(`kinds.${run.kind}`)} · {run.log} ·{' '}
            {formatDateTime(run.createdAt)}
            {run.createdBy !== null && ` · ${run.createdBy}`}
          </>
        }
      >
        {run.state === 'done' && (
          <ConfirmButton
            danger
            icon={<DeleteOutlined />}
            question={t('run.removeQuestion')}
            consequence={t('run.removeConsequence')}
            deed={t('run.remove')}
            onConfirm={remove}
          >
            {t('run.remove')}
          </ConfirmButton>
        )}
      </PageHeader>
      {isMoving(run.state) && <RunProgress run={run} />}
      {problem !== null && (
        <p className="yd-form-problem" role="alert">
          {problem}
        </p>
      )}
      {(run.state === 'cancelled' || run.state === 'failed') && (
        <EmptyState title={t(`run.${run.state}`)} hint={t('run.nothingStayed')} />
      )}
      {run.state === 'removed' && (
        <EmptyState title={t('run.removed')} hint={t('run.removedHint')} />
      )}
      {run.report && !isMoving(run.state) && <Report run={run} report={run.report} />}
    </>
  );
}

/** One import: how far it is, and in the end what came of it. */
export function ImportRun({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const query = useRun(id);
  return (
    <div className="yd-wizard">
      <Button
        type="link"
        className="yd-back"
        icon={<ArrowLeftOutlined />}
        onClick={() => void navigate({ to: '/settings/imports' })}
      >
        {t('title')}
      </Button>
      <Loaded query={query} rows={8}>
        {(run) => <Run run={run} />}
      </Loaded>
    </div>
  );
}
