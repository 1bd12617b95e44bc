import type { OrderSummary, ResponseOf } from '@yingda/contract';
import { getBoard, getOrder } from '@yingda/contract';
import { useState } from 'react';
import type { DragEvent, KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'antd';
import { call } from '../../../lib/api.ts';
import { queryClient, keyOf, useCall } from '../../../lib/query.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { PriorityMark, TierBadge } from '../../../ui/marks.tsx';
import { Picker } from '../../../ui/picker.tsx';
import { Bones, ErrorState } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { say, useOrder, usePublishedFlows, usualFlow } from '../data/orders.ts';
import { NoOrders } from '../list/order-list.tsx';
import type { ViewProps } from '../list/order-list.tsx';
import { MoveForm } from '../order/move-form.tsx';
import { Due } from '../parts/due.tsx';
import { OwnerName } from '../parts/owner.tsx';
import { ComplaintMark } from '../parts/marks.tsx';
import '../order/dialogs.css';
import './board.css';

/** A move that is about to be made; without `to` the person is asked which. */
interface Wish {
  orderId: string;
  to: string | null;
}

interface CardProps {
  order: OrderSummary;
  isDragged: boolean;
  onOpen: (id: string) => void;
  onDrag: (id: string | null) => void;
  onMove: (id: string) => void;
}

function Card({ order, isDragged, onOpen, onDrag, onMove }: CardProps): ReactNode {
  const { t } = useTranslation('orders');
  const press = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'm' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onMove(order.id);
  };
  return (
    <li>
      <button
        type="button"
        className={`yd-card ${isDragged ? 'is-dragged' : ''}`}
        draggable
        aria-keyshortcuts="M"
        title={t('board.hint')}
        onClick={() => onOpen(order.id)}
        onKeyDown={press}
        onDragStart={(event: DragEvent) => {
          event.dataTransfer.setData('text/plain', order.number);
          event.dataTransfer.effectAllowed = 'move';
          onDrag(order.id);
        }}
        onDragEnd={() => onDrag(null)}
      >
        <span className="yd-card-subject">{order.subject}</span>
        <span className="yd-card-line">
          <span className="yd-ellipsis">{order.customerName || '—'}</span>
          {order.tier && <TierBadge tier={order.tier} />}
        </span>
        <span className="yd-card-line">
          <Due order={order} />
          <PriorityMark priority={order.priority} />
          {order.isComplaint && <ComplaintMark />}
        </span>
        <span className="yd-card-line yd-card-foot">
          <span className="yd-figures yd-order-number">{order.number}</span>
          <span className="yd-ellipsis">
            <OwnerName order={order} />
          </span>
        </span>
      </button>
    </li>
  );
}

/** Moves of an order that lead to a step, or all. */
async function movesTo(orderId: string, to: string | null) {
  const order = await queryClient.fetchQuery({
    queryKey: keyOf(getOrder, { params: { id: orderId } }),
    queryFn: () => call(getOrder, { params: { id: orderId } }),
    staleTime: 0,
  });
  const step = order.definition.steps.find(({ key }) => key === order.stepKey);
  return order.moves.filter(({ key }) => {
    const target = step?.moves.find((move) => move.key === key)?.to;
    return to === null || target === to;
  });
}

