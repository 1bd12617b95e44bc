import {
  CheckOutlined,
  CloseOutlined,
  FlagOutlined,
  TagOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import type { SentOf } from '@yingda/contract';
import { bulkUpdate } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { hasText, text } from '../../../lib/i18n.ts';
import { useRights } from '../../../lib/me.ts';
import { queryClient } from '../../../lib/query.ts';
import { toast } from '../../../ui/toast.tsx';
import { AssignPicker, PriorityPicker, TagPicker } from '../actions/pickers.tsx';
import { deskKeys } from '../data/keys.ts';
import type { Selection } from './use-selection.ts';
import './bulk-bar.css';

type BulkAction = SentOf<typeof bulkUpdate, 'body'>['action'];
type Asking = { what: 'assign' | 'tag' | 'priority'; anchor: Element };

/** The server takes this many at once. */
const mostAtOnce = 200;

function reasonOf(code: string | undefined): string {
  const key = `problems:${code ?? 'server.unexpected'}`;
  return hasText(key) ? text(key) : text('problems:server.unexpected');
}

function useBulk(selection: Selection) {
  const { t } = useTranslation('desk');
  const [busy, setBusy] = useState(false);
  const run = async (action: BulkAction): Promise<void> => {
    setBusy(true);
    try {
      const ids = [...selection.ids].slice(0, mostAtOnce);
      const { done, failed } = await call(bulkUpdate, { body: { ids, action } });
      void queryClient.invalidateQueries({ queryKey: deskKeys.lists });
      if (failed.length === 0) toast.success(t('bulk.done', { count: done }));
      else
        toast.error(
          t('bulk.failed', { count: failed.length, done, reason: reasonOf(failed[0]?.code) }),
        );
      selection.clear();
    } catch (error) {
      toast.problem(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, run: (action: BulkAction) => void run(action) };
}

function Asked({
  asking,
  run,
  close,
}: {
  asking: Asking;
  run: (action: BulkAction) => void;
  close: () => void;
}): ReactNode {
  const rights = useRights();
  const shared = { anchor: asking.anchor, onClose: close };
  if (asking.what === 'assign') {
    return (
      <AssignPicker
        {...shared}
        assigneeId={undefined}
        teamId={null}
        mayGive={rights.may('conversation.manage')}
        onPick={(assigneeId) => run({ kind: 'assign', assigneeId })}
      />
    );
  }
  if (asking.what === 'tag') {
    return <TagPicker {...shared} tags={[]} onToggle={(tag) => run({ kind: 'tag', tag })} />;
  }
  return (
    <PriorityPicker
      {...shared}
      priority={null}
      onPick={(priority) => run({ kind: 'priority', priority })}
    />
  );
}

/** What can be done to all chosen conversations; shown while some are chosen. */
export function BulkBar({ selection, total }: { selection: Selection; total: number }): ReactNode {
  const { t } = useTranslation('desk');
  const [asking, setAsking] = useState<Asking | null>(null);
  const { busy, run } = useBulk(selection);
  const count = selection.ids.size;
  if (count === 0) return null;
  const ask = (what: Asking['what']) => (event: { currentTarget: Element }) =>
    setAsking({ what, anchor: event.currentTarget });
  return (
    <div className="yd-bulk" role="toolbar" aria-label={t('bulk.title')}>
      <span className="yd-bulk-count yd-figures">{t('bulk.count', { count })}</span>
      {count < total && (
        <Button size="small" type="link" onClick={selection.selectAll}>
          {t('bulk.all', { count: total })}
        </Button>
      )}
      <span className="yd-row-gap" />
      <Button
        type="text"
        disabled={busy}
        icon={<CheckOutlined />}
        title={t('actions.resolve')}
        aria-label={t('actions.resolve')}
        onClick={() => run({ kind: 'resolve' })}
      />
      <Button
        type="text"
        disabled={busy}
        icon={<UserSwitchOutlined />}
        title={t('actions.assign')}
        aria-label={t('actions.assign')}
        onClick={ask('assign')}
      />
      <Button
        type="text"
        disabled={busy}
        icon={<TagOutlined />}
        title={t('actions.tag')}
        aria-label={t('actions.tag')}
        onClick={ask('tag')}
      />
      <Button
        type="text"
        disabled={busy}
        icon={<FlagOutlined />}
        title={t('actions.priority')}
        aria-label={t('actions.priority')}
        onClick={ask('priority')}
      />
      <Button
        type="text"
        icon={<CloseOutlined />}
        title={t('bulk.clear')}
        aria-label={t('bulk.clear')}
        onClick={selection.clear}
      />
      {asking && <Asked asking={asking} run={run} close={() => setAsking(null)} />}
    </div>
  );
}
