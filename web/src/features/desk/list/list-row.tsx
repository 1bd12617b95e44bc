import { EditOutlined, EyeOutlined } from '@ant-design/icons';
import type { ConversationSummary } from '@yingda/contract';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatExact, formatStamp } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { usePresenceIn } from '../data/presence-store.ts';
import { useDraftText } from '../data/session.ts';
import { ChannelIcon, PriorityMark, TierBadge, TypingDots, Waiting } from '../../../ui/marks.tsx';
import './list-row.css';

interface RowProps {
  row: ConversationSummary;
  isOpen: boolean;
  isSelected: boolean;
  /** While some are selected every row shows its box. */
  selecting: boolean;
  assigneeName: string | null;
  onOpen: (id: string) => void;
  onSelect: (id: string, isRange: boolean) => void;
  onNear: (id: string) => void;
}

/** The last message, unless it was taken back. */
function lastWords(row: ConversationSummary, t: (key: string) => string): string {
  return row.preview === '' ? t('list.noPreview') : row.preview;
}

function Preview({ row }: { row: ConversationSummary }): ReactNode {
  const { t } = useTranslation('desk');
  const { customerTyping } = usePresenceIn(row.id);
  const draft = useDraftText(row.id);
  if (customerTyping) {
    return (
      <span className="yd-row-typing">
        {t('list.typing')}
        <TypingDots />
      </span>
    );
  }
  if (draft !== '') {
    return (
      <>
        <span className="yd-row-draft">{t('list.draft')}</span> {draft}
      </>
    );
  }
  // Without a subject the words of the message stand in the line above.
  return row.subject === '' ? `#${row.number}` : lastWords(row, t);
}

function Viewers({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('desk');
  const me = useMe();
  const others = usePresenceIn(id).viewers.filter((viewer) => viewer.userId !== me.id);
  const [first] = others;
  if (!first) return null;
  const isTyping = others.some((viewer) => viewer.typing);
  const names = others.map((viewer) => viewer.name).join(', ');
  const label = t(isTyping ? 'viewers.typing' : 'viewers.viewing', { names });
  return (
    <span className="yd-row-viewers" role="img" aria-label={label} title={label}>
      {isTyping ? <EditOutlined /> : <EyeOutlined />}
      <Avatar name={first.name} px={16} />
      {others.length > 1 && <span className="yd-figures">+{others.length - 1}</span>}
    </span>
  );
}

function Unread({ count }: { count: number }): ReactNode {
  const { t } = useTranslation('desk');
  if (count === 0) return null;
  return (
    <span className="yd-unread yd-figures">
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="yd-hidden">{t('list.unread', { count })}</span>
    </span>
  );
}

function Stamp({ row }: { row: ConversationSummary }): ReactNode {
  if (row.waitingSince && row.status === 'open') return <Waiting since={row.waitingSince} />;
  return (
    <time
      className="yd-row-time yd-figures"
      dateTime={row.lastMessageAt}
      title={formatExact(row.lastMessageAt)}
    >
      {formatStamp(row.lastMessageAt)}
    </time>
  );
}

function Foot({ row, assigneeName }: Pick<RowProps, 'row' | 'assigneeName'>): ReactNode {
  const { t } = useTranslation('desk');
  return (
    <span className="yd-row-foot">
      <span className="yd-row-preview yd-ellipsis">
        <Preview row={row} />
      </span>
      <Viewers id={row.id} />
      {assigneeName !== null && (
        <span title={t('list.assignee', { name: assigneeName })} className="yd-row-assignee">
          <Avatar name={assigneeName} px={18} />
          <span className="yd-hidden">{t('list.assignee', { name: assigneeName })}</span>
        </span>
      )}
      <Unread count={row.unread} />
    </span>
  );
}

/** Whether Shift was held: then everything in between is chosen too. */
function wasShift(event: Event): boolean {
  return event instanceof MouseEvent && event.shiftKey;
}

/** One conversation in the list. */
export const ListRow = memo(function ListRow(props: RowProps): ReactNode {
  const { row, isOpen, isSelected, selecting } = props;
  const { t } = useTranslation('desk');
  const marks = [
    isOpen ? 'is-open' : '',
    row.unread > 0 ? 'is-unread' : '',
    selecting ? 'is-selecting' : '',
  ];
  const title = row.subject === '' ? lastWords(row, t) : row.subject;
  return (
    <div className={`yd-row ${marks.join(' ')}`} onMouseEnter={() => props.onNear(row.id)}>
      <span className="yd-row-head">
        <Avatar name={row.customer.name} px={34} />
        <span className="yd-row-channel">
          <ChannelIcon channel={row.channel} />
        </span>
      </span>
      <label className="yd-row-box">
        <input
          type="checkbox"
          checked={isSelected}
          aria-label={t('list.select', { name: row.customer.name, subject: title })}
          onChange={(event) => props.onSelect(row.id, wasShift(event.nativeEvent))}
        />
      </label>
      <button
        type="button"
        className="yd-row-open"
        aria-current={isOpen ? 'true' : undefined}
        onClick={() => props.onOpen(row.id)}
        onFocus={() => props.onNear(row.id)}
      >
        <span className="yd-row-line">
          <span className="yd-row-name yd-ellipsis">{row.customer.name}</span>
          <TierBadge tier={row.customer.tier} />
          <span className="yd-row-gap" />
          <Stamp row={row} />
        </span>
        <span className="yd-row-line">
          <span className="yd-row-subject yd-ellipsis">{title}</span>
          <PriorityMark priority={row.priority} />
        </span>
        <Foot row={row} assigneeName={props.assigneeName} />
      </button>
    </div>
  );
});