function MoveDialog({
  orderId,
  move,
  onClose,
}: {
  orderId: string;
  move: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const { data: order, error, refetch } = useOrder(orderId);
  return (
    <Dialog label={t('moves')} className="yd-asked" onClose={onClose}>
      {order ? (
        <div className="yd-board-move">
          <MoveForm order={order} move={move} onCancel={onClose} onDone={onClose} />
        </div>
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <Bones rows={3} />
      )}
    </Dialog>
  );
}

/** Which of the moves, then its form. */
function useWish() {
  const { t } = useTranslation('orders');
  const [asked, setAsked] = useState<{
    orderId: string;
    moves: Awaited<ReturnType<typeof movesTo>>;
    move: string | null;
  } | null>(null);
  const wish = async ({ orderId, to }: Wish): Promise<void> => {
    try {
      const moves = await movesTo(orderId, to);
      if (moves.length === 0) toast.info(t(to === null ? 'board.noMoves' : 'board.noWay'));
      else setAsked({ orderId, moves, move: moves.length === 1 ? (moves[0]?.key ?? null) : null });
    } catch (error) {
      toast.problem(error);
    }
  };
  const close = (): void => setAsked(null);
  const dialog =
    asked === null ? null : asked.move === null ? (
      <Picker
        title={t('board.which')}
        placeholder={t('board.which')}
        options={asked.moves.map(({ key, name }) => ({ id: key, label: say(name) }))}
        onClose={close}
        onPick={(key) => {
          setAsked({ ...asked, move: key });
          return 'stay';
        }}
      />
    ) : (
      <MoveDialog orderId={asked.orderId} move={asked.move} onClose={close} />
    );
  return { wish, dialog };
}

interface ColumnProps {
  column: ResponseOf<typeof getBoard>['columns'][number];
  dragged: string | null;
  onDrag: (id: string | null) => void;
  onOpen: (id: string) => void;
  onWish: (wish: Wish) => void;
  onMore: () => void;
}

function Column({ column, dragged, onDrag, onOpen, onWish, onMore }: ColumnProps): ReactNode {
  const { t } = useTranslation('orders');
  const [isOver, setOver] = useState(false);
  const { stepKey, stepName, count, late, orders } = column;
  return (
    // A place to drop cards on; the keyboard has M on the card.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={`yd-column ${isOver ? 'is-over' : ''}`}
      aria-label={say(stepName)}
      onDragOver={(event) => {
        if (dragged === null) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const isElsewhere = !orders.some(({ id }) => id === dragged);
        if (dragged !== null && isElsewhere) onWish({ orderId: dragged, to: stepKey });
      }}
    >
      <header>
        <h2>{say(stepName)}</h2>
        <span className="yd-order-count yd-figures">{count}</span>
        {late > 0 && (
          <span className="yd-order-count is-late yd-figures">
            {t('board.late', { count: late })}
          </span>
        )}
      </header>
      <ul>
        {orders.map((order) => (
          <Card
            key={order.id}
            order={order}
            isDragged={order.id === dragged}
            onOpen={onOpen}
            onDrag={onDrag}
            onMove={(orderId) => onWish({ orderId, to: null })}
          />
        ))}
      </ul>
      {count > orders.length && (
        <Button type="text" size="small" onClick={onMore}>
          {t('board.more', { count: count - orders.length })}
        </Button>
      )}
    </section>
  );
}

/** Open orders of a flow by step: a card dragged to another step opens the form of that move. */
export function OrderBoard(props: ViewProps): ReactNode {
  const { search, filter, onOpen, onChange } = props;
  const flows = usePublishedFlows();
  const flowKey = search.flowKey ?? usualFlow(flows)?.key;
  const { stepKey: _anyStep, ...narrowed } = filter;
  const board = useCall(
    getBoard,
    { query: { ...narrowed, flowKey: flowKey ?? '' } },
    { enabled: flowKey !== undefined, staleTime: 10_000 },
  );
  const [dragged, setDragged] = useState<string | null>(null);
  const { wish, dialog } = useWish();
  const steps = flows.find(({ key }) => key === flowKey)?.definition.steps;
  if (board.error && !board.data) {
    return <ErrorState error={board.error} retry={() => void board.refetch()} />;
  }
  if (!board.data) return <Bones rows={8} />;
  const columns = board.data.columns.filter(
    (column) =>
      column.count > 0 || steps?.find(({ key }) => key === column.stepKey)?.kind !== 'end',
  );
  if (columns.every(({ count }) => count === 0)) return <NoOrders {...props} />;
  return (
    <div className="yd-board">
      {columns.map((column) => (
        <Column
          key={column.stepKey}
          column={column}
          dragged={dragged}
          onDrag={setDragged}
          onOpen={onOpen}
          onWish={(given) => void wish(given)}
          onMore={() => onChange({ as: undefined, scope: filter.scope, stepKey: column.stepKey })}
        />
      ))}
      {dialog}
    </div>
  );
}
