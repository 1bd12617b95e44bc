import {
  ArrowLeftOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  FlagOutlined,
  MoreOutlined,
  PlusOutlined,
  ProfileOutlined,
  RollbackOutlined,
  SwapOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import type { ConversationSummary } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../../lib/format.ts';
import { keyCaps } from '../../../lib/shortcuts.ts';
import { useMe } from '../../../lib/me.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Menu } from '../../../ui/menu.tsx';
import type { Ask } from '../actions/use-asking.ts';
import { useNames } from '../data/people.ts';
import type { Actions } from '../data/use-actions.ts';
import {
  ChannelIcon,
  PriorityMark,
  StatusMark,
  TierBadge,
  VerifiedMark,
  Waiting,
} from '../../../ui/marks.tsx';
import { Subject } from './subject.tsx';
import { ViewersNow } from './viewers-now.tsx';
import './header.css';

/** What another feature makes of a conversation: its button in the header. */
export type DrawDeeds = (conversation: ConversationSummary) => ReactNode;

interface HeaderProps {
  conversation: ConversationSummary;
  actions: Actions;
  ask: Ask;
  mayReply: boolean;
  drawDeeds?: DrawDeeds | undefined;
  onBack: () => void;
  onContext: () => void;
  isContextOpen: boolean;
}

/** A button's hint with its key: `Snooze (S)`. */
function useHint(): (label: string, key: string) => string {
  return (label, key) => `${label} (${keyCaps(key).join(' ')})`;
}

function Assignee({ conversation, actions, ask, mayReply }: HeaderProps): ReactNode {
  const { t } = useTranslation('desk');
  const me = useMe();
  const names = useNames();
  const hint = useHint();
  const { assigneeId } = conversation;
  if (assigneeId === null) {
    if (!mayReply || conversation.status === 'resolved') return null;
    return (
      <Button type="primary" onClick={actions.take} title={t('actions.take')}>
        {t('actions.take')}
      </Button>
    );
  }
  const name = assigneeId === me.id ? me.name : names.person(assigneeId);
  return (
    <Button
      type="text"
      className="yd-assignee"
      disabled={!mayReply}
      icon={<Avatar name={name} px={22} />}
      title={hint(t('actions.assign'), 'a')}
      onClick={(event) => ask('assign', event.currentTarget)}
    >
      <span className="yd-hidden">{t('header.assignee')}</span>
      <span className="yd-ellipsis">{assigneeId === me.id ? t('header.me') : name}</span>
    </Button>
  );
}

function More({ conversation, actions, ask }: HeaderProps): ReactNode {
  const { t } = useTranslation('desk');
  const isResolved = conversation.status === 'resolved';
  const items = [
    { key: 'assign', icon: <UserSwitchOutlined />, label: t('actions.assign') },
    { key: 'transfer', icon: <SwapOutlined />, label: t('actions.transfer'), disabled: isResolved },
    {
      key: 'snooze',
      icon: <ClockCircleOutlined />,
      label: t('actions.snooze'),
      disabled: isResolved,
    },
    { key: 'priority', icon: <FlagOutlined />, label: t('actions.priority') },
    { key: 'tags', icon: <PlusOutlined />, label: t('actions.tag') },
    {
      key: 'wait',
      icon: <RollbackOutlined />,
      label: t('actions.wait'),
      disabled: conversation.status !== 'open',
    },
  ] as const;
  return (
    <Menu
      items={items}
      onChoose={(key) => {
        if (key === 'wait') actions.waitForCustomer();
        else ask(key, null);
      }}
    >
      <Button
        type="text"
        icon={<MoreOutlined />}
        title={t('actions.more')}
        aria-label={t('actions.more')}
      />
    </Menu>
  );
}

function Deeds(props: HeaderProps): ReactNode {
  const { conversation, actions, ask, mayReply } = props;
  const { t } = useTranslation('desk');
  const hint = useHint();
  if (!mayReply) return null;
  if (conversation.status === 'resolved') {
    return (
      <>
        <Button onClick={actions.reopen}>{t('actions.reopen')}</Button>
        <More {...props} />
      </>
    );
  }
  return (
    <>
      <Button
        type="text"
        className="yd-wide-only"
        icon={<SwapOutlined />}
        title={hint(t('actions.transfer'), 't')}
        aria-label={t('actions.transfer')}
        onClick={(event) => ask('transfer', event.currentTarget)}
      />
      {conversation.status === 'snoozed' ? (
        <Button onClick={actions.reopen}>{t('actions.wake')}</Button>
      ) : (
        <Button
          type="text"
          className="yd-wide-only"
          icon={<ClockCircleOutlined />}
          title={hint(t('actions.snooze'), 's')}
          aria-label={t('actions.snooze')}
          onClick={(event) => ask('snooze', event.currentTarget)}
        />
      )}
      <More {...props} />
      <Button
        type={conversation.assigneeId === null ? 'default' : 'primary'}
        icon={<CheckOutlined />}
        title={hint(t('actions.resolve'), 'e')}
        onClick={actions.resolve}
      >
        <span className="yd-wide-only">{t('actions.resolve')}</span>
      </Button>
    </>
  );
}

function Marks({ conversation, ask, mayReply }: HeaderProps): ReactNode {
  const { t } = useTranslation('desk');
  const { status, snoozedUntil, waitingSince, priority, tags } = conversation;
  return (
    <div className="yd-marks">
      <StatusMark status={status} />
      {status === 'snoozed' && (
        <span className="yd-soft">
          {snoozedUntil
            ? t('header.until', { at: formatDateTime(snoozedUntil) })
            : t('snooze.until_reply')}
        </span>
      )}
      {status === 'open' && waitingSince && <Waiting since={waitingSince} />}
      <PriorityMark priority={priority} />
      {tags.map((tag) => (
        <span key={tag} className="yd-tag">
          {tag}
        </span>
      ))}
      {mayReply && (
        <button
          type="button"
          className="yd-tag is-add"
          onClick={(event) => ask('tags', event.currentTarget)}
        >
          <PlusOutlined aria-hidden /> {t('tags.add')}
        </button>
      )}
      <span className="yd-row-gap" />
      <ViewersNow id={conversation.id} />
    </div>
  );
}

/** Who it is about, how it stands, and what can be done with it. */
export function Header(props: HeaderProps): ReactNode {
  const { conversation, actions, mayReply, isContextOpen } = props;
  const { t } = useTranslation('desk');
  const { customer } = conversation;
  return (
    <header className="yd-head">
      <div className="yd-head-line">
        <Button
          type="text"
          className="yd-narrow-only"
          icon={<ArrowLeftOutlined />}
          aria-label={t('header.back')}
          onClick={props.onBack}
        />
        <div className="yd-head-who">
          <div className="yd-head-customer">
            <ChannelIcon channel={conversation.channel} />
            <span className="yd-ellipsis">{customer.name}</span>
            {customer.verified && <VerifiedMark />}
            <TierBadge tier={customer.tier} />
            <span className="yd-head-number yd-figures">#{conversation.number}</span>
          </div>
          <Subject
            key={conversation.id}
            subject={conversation.subject}
            number={conversation.number}
            mayChange={mayReply}
            onChange={actions.rename}
          />
        </div>
        <Assignee {...props} />
        {props.drawDeeds?.(conversation)}
        <Deeds {...props} />
        <Button
          type="text"
          icon={<ProfileOutlined />}
          className={isContextOpen ? 'is-on' : ''}
          aria-pressed={isContextOpen}
          title={t('context.toggle')}
          aria-label={t('context.toggle')}
          onClick={props.onContext}
        />
      </div>
      <Marks {...props} />
    </header>
  );
}
