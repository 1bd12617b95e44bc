import { ArrowLeftOutlined, EditOutlined, KeyOutlined, SendOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import {
  DeliveryOutcome,
  listWebhookDeliveries,
  listWebhooks,
  renewWebhookSecret,
  testWebhook,
} from '@yingda/contract';
import type { WebhookDelivery, WebhookView } from '@yingda/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.ts';
import { formatDateTime } from '../../lib/format.ts';
import { refresh, useAct } from '../../lib/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import { useEventName } from './events.tsx';
import { HookDrawer } from './hook-drawer.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { HookState, Outcome, useAnswerText } from './state.tsx';

type Hooked = { hook: WebhookView };
const lookAgainMs = 3_000;

function useDeliveries(id: string, state: DeliveryOutcome | undefined) {
  const pages = useInfiniteQuery({
    queryKey: [listWebhookDeliveries.path, id, state],
    queryFn: ({ pageParam, signal }) =>
      call(
        listWebhookDeliveries,
        { params: { id }, query: { state, limit: 50, cursor: pageParam } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const items = pages.data?.pages.flatMap((page) => page.items);
  const isMoving = items?.some((one) => one.state === 'waiting') ?? false;
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => void refresh(listWebhookDeliveries, listWebhooks), lookAgainMs);
    return () => clearInterval(timer);
  }, [isMoving]);
  return {
    items,
    error: pages.error,
    hasMore: pages.hasNextPage,
    loadingMore: pages.isFetchingNextPage,
    more: () => void pages.fetchNextPage(),
    retry: () => void pages.refetch(),
  };
}

function useColumns(): Column<WebhookDelivery>[] {
  const { t } = useTranslation('webhooks');
  const nameOf = useEventName();
  const answerText = useAnswerText();
  return [
    { key: 'event', title: t('log.event'), render: ({ event }) => nameOf(event) },
    {
      key: 'state',
      title: t('log.state'),
      render: ({ state }) => <Outcome state={state} />,
    },
    {
      key: 'answer',
      title: t('log.answer'),
      narrow: 'below',
      render: ({ lastStatus, lastProblem, nextTryAt }) => (
        <span className="yd-soft">
          {answerText(lastStatus, lastProblem)}
          {nextTryAt !== null && ` · ${t('log.next', { at: formatDateTime(nextTryAt) })}`}
        </span>
      ),
    },
    {
      key: 'tries',
      title: t('log.tries'),
      align: 'right',
      narrow: 'hide',
      render: ({ tries }) => <span className="yd-figures">{tries}</span>,
    },
    {
      key: 'at',
      title: t('log.at'),
      narrow: 'hide',
      render: ({ at }) => <span className="yd-figures">{formatDateTime(at)}</span>,
    },
  ];
}

function Log({ hook }: Hooked): ReactNode {
  const { t } = useTranslation('webhooks');
  const [state, setState] = useState<DeliveryOutcome | undefined>();
  const [opened, setOpened] = useState<string | null>(null);
  const pages = useDeliveries(hook.id, state);
  const columns = useColumns();
  return (
    <section className="yd-part">
      <header>
        <h2>
          {t('log.title')} <small className="yd-soft">{t('log.kept')}</small>
        </h2>
        <select
          className="yd-plain-select"
          aria-label={t('log.state')}
          value={state ?? ''}
          onChange={({ target }) =>
            setState(DeliveryOutcome.options.find((one) => one === target.value))
          }
        >
          <option value="">{t('log.anyState')}</option>
          {DeliveryOutcome.options.map((one) => (
            <option key={one} value={one}>
              {t(`outcome.${one}`)}
            </option>
          ))}
        </select>
      </header>
      <PagedTable
        label={t('log.title')}
        pages={pages}
        columns={columns}
        onOpen={({ id }) => setOpened(id)}
        empty={<EmptyState title={t('log.none')} hint={t('log.noneHint')} />}
      />
      {opened !== null && <DeliveryDrawer id={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}

function Deeds({
  hook,
  onEdit,
  onSecret,
}: Hooked & { onEdit: () => void; onSecret: (secret: string) => void }) {
  const { t } = useTranslation('webhooks');
  const test = useAct(testWebhook, {
    refreshes: [listWebhookDeliveries, listWebhooks],
    onDone: () => toast.success(t('tested')),
  });
  const params = { id: hook.id };
  return (
    <div className="yd-hook-deeds">
      <ConfirmButton
        icon={<KeyOutlined />}
        question={t('secret.renewQuestion')}
        consequence={t('secret.renewHint')}
        deed={t('secret.renew')}
        onConfirm={async () => {
          onSecret((await call(renewWebhookSecret, { params })).secret);
          await refresh(listWebhooks);
        }}
      >
        {t('secret.renew')}
      </ConfirmButton>
      <Button icon={<EditOutlined />} onClick={onEdit}>
        {t('edit')}
      </Button>
      <Button
        type="primary"
        icon={<SendOutlined />}
        loading={test.isPending}
        onClick={() => test.mutate({ params }, { onError: toast.problem })}
      >
        {t('test')}
      </Button>
    </div>
  );
}

/** One address with everything that was sent to it. */
export function HookPage({ hook }: Hooked): ReactNode {
  const { t } = useTranslation('webhooks');
  const navigate = useNavigate();
  const [isEditing, setEditing] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const { name, url, events, oldSecretUntil, waiting } = hook;
  const back = (): void => void navigate({ to: '/settings/webhooks' });
  return (
    <>
      <header className="yd-hook-title">
        <Button
          type="text"
          icon={<ArrowLeftOutlined />}
          aria-label={t('back')}
          title={t('back')}
          onClick={back}
        />
        <h1 className="yd-ellipsis">{name}</h1>
        <HookState hook={hook} />
        <Deeds hook={hook} onEdit={() => setEditing(true)} onSecret={setSecret} />
      </header>
      <code className="yd-hook-url">{url}</code>
      <p className="yd-soft">
        {events.length === 0 ? t('noEvents') : t('eventCount', { count: events.length })}
        {waiting > 0 && ` · ${t('waiting', { count: waiting })}`}
        {oldSecretUntil !== null && ` · ${t('secret.old', { at: formatDateTime(oldSecretUntil) })}`}
      </p>
      <Log hook={hook} />
      {isEditing && (
        <HookDrawer
          known={hook}
          onClose={() => setEditing(false)}
          onSecret={setSecret}
          onDeleted={back}
        />
      )}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
