import {
  ArrowLeftOutlined,
  BranchesOutlined,
  CaretRightOutlined,
  ClockCircleOutlined,
  DownOutlined,
  LinkOutlined,
  MergeCellsOutlined,
  MoreOutlined,
  PrinterOutlined,
  PauseOutlined,
  RetweetOutlined,
  ShareAltOutlined,
  StopOutlined,
  UpOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import type { OrderView } from '@yingda/contract';
import { printOrder, resumeOrder, takeOrder } from '@yingda/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, isProblem } from '../../../lib/api.ts';
import { download } from '../../../lib/download.ts';
import { useMe, useRights } from '../../../lib/me.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { PriorityMark, TierBadge } from '../../../ui/marks.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { toast } from '../../../ui/toast.tsx';
import { rereadOrder, say, useOrderAct } from '../data/orders.ts';
import { Due } from '../parts/due.tsx';
import { HeldFor, OwnerName, OwnerPicture } from '../parts/owner.tsx';
import { ComplaintMark, ReopenedMark } from '../parts/marks.tsx';
import type { Question } from './asked.tsx';

export interface HeadProps {
  order: OrderView;
  openMove: string | null;
  neighbours: { next: string | null; previous: string | null };
  deeds?: ReactNode;
  onMove: (key: string) => void;
  onAsk: (question: Question) => void;
  onOpen: (id: string, replace?: boolean) => void;
  onClose: () => void;
}

/** Tells what went wrong; news of a colleague is fetched at once. */
export function useTellProblem(id: string): (error: unknown) => void {
  return (error) => {
    if (isProblem(error, 'order.changed_meanwhile')) void rereadOrder(id);
    toast.problem(error);
  };
}

/** Moves that go on, and those that give the order up, which stand apart. */
function movesOf(order: OrderView) {
  const step = order.definition.steps.find(({ key }) => key === order.stepKey);
  const givesUp = (key: string): boolean =>
    step?.moves.find((move) => move.key === key)?.effect === 'cancelled';
  return {
    onward: order.moves.filter(({ key }) => !givesUp(key)),
    givingUp: order.moves.filter(({ key }) => givesUp(key)),
  };
}

const isMove = (chosen: string): chosen is `move ${string}` => chosen.startsWith('move ');

function Moves({ order, openMove, onMove }: HeadProps): ReactNode {
  const { t } = useTranslation('orders');
  const { onward } = movesOf(order);
  if (onward.length === 0) return null;
  return (
    <div className="yd-order-moves" role="group" aria-label={t('moves')}>
      {onward.map(({ key, name }, index) => (
        <Button
          key={key}
          type={index === 0 ? 'primary' : 'default'}
          className={openMove === key ? 'is-on' : ''}
          aria-expanded={openMove === key}
          onClick={() => onMove(key)}
        >
          {say(name)}
        </Button>
      ))}
    </div>
  );
}

function Clock({ order, onAsk }: HeadProps): ReactNode {
  const { t } = useTranslation('orders');
  const tell = useTellProblem(order.id);
  const resume = useOrderAct(resumeOrder);
  if (order.status !== 'open' || order.clock === 'none' || !order.may.work) return null;
  if (order.pausedFor === null) {
    return (
      <Button
        icon={<PauseOutlined />}
        title={t('pause.title')}
        aria-label={t('pause.title')}
        onClick={() => onAsk('pause')}
      >
        {t('pause.deed')}
      </Button>
    );
  }
  return (
    <Button
      icon={<CaretRightOutlined />}
      loading={resume.isPending}
      onClick={() =>
        resume.mutate(
          { params: { id: order.id }, body: { version: order.version } },
          { onError: tell },
        )
      }
    >
      {t('resume')}
    </Button>
  );
}

function Owner({ order, onAsk }: HeadProps): ReactNode {
  const { t } = useTranslation('orders');
  const me = useMe();
  const tell = useTellProblem(order.id);
  const take = useOrderAct(takeOrder);
  if (!order.may.assign) return null;
  const isMyTeams = me.teams.some(({ id }) => id === order.ownerTeamId);
  if (order.ownerId === null && isMyTeams) {
    return (
      <Button
        type={order.moves.length === 0 ? 'primary' : 'default'}
        loading={take.isPending}
        onClick={() =>
          take.mutate(
            { params: { id: order.id }, body: { version: order.version } },
            { onError: tell },
          )
        }
      >
        {t('take')}
      </Button>
    );
  }
  return (
    <Button
      icon={<UserSwitchOutlined />}
      title={`${t('assign.title')} (A)`}
      aria-label={t('assign.deed')}
      onClick={() => onAsk('assign')}
    >
      {t('assign.deed')}
    </Button>
  );
}

function More({ order, onAsk, onMove }: HeadProps): ReactNode {
  const { t } = useTranslation('orders');
  const { work } = order.may;
  const mayWrite = useRights().may('order.write') && work;
  const { givingUp } = movesOf(order);
  const items = [
    ...(mayWrite && order.status !== 'open'
      ? [{ key: 'reopen' as const, icon: <RetweetOutlined />, label: t('reopen.deed') }]
      : []),
    { key: 'portal' as const, icon: <ShareAltOutlined />, label: t('portalLink.deed') },
    { key: 'print' as const, icon: <PrinterOutlined />, label: t('print') },
    ...(work
      ? [
          { key: 'time' as const, icon: <ClockCircleOutlined />, label: t('time.deed') },
          'rule' as const,
          { key: 'link' as const, icon: <LinkOutlined />, label: t('link.deed') },
        ]
      : []),
    ...(mayWrite
      ? [
          { key: 'split' as const, icon: <BranchesOutlined />, label: t('split.deed') },
          {
            key: 'merge' as const,
            icon: <MergeCellsOutlined />,
            label: t('merge.deed'),
            disabled: order.status !== 'open',
          },
          { key: 'repeat' as const, icon: <RetweetOutlined />, label: t('repeat.deed') },
        ]
      : []),
    ...(givingUp.length > 0 ? ['rule' as const] : []),
    ...givingUp.map(({ key, name }) => ({
      key: `move ${key}` as const,
      icon: <StopOutlined />,
      label: say(name),
    })),
  ];
  return (
    <Menu<Question | 'print' | `move ${string}`>
      items={items}
      onChoose={(chosen) => {
        if (isMove(chosen)) onMove(chosen.slice('move '.length));
        else if (chosen === 'print') {
          void download(addressOf(printOrder, { params: { id: order.id } })).catch(toast.problem);
        } else onAsk(chosen);
      }}
    >
      <Button icon={<MoreOutlined />} title={t('more')} aria-label={t('more')} />
    </Menu>
  );
}

function Holder({ order }: { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  if (order.status !== 'open') {
    return (
      <span className="yd-soft">
        {order.closedAt && t('closedAt', { at: formatDateTime(order.closedAt) })}
      </span>
    );
  }
  const asked = order.approvals.filter(({ state }) => state === 'asked').map(({ name }) => name);
  if (asked.length > 0) {
    return (
      <span className="yd-order-holder">
        <span>{t('approval.waitsFor', { names: asked.join(t('comma')) })}</span>
        <span className="yd-soft">
          <HeldFor order={order} />
        </span>
      </span>
    );
  }
  return (
    <span className="yd-order-holder">
      <OwnerPicture order={order} px={20} />
      <span>
        <OwnerName order={order} />
      </span>
      <span className="yd-soft">
        <HeldFor order={order} />
      </span>
    </span>
  );
}

/** What it is, who holds it, how much time is left, and what one may do now. */
export function OrderHead(props: HeadProps): ReactNode {
  const { order, neighbours, onOpen, onClose } = props;
  const { t } = useTranslation('orders');
  return (
    <header className="yd-order-head">
      <div className="yd-order-head-top">
        <Button
          type="text"
          icon={<ArrowLeftOutlined />}
          aria-label={t('back')}
          title={`${t('back')} (Esc)`}
          onClick={onClose}
        />
        <span className="yd-order-number yd-figures">{order.number}</span>
        <h1 className="yd-ellipsis" title={order.subject}>
          {order.subject}
        </h1>
        <span className="yd-order-neighbours">
          <Button
            type="text"
            icon={<UpOutlined />}
            disabled={neighbours.previous === null}
            title={`${t('keys.previous')} (K)`}
            aria-label={t('keys.previous')}
            onClick={() => neighbours.previous && onOpen(neighbours.previous, true)}
          />
          <Button
            type="text"
            icon={<DownOutlined />}
            disabled={neighbours.next === null}
            title={`${t('keys.next')} (J)`}
            aria-label={t('keys.next')}
            onClick={() => neighbours.next && onOpen(neighbours.next, true)}
          />
        </span>
      </div>
      <div className="yd-order-head-line">
        <div className="yd-order-state">
          <span className={`yd-step-mark is-${order.status} is-big`}>{say(order.stepName)}</span>
          {order.status === 'open' && <Due order={order} />}
          <Holder order={order} />
          {order.isComplaint && <ComplaintMark />}
          <PriorityMark priority={order.priority} />
          {order.tier && <TierBadge tier={order.tier} />}
          <ReopenedMark times={order.reopened} />
        </div>
        <div className="yd-order-deeds">
          <Clock {...props} />
          <Owner {...props} />
          {props.deeds}
          <More {...props} />
          <Moves {...props} />
        </div>
      </div>
    </header>
  );
}
