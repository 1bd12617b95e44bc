import { listSchedules, listSendings, retrySending } from '@yingda/contract';
import type { ScheduleView, SendingView } from '@yingda/contract';
import { Button, Drawer } from 'antd';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../lib/format.ts';
import { hasText } from '../../lib/i18n.ts';
import { refresh, useAct, useCall } from '../../lib/query.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { SendingTag } from './sending-tag.tsx';

/** What went wrong, in words: the reason a schedule stopped, or a problem of the mail or the report. */
function useReason(): (problem: string | null) => string {
  const { t } = useTranslation(['reports', 'problems']);
  return (problem) => {
    if (problem === null) return '';
    if (hasText(`reports:stopped.${problem}`)) return t(`reports:stopped.${problem}`);
    return hasText(`problems:${problem}`) ? t(`problems:${problem}`) : problem;
  };
}

function Sending({ sending, zone }: { sending: SendingView; zone: string }): ReactNode {
  const { t } = useTranslation('reports');
  const reason = useReason();
  const retry = useAct(retrySending, { refreshes: [listSendings, listSchedules] });
  const { id, kind, state, dueAt, subject, problem, nextTryAt, deliveries } = sending;
  return (
    <li>
      <div className="yd-sending-head">
        <SendingTag state={state} />
        <span className="yd-figures">{formatDateTime(dueAt, zone)}</span>
        <span className="yd-soft">{t(`kinds.${kind}`)}</span>
        <span className="yd-bar-space" />
        {(state === 'failed' || state === 'retrying') && (
          <Button
            size="small"
            loading={retry.isPending}
            onClick={() => retry.mutate({ params: { id } }, { onError: toast.problem })}
          >
            {t('log.retry')}
          </Button>
        )}
      </div>
      {subject && <div>{subject}</div>}
      {problem && <div className="yd-soft">{reason(problem)}</div>}
      {nextTryAt && (
        <div className="yd-soft">{t('log.nextTry', { at: formatDateTime(nextTryAt, zone) })}</div>
      )}
      <ul className="yd-deliveries">
        {deliveries.map((one) => (
          <li key={one.id}>
            <SendingTag state={one.state} />
            <span>{one.recipient}</span>
            {one.problem && one.problem !== problem && (
              <span className="yd-soft">{reason(one.problem)}</span>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}

const LOOK_AGAIN_MS = 3_000;
const isMoving = ({ state }: SendingView) => state === 'waiting' || state === 'retrying';

/** What a schedule has sent, to whom, and what came of it. */
export function SendLog({
  schedule,
  zone,
  onClose,
}: {
  schedule: ScheduleView;
  zone: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('reports');
  const log = useCall(
    listSendings,
    { params: { id: schedule.id }, query: { limit: 50 } },
    { staleTime: 0 },
  );
  const moving = log.data?.items.some(isMoving) ?? false;
  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(() => void refresh(listSendings), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [moving]);
  return (
    <Drawer
      open
      title={t('log.title', { name: schedule.name })}
      size="min(560px, 100vw)"
      onClose={onClose}
    >
      <Loaded query={log}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('log.none')} hint={t('log.noneHint')} />
          ) : (
            <ul className="yd-sendings">
              {items.map((sending) => (
                <Sending key={sending.id} sending={sending} zone={zone} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Drawer>
  );
}
