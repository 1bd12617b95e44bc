import { ArrowDownOutlined } from '@ant-design/icons';
import type { ConversationSummary } from '@yingda/contract';
import { useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { browserZone, formatDate } from '../../../lib/format.ts';
import { toast } from '../../../ui/toast.tsx';
import { useColleagues } from '../data/people.ts';
import { usePresenceIn } from '../data/presence-store.ts';
import { useOutgoing } from '../data/session.ts';
import { loadNewer, loadNewest, loadOlder } from '../data/windows.ts';
import type { MessageWindow } from '../model/message-window.ts';
import { newSince, readMark, type TimelineRow, timelineOf } from '../model/timeline.ts';
import { TypingDots } from '../../../ui/marks.tsx';
import { EventRow } from './event-row.tsx';
import { MessageRow } from './message-row.tsx';
import { OutgoingRow } from './outgoing-row.tsx';
import { useMarkRead } from './use-mark-read.ts';
import { useTimelineScroll } from './use-timeline-scroll.ts';
import './timeline.css';

interface TimelineProps {
  conversation: ConversationSummary;
  window: MessageWindow;
  targetSeq: number | null;
  onRewrite: (text: string, kind: 'message' | 'note') => void;
}

function Day({ at }: { at: string }): ReactNode {
  const { t } = useTranslation('desk');
  const day = new Date(at).toDateString();
  const now = new Date();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  const words =
    day === now.toDateString()
      ? t('timeline.today')
      : day === yesterday.toDateString()
        ? t('timeline.yesterday')
        : formatDate(at);
  return (
    <div className="yd-day" role="separator">
      {words}
    </div>
  );
}

function CustomerTyping({ id, name }: { id: string; name: string }): ReactNode {
  const { t } = useTranslation('desk');
  const { customerTyping } = usePresenceIn(id);
  return (
    <div className="yd-customer-typing">
      {customerTyping && (
        <span>
          {t('timeline.typing', { name })}
          <TypingDots />
        </span>
      )}
    </div>
  );
}

/** Said to whoever is reading further up: what is at the end, and the way there. */
function Pill({ count, onClick }: { count: number; onClick: () => void }): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <button type="button" className={`yd-pill ${count > 0 ? 'is-new' : ''}`} onClick={onClick}>
      <ArrowDownOutlined aria-hidden />
      {count > 0 ? t('timeline.newMessages', { count }) : t('timeline.toEnd')}
    </button>
  );
}

const report = (work: Promise<void>): void => void work.catch(toast.problem);

function useRows({ conversation, window }: TimelineProps) {
  const outgoing = useOutgoing(conversation.id);
  // The line of unread stays where it was when the conversation was opened.
  const [unreadAfter] = useState(() =>
    conversation.unread > 0 ? conversation.agentReadSeq : null,
  );
  const rows = useMemo(
    () =>
      timelineOf({
        messages: window.items,
        outgoing: window.moreAfter ? [] : outgoing,
        unreadAfter,
        zone: browserZone(),
      }),
    [window, outgoing, unreadAfter],
  );
  return { rows, outgoing };
}

/** The messages of a conversation. */
export function Timeline(props: TimelineProps): ReactNode {
  const { conversation, window, targetSeq } = props;
  const { id, customer } = conversation;
  const { t } = useTranslation('desk');
  const scroller = useRef<HTMLDivElement>(null);
  const colleagues = useColleagues();
  const names = useMemo(() => colleagues.map((person) => person.name), [colleagues]);
  const { rows, outgoing } = useRows(props);
  const read = readMark(window.items, conversation.customerReadSeq);
  const scroll = useTimelineScroll({
    scroller,
    window,
    outgoing: outgoing.length,
    targetSeq,
    loadOlder: () => report(loadOlder(id)),
    loadNewer: () => report(loadNewer(id)),
  });
  useMarkRead(conversation, scroll.isAtEnd);
  const toNewest = (): void => {
    if (window.moreAfter) report(loadNewest(id).then(scroll.toEnd));
    else scroll.toEnd();
  };
  const draw = (row: TimelineRow): ReactNode => {
    if (row.type === 'day') return <Day key={row.key} at={row.at} />;
    if (row.type === 'unread') {
      return (
        <div key={row.key} className="yd-unread-line" role="separator">
          {t('timeline.unread')}
        </div>
      );
    }
    if (row.type === 'event') return <EventRow key={row.key} message={row.message} />;
    if (row.type === 'outgoing')
      return <OutgoingRow key={row.key} item={row.item} first={row.first} />;
    return (
      <MessageRow
        key={row.key}
        message={row.message}
        first={row.first}
        isReadMark={row.message.seq === read}
        isTarget={row.message.seq === targetSeq}
        colleagueNames={names}
        onRewrite={props.onRewrite}
      />
    );
  };
  return (
    <div className="yd-timeline-frame">
      {/* The region scrolls, so the keyboard must reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div
        ref={scroller}
        className="yd-timeline"
        id="yd-timeline"
        role="log"
        aria-live="off"
        aria-label={t('timeline.title')}
        tabIndex={0}
        onScroll={scroll.onScroll}
      >
        <div className="yd-timeline-content">
          {window.moreBefore ? (
            <div className="yd-event">{t('timeline.older')}</div>
          ) : (
            <div className="yd-event">{t('timeline.begin', { name: customer.name })}</div>
          )}
          {rows.map(draw)}
          <CustomerTyping id={id} name={customer.name} />
        </div>
      </div>
      {(!scroll.isAtEnd || window.moreAfter) && (
        <Pill count={newSince(window.items, scroll.leftAtSeq || Infinity)} onClick={toNewest} />
      )}
    </div>
  );
}
