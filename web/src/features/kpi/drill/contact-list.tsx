import type { ContactFactView } from '@yingda/contract';
import { listCountedContacts } from '@yingda/contract';
import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../../lib/format.ts';
import { usePages } from '../../../lib/query.ts';
import { ChannelIcon, OutcomeMark } from '../../../ui/marks.tsx';
import { Bones, EmptyState, ErrorState } from '../../../ui/states.tsx';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import { formatValue } from '../model/values.ts';

const sorts = ['newest', 'longest_wait', 'longest_handled'] as const;
type Sort = (typeof sorts)[number];
const rowHeight = 56;

const seconds = (value: number): string => formatValue(value, 'seconds', 'CNY');

function Entry({
  contact,
  zone,
  onOpen,
}: {
  contact: ContactFactView;
  zone: string;
  onOpen: () => void;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const { talkSeconds, holdSeconds, wrapUpSeconds, waitSeconds } = contact;
  const handled = talkSeconds + holdSeconds + wrapUpSeconds;
  const who = [contact.queue, contact.agent, contact.topic ?? contact.type].filter(Boolean);
  return (
    <button type="button" className="yd-drill-row" onClick={onOpen}>
      <ChannelIcon channel={contact.channel} />
      <span className="yd-drill-row-text">
        <span className="yd-figures">{formatDateTime(contact.arrivedAt, zone)}</span>
        <span className="yd-ellipsis yd-soft">{who.join(' · ') || contact.source}</span>
      </span>
      <span className="yd-drill-row-times yd-figures">
        <span>{t('drill.wait', { time: seconds(waitSeconds) })}</span>
        {handled > 0 && <span>{t('drill.handled', { time: seconds(handled) })}</span>}
      </span>
      <span className="yd-drill-row-outcome">
        <OutcomeMark outcome={contact.outcome} />
      </span>
    </button>
  );
}

/** The contacts that a figure counts, page after page as one scrolls. */
export function ContactList({
  query,
  zone,
  onOpen,
}: {
  query: Record<string, string | undefined>;
  zone: string;
  onOpen: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation('kpi');
  const [sort, setSort] = useState<Sort>('newest');
  const pages = usePages(listCountedContacts, { ...query, sort });
  const rows = useMemo(
    () => pages.items?.map((contact) => ({ ...contact, id: contact.contactId })),
    [pages.items],
  );
  return (
    <>
      <div className="yd-drill-bar">
        <Segmented<Sort>
          size="small"
          aria-label={t('drill.sort')}
          value={sort}
          options={sorts.map((value) => ({ value, label: t(`drill.${value}`) }))}
          onChange={setSort}
        />
      </div>
      {!rows && pages.error ? <ErrorState error={pages.error} retry={pages.retry} /> : null}
      {!rows && !pages.error ? <Bones rows={8} /> : null}
      {rows?.length === 0 && <EmptyState title={t('drill.none')} hint={t('drill.noneHint')} />}
      {rows && rows.length > 0 && (
        <div className="yd-drill-list">
          <VirtualList
            label={t('drill.list')}
            rows={rows}
            rowHeight={rowHeight}
            hasMore={pages.hasMore}
            moreText={t('drill.more')}
            onMore={pages.more}
            currentId={null}
            draw={(contact) => (
              <Entry contact={contact} zone={zone} onOpen={() => onOpen(contact.id)} />
            )}
          />
        </div>
      )}
    </>
  );
}
