import {
  BellOutlined,
  BranchesOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  CloseOutlined,
  CommentOutlined,
  EditOutlined,
  FileAddOutlined,
  GlobalOutlined,
  LinkOutlined,
  MailOutlined,
  PauseOutlined,
  PhoneOutlined,
  RetweetOutlined,
  RightOutlined,
  StarOutlined,
  UserOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { OrderLine, OrderView } from '@yingda/contract';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatDuration, formatExact, formatStamp } from '../../../lib/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { lineKey, lineValues } from '../model/line-values.ts';
import type { LineWords } from '../model/line-values.ts';
import { FileLinks } from '../parts/files.tsx';
import { say } from '../data/orders.ts';
import './timeline.css';

const icons: Record<OrderLine['kind'], ReactNode> = {
  created: <FileAddOutlined />,
  moved: <RightOutlined />,
  taken: <UserOutlined />,
  changed: <EditOutlined />,
  commented: <CommentOutlined />,
  paused: <PauseOutlined />,
  resumed: <ClockCircleOutlined />,
  warned: <BellOutlined />,
  escalated: <WarningOutlined />,
  chased: <PhoneOutlined />,
  approved: <CheckOutlined />,
  refused: <CloseOutlined />,
  called: <PhoneOutlined />,
  repeated: <RetweetOutlined />,
  not_repeated: <BranchesOutlined />,
  reopened: <RetweetOutlined />,
  linked: <LinkOutlined />,
  merged: <BranchesOutlined />,
  split: <BranchesOutlined />,
  time_spent: <ClockCircleOutlined />,
  checked: <CheckOutlined />,
  task_added: <CheckOutlined />,
  task_done: <CheckOutlined />,
  rated: <StarOutlined />,
  notified: <MailOutlined />,
};

/** How values of a line read in the language of the page. */
function useLineWords(): LineWords {
  const { t, i18n } = useTranslation('orders');
  const known = (key: string): string | null => (i18n.exists(`orders:${key}`) ? t(key) : null);
  return {
    say,
    field: (key) => known(`field.${key}`) ?? key,
    word: (group, key) => known(`${group}.${key}`) ?? key,
    time: formatDateTime,
    span: (minutes) => formatDuration(minutes * 60_000),
    comma: t('comma'),
  };
}

function Line({ line, words }: { line: OrderLine; words: LineWords }): ReactNode {
  const { t } = useTranslation('orders');
  const isTalk = line.kind === 'commented';
  const name = line.byName ?? t(`by.${line.by}`);
  const values = lineValues(line, words);
  return (
    <li className={`yd-line is-${line.kind} is-by-${line.by} ${isTalk ? 'is-talk' : ''}`}>
      <span className="yd-line-icon" aria-hidden>
        {isTalk ? <Avatar name={name} px={26} /> : icons[line.kind]}
      </span>
      <div className="yd-line-body">
        <p className="yd-line-head">
          <strong>{name}</strong> {!isTalk && <span>{t(`line.${lineKey(line)}`, values)}</span>}
          {line.isPublic && (
            <span className="yd-line-public" title={t('comment.publicHint')}>
              <GlobalOutlined aria-hidden /> {t('comment.visible')}
            </span>
          )}
          <time className="yd-figures" dateTime={line.at} title={formatExact(line.at)}>
            {formatStamp(line.at)}
          </time>
        </p>
        {line.text !== '' && <p className="yd-line-text">{line.text}</p>}
        <FileLinks files={line.files} />
      </div>
    </li>
  );
}

/** Everything that happened to the order, the latest first; on request only what people said. */
export function OrderTimeline({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  const [onlyTalk, setOnlyTalk] = useState(false);
  const words = useLineWords();
  const lines = order.lines
    .filter(
      ({ kind, text, files }) =>
        !onlyTalk || kind === 'commented' || text !== '' || files.length > 0,
    )
    .toReversed();
  return (
    <>
      <label className="yd-order-check yd-only-talk">
        <input
          type="checkbox"
          checked={onlyTalk}
          onChange={(event) => setOnlyTalk(event.target.checked)}
        />
        {t('timeline.onlyTalk')}
      </label>
      <ol className="yd-lines">
        {lines.map((line) => (
          <Line key={line.id} line={line} words={words} />
        ))}
      </ol>
    </>
  );
}
