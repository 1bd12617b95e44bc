import type { ConversationSummary } from '@yingda/contract';
import { listColleagues, listConversations } from '@yingda/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.ts';
import { formatExact, formatStamp } from '../../lib/format.ts';
import { keyOf, queryClient, useCall } from '../../lib/query.ts';
import { useLiveEvent } from '../../lib/use-live.ts';
import { ChannelIcon, StatusMark } from '../../ui/marks.tsx';
import { Bones, ErrorState } from '../../ui/states.tsx';

const pageSize = 20;
const keyFor = (customerId: string) => [...keyOf(listConversations), 'of customer', customerId];

function useConversationsOf(customerId: string) {
  const query = useInfiniteQuery({
    queryKey: keyFor(customerId),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        listConversations,
        {
          query: {
            view: 'all',
            customerId,
            limit: pageSize,
            ...(pageParam ? { cursor: pageParam } : {}),
          },
        },
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 15_000,
  });
  useLiveEvent('conversation.changed', ({ conversation }) => {
    if (conversation.customer.id === customerId) {
      void queryClient.invalidateQueries({ queryKey: keyFor(customerId) });
    }
  });
  return query;
}

function Entry({ conversation }: { conversation: ConversationSummary }): ReactNode {
  const { t } = useTranslation('customers');
  const people = useCall(listColleagues, undefined, { staleTime: 5 * 60_000 }).data?.items;
  const name = people?.find(({ id }) => id === conversation.assigneeId)?.name;
  const { subject, preview } = conversation;
  return (
    <li>
      <Link
        className="yd-past"
        to="/desk/$conversationId"
        params={{ conversationId: conversation.id }}
        search={{ view: 'all' }}
      >
        <span className="yd-past-line">
          <ChannelIcon channel={conversation.channel} />
          <span className="yd-past-subject yd-ellipsis">
            {subject || preview || t('timeline.noPreview')}
          </span>
          <time
            className="yd-figures"
            dateTime={conversation.lastMessageAt}
            title={formatExact(conversation.lastMessageAt)}
          >
            {formatStamp(conversation.lastMessageAt)}
          </time>
        </span>
        {subject !== '' && preview !== '' && (
          <span className="yd-past-preview yd-ellipsis">{preview}</span>
        )}
        <span className="yd-past-line">
          <StatusMark status={conversation.status} />
          <span className="yd-past-with yd-ellipsis">
            #{conversation.number}
            {name !== undefined && ` · ${t('timeline.with', { name })}`}
          </span>
        </span>
      </Link>
    </li>
  );
}

/** Every conversation with a customer over all channels, newest first. */
export function CustomerTimeline({
  customerId,
  exceptId = null,
}: {
  customerId: string;
  /** The one that is open anyway. */
  exceptId?: string | null;
}): ReactNode {
  const { t } = useTranslation('customers');
  const query = useConversationsOf(customerId);
  if (query.error && !query.data)
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Bones rows={3} />;
  const items = query.data.pages.flatMap((page) => page.items).filter(({ id }) => id !== exceptId);
  if (items.length === 0) {
    return <p className="yd-soft">{t(exceptId === null ? 'timeline.noneYet' : 'timeline.none')}</p>;
  }
  return (
    <>
      <ol className="yd-pasts">
        {items.map((conversation) => (
          <Entry key={conversation.id} conversation={conversation} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          size="small"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('timeline.more')}
        </Button>
      )}
    </>
  );
}
