import type { ConversationSummary, Priority, SentOf } from '@yingda/contract';
import {
  assignConversation,
  listContactEvents,
  reopenConversation,
  resolveConversation,
  snoozeConversation,
  transferConversation,
  updateConversation,
  waitForCustomer,
} from '@yingda/contract';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { queryClient, refresh } from '../../../lib/query.ts';
import { toast } from '../../../ui/toast.tsx';
import { deskKeys } from './keys.ts';
import { useDeskSession } from './session.ts';

export type TransferTarget = SentOf<typeof transferConversation, 'body'>['to'];

export interface Actions {
  take(): void;
  assign(assigneeId: string | null, name: string): void;
  transfer(to: TransferTarget, note: string, name: string): void;
  snooze(until: Date | null): void;
  waitForCustomer(): void;
  resolve(): void;
  reopen(): void;
  rename(subject: string): void;
  prioritise(priority: Priority): void;
  tag(tags: string[]): void;
}

interface Options {
  /** Called when the conversation has left the hands of the agent: the desk goes on to the next. */
  onDone: (id: string) => void;
  onUndone: (id: string) => void;
}

/** What an agent can do with a conversation. Each tells how it went, and puts the answer where it is shown. */
export function useActions(
  { id, assigneeId }: Pick<ConversationSummary, 'id' | 'assigneeId'>,
  options: Options,
): Actions {
  const { t } = useTranslation('desk');
  const me = useMe();
  const { cache } = useDeskSession();
  const params = { id };
  const run = async (
    work: () => Promise<ConversationSummary>,
    done?: () => void,
  ): Promise<void> => {
    try {
      cache.put(await work());
      void refresh(listContactEvents);
      done?.();
    } catch (error) {
      toast.problem(error);
      // Most refusals mean that a colleague was faster: show how it stands now.
      void queryClient.invalidateQueries({ queryKey: deskKeys.conversation(id) });
    }
  };
  const start = (work: () => Promise<ConversationSummary>, done?: () => void): void =>
    void run(work, done);
  const reopen = (): Promise<ConversationSummary> => call(reopenConversation, { params });
  const update = (body: SentOf<typeof updateConversation, 'body'>): void =>
    start(() => call(updateConversation, { params, body }));
  const undo = { label: t('undo'), run: () => start(reopen, () => options.onUndone(id)) };
  return {
    take: () =>
      start(
        () => call(assignConversation, { params, body: { assigneeId: me.id } }),
        () => toast.success(t('done.taken')),
      ),
    assign: (to, name) =>
      start(
        () => call(assignConversation, { params, body: { assigneeId: to } }),
        () => {
          toast.success(to === null ? t('done.released') : t('done.assigned', { name }));
          if (assigneeId === me.id && to !== me.id) options.onDone(id);
        },
      ),
    transfer: (to, note, name) =>
      start(
        () => call(transferConversation, { params, body: { to, note } }),
        () => {
          toast.success(t('done.transferred', { name }));
          options.onDone(id);
        },
      ),
    snooze: (until) =>
      start(
        () => call(snoozeConversation, { params, body: { until: until?.toISOString() ?? null } }),
        () => {
          const words = until
            ? t('done.snoozed', { at: formatDateTime(until) })
            : t('done.snoozedUntilReply');
          toast.success(words, undo);
          options.onDone(id);
        },
      ),
    waitForCustomer: () =>
      start(
        () => call(waitForCustomer, { params }),
        () => toast.success(t('done.waiting')),
      ),
    resolve: () =>
      start(
        () => call(resolveConversation, { params }),
        () => {
          toast.success(t('done.resolved'), undo);
          options.onDone(id);
        },
      ),
    reopen: () => start(reopen, () => toast.success(t('done.reopened'))),
    rename: (subject) => update({ subject }),
    prioritise: (priority) => update({ priority }),
    tag: (tags) => update({ tags }),
  };
}
