import { PhoneOutlined } from '@ant-design/icons';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { CallbackDetail, CallbackView } from '@yingda/contract';
import { takeNextCallback } from '@yingda/contract';
import { lazy, Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '../../lib/me.ts';
import { useAct } from '../../lib/query.ts';
import { useShortcuts } from '../../lib/use-shortcuts.ts';
import { EmptyState } from '../../ui/states.tsx';
import { useTitle } from '../../ui/title.ts';
import { toast } from '../../ui/toast.tsx';
import { refreshCallbacks, useCallbackPages, useCallbacksLive } from './data.ts';
import { CallbackPane } from './detail.tsx';
import { CallbacksHead } from './head.tsx';
import { CallbackList } from './list.tsx';
import type { Scope } from './model/search.ts';
import type { DrawFields } from './result-form.tsx';
import './callbacks.css';
import './pane.css';

const CreateCallback = lazy(() =>
  import('./create-dialog.tsx').then((module) => ({ default: module.CreateCallback })),
);

/** Opening and leaving callbacks, and walking the list. */
function useWalk(items: readonly CallbackView[], openId: string | null) {
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/callbacks' });
  const open = (id: string): void =>
    void navigate({
      to: '/callbacks/$callbackId',
      params: { callbackId: id },
      search,
      replace: openId !== null,
    });
  const show = (change: { scope?: Scope; q?: string | undefined }): void =>
    void navigate({ to: '/callbacks', search: { ...search, ...change }, replace: true });
  const step = (by: 1 | -1): void => {
    const at = items.findIndex(({ id }) => id === openId);
    const next = items[Math.min(Math.max(0, at + by), items.length - 1)];
    if (next) open(next.id);
  };
  const group = 'callbacks:title';
  useShortcuts([
    { keys: 'j', label: 'callbacks:keys.next', group, run: () => step(1) },
    { keys: 'k', label: 'callbacks:keys.previous', group, run: () => step(-1) },
  ]);
  /** After one is done the one below it follows, so that a list is worked off without a hand on the mouse. */
  const follow = (done: CallbackDetail): void => {
    const at = items.findIndex(({ id }) => id === done.id);
    const next = items[at + 1] ?? items[at - 1];
    if (next && at >= 0) open(next.id);
  };
  return { open, show, follow };
}

function useNext(onFound: (id: string) => void) {
  const { t } = useTranslation('callbacks');
  const { may } = useRights();
  const next = useAct(takeNextCallback, {
    onDone: ({ callback }) => {
      void refreshCallbacks();
      if (callback) onFound(callback.id);
      else toast.info(t('noneLeft'));
    },
  });
  const run = (): void => next.mutate({}, { onError: toast.problem });
  const mayCall = may('order.write');
  useShortcuts(
    [{ keys: 'n', label: 'callbacks:keys.nextCall', group: 'callbacks:title', run }],
    mayCall,
  );
  return { mayCall, run, isBusy: next.isPending };
}

/**
 * The list of customers to call, and the call that is being made. `drawFields` draws what an order's form asks for with
 * a result.
 */
export function CallbacksPage({ drawFields }: { drawFields: DrawFields }): ReactNode {
  const { t } = useTranslation('callbacks');
  useTitle(t('title'));
  useCallbacksLive();
  const { scope = 'mine', q } = useSearch({ from: '/frame/callbacks' });
  const { callbackId = null } = useParams({ strict: false }) as { callbackId?: string | null };
  const pages = useCallbackPages(scope, q);
  const items = pages.items ?? [];
  const { open, show, follow } = useWalk(items, callbackId);
  const next = useNext(open);
  const [isCreating, setCreating] = useState(false);
  return (
    <div className={`yd-callbacks ${callbackId === null ? '' : 'is-open'}`}>
      <CallbacksHead
        scope={scope}
        q={q ?? ''}
        onScope={(one) => show({ scope: one })}
        onSearch={(words) => show({ q: words === '' ? undefined : words })}
        deeds={
          next.mayCall
            ? { next: next.run, isBusy: next.isBusy, create: () => setCreating(true) }
            : null
        }
      />
      <div className="yd-callbacks-list">
        <CallbackList
          pages={pages}
          scope={scope}
          isSearch={q !== undefined}
          openId={callbackId}
          onOpen={open}
        />
      </div>
      <div className="yd-callbacks-pane">
        {callbackId !== null && (
          <CallbackPane
            key={callbackId}
            id={callbackId}
            drawFields={drawFields}
            onDone={follow}
            onClose={() => show({})}
          />
        )}
        {callbackId === null && items.length > 0 && (
          <EmptyState
            icon={<PhoneOutlined />}
            title={t('empty.choose')}
            hint={t('empty.chooseHint')}
          />
        )}
      </div>
      {isCreating && (
        <Suspense fallback={null}>
          <CreateCallback onClose={() => setCreating(false)} onCreated={({ id }) => open(id)} />
        </Suspense>
      )}
    </div>
  );
}
