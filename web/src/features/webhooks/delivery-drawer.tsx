import { RedoOutlined } from '@ant-design/icons';
import {
  getWebhookDelivery,
  listWebhookDeliveries,
  listWebhooks,
  redeliverWebhook,
} from '@yingda/contract';
import type { WebhookDeliveryView } from '@yingda/contract';
import { Button, Drawer } from 'antd';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateSecond, formatDateTime, formatNumber } from '../../lib/format.ts';
import { refresh, useAct, useCall } from '../../lib/query.ts';
import { CopyBox } from '../../ui/copy.tsx';
import { Loaded } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { useEventName } from './events.tsx';
import { Outcome, useAnswerText } from './state.tsx';

const lookAgainMs = 2_000;

/** A body as people read it. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function Tries({ attempts }: Pick<WebhookDeliveryView, 'attempts'>): ReactNode {
  const { t } = useTranslation('webhooks');
  const answerText = useAnswerText();
  if (attempts.length === 0) return null;
  return (
    <>
      <h3>{t('delivery.tries')}</h3>
      <ol className="yd-hook-tries">
        {attempts.map(({ at, status, problem, tookMs, answer }) => (
          <li key={at}>
            <p>
              <strong className={status !== null && status < 300 ? 'is-good' : 'is-bad'}>
                {answerText(status, problem)}
              </strong>
              <span className="yd-soft yd-figures">
                {formatDateSecond(at)} · {t('delivery.took', { ms: formatNumber(tookMs) })}
              </span>
            </p>
            {answer !== '' && <pre>{answer}</pre>}
          </li>
        ))}
      </ol>
    </>
  );
}

function Content({ delivery }: { delivery: WebhookDeliveryView }): ReactNode {
  const { t } = useTranslation('webhooks');
  const nameOf = useEventName();
  const { id, event, at, state, url, body, attempts, nextTryAt } = delivery;
  const again = useAct(redeliverWebhook, {
    refreshes: [getWebhookDelivery, listWebhookDeliveries, listWebhooks],
    onDone: () => toast.success(t('delivery.sent')),
  });
  return (
    <div className="yd-hook-delivery">
      <p className="yd-hook-head">
        <strong>{nameOf(event)}</strong>
        <Outcome state={state} />
        <span className="yd-bar-space" />
        <Button
          size="small"
          icon={<RedoOutlined />}
          loading={again.isPending}
          onClick={() => again.mutate({ params: { id } }, { onError: toast.problem })}
        >
          {t('delivery.again')}
        </Button>
      </p>
      <p className="yd-soft yd-figures">
        {formatDateTime(at)}
        {nextTryAt !== null && ` · ${t('log.next', { at: formatDateTime(nextTryAt) })}`}
      </p>
      <code className="yd-hook-url">POST {url}</code>
      <p className="yd-soft">
        {t('delivery.id')} <code>{id}</code>
      </p>
      <Tries attempts={attempts} />
      <h3>{t('delivery.body')}</h3>
      <CopyBox text={pretty(body)} label={t('delivery.body')} />
    </div>
  );
}

/** One delivery: what was sent, and what was answered each time. */
export function DeliveryDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const { t } = useTranslation('webhooks');
  const delivery = useCall(getWebhookDelivery, { params: { id } }, { staleTime: 0 });
  const isMoving = delivery.data?.state === 'waiting';
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(
      () => void refresh(getWebhookDelivery, listWebhookDeliveries, listWebhooks),
      lookAgainMs,
    );
    return () => clearInterval(timer);
  }, [isMoving]);
  return (
    <Drawer open title={t('delivery.title')} size="min(640px, 100vw)" onClose={onClose}>
      <Loaded query={delivery}>{(data) => <Content delivery={data} />}</Loaded>
    </Drawer>
  );
}
