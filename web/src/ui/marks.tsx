import {
  ApiOutlined,
  GlobalOutlined,
  MailOutlined,
  MessageOutlined,
  PhoneOutlined,
  SafetyCertificateFilled,
  WechatOutlined,
} from '@ant-design/icons';
import type { ContactFactView, ConversationSummary } from '@yingda/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatExact } from '../lib/format.ts';
import { Tag } from './data-table.tsx';
import { useNow } from './time.tsx';
import { waitLevel, waitWords } from './waiting.ts';
import './conversation-colours.css';
import './marks.css';

const channelIcons: Record<ConversationSummary['channel'], ReactNode> = {
  webchat: <GlobalOutlined />,
  email: <MailOutlined />,
  voice: <PhoneOutlined />,
  wechat: <WechatOutlined />,
  sms: <MessageOutlined />,
  other: <ApiOutlined />,
};

/** The channel a conversation came by. */
export function ChannelIcon({ channel }: { channel: ConversationSummary['channel'] }): ReactNode {
  const { t } = useTranslation('marks');
  const name = t(`channel.${channel}`);
  return (
    <span role="img" aria-label={name} title={name} className="yd-channel">
      {channelIcons[channel]}
    </span>
  );
}

/** The customer's tier; nothing for a standard one, so that the marks mean something. */
export function TierBadge({ tier }: { tier: ConversationSummary['customer']['tier'] }): ReactNode {
  const { t } = useTranslation('marks');
  if (tier === 'standard') return null;
  return <span className={`yd-tier is-${tier}`}>{t(`tier.${tier}`)}</span>;
}

/** Says that the customer's identity was proven by the customer's own site. */
export function VerifiedMark(): ReactNode {
  const { t } = useTranslation('marks');
  const name = t('verified');
  return (
    <span role="img" aria-label={name} title={name} className="yd-verified">
      <SafetyCertificateFilled />
    </span>
  );
}

/** How long the customer has been waiting, in colour and in words. */
export function Waiting({ since }: { since: string }): ReactNode {
  const { t } = useTranslation('marks');
  const now = useNow(10_000);
  const ms = Math.max(0, now - Date.parse(since));
  const { unit, count } = waitWords(ms);
  return (
    <span
      className={`yd-wait yd-figures is-${waitLevel(ms)}`}
      title={t('waiting.since', { at: formatExact(since) })}
    >
      {count === 0 ? t('waiting.now') : t(`waiting.${unit}`, { count })}
    </span>
  );
}

/** The priority as a word with a colour; nothing for a normal one. */
export function PriorityMark({
  priority,
}: {
  priority: ConversationSummary['priority'];
}): ReactNode {
  const { t } = useTranslation('marks');
  if (priority === 'normal') return null;
  return <span className={`yd-priority is-${priority}`}>{t(`priority.${priority}`)}</span>;
}

export function StatusMark({ status }: { status: ConversationSummary['status'] }): ReactNode {
  const { t } = useTranslation('marks');
  return <span className={`yd-status is-${status}`}>{t(`status.${status}`)}</span>;
}

const outcomeTones = {
  answered: 'green',
  abandoned: 'red',
  blocked: 'red',
  self_served: 'blue',
  open: 'grey',
} as const satisfies Record<ContactFactView['outcome'], string>;

/** How a contact came out. */
export function OutcomeMark({ outcome }: { outcome: ContactFactView['outcome'] }): ReactNode {
  const { t } = useTranslation('marks');
  return <Tag tone={outcomeTones[outcome]}>{t(`outcome.${outcome}`)}</Tag>;
}

/** Three dots that breathe beside a word. */
export function TypingDots(): ReactNode {
  return (
    <span className="yd-dots" aria-hidden>
      <i />
      <i />
      <i />
    </span>
  );
}
