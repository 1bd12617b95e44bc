import type { OrderView } from '@yingda/contract';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'antd';
import { useShortcuts } from '../../../lib/use-shortcuts.ts';
import { Bones, ErrorState } from '../../../ui/states.tsx';
import { useTitle } from '../../../ui/title.ts';
import { useOrder } from '../data/orders.ts';
import { useOrderPages } from '../data/use-order-pages.ts';
import type { FilterQuery } from '../model/search.ts';
import { Asked } from './asked.tsx';
import type { Question } from './asked.tsx';
import { Comment } from './comment.tsx';
import { OrderHead } from './head.tsx';
import { MoveForm } from './move-form.tsx';
import { Paper } from './paper.tsx';
import { Progress } from './progress.tsx';
import { Side } from './side.tsx';
import { Standing } from './standing.tsx';
import { OrderTimeline } from './timeline.tsx';
import './order-page.css';

interface OrderPageProps {
  id: string;
  filter: FilterQuery;
  sort: 'newest' | undefined;
  /** More that one may do with the order. */
  deeds?: ReactNode;
  onOpen: (id: string, replace?: boolean) => void;
  onClose: () => void;
}

/** J and K go on to the next order of the list one came from. */
function useNeighbourKeys(
  { id, filter, sort, onOpen, onClose }: OrderPageProps,
  isCovered: boolean,
): {
  next: string | null;
  previous: string | null;
} {
  const { items = [] } = useOrderPages(filter, sort);
  const at = items.findIndex((order) => order.id === id);
  const next = (at < 0 ? items[0] : items[at + 1])?.id ?? null;
  const previous = (at < 0 ? undefined : items[at - 1])?.id ?? null;
  const go = (to: string | null): void => {
    if (to !== null) onOpen(to, true);
  };
  const group = 'orders:title';
  useShortcuts([
    { keys: 'j', label: 'orders:keys.next', group, run: () => go(next) },
    { keys: 'k', label: 'orders:keys.previous', group, run: () => go(previous) },
    {
      keys: 'escape',
      label: 'orders:keys.back',
      group,
      // Esc first closes what lies over the page.
      run: () => {
        if (!isCovered && document.querySelector(':popover-open') === null) onClose();
      },
    },
  ]);
  return { next, previous };
}

/** The move that T makes: the way on to the department; and A: the answer. */
function moveOfKey(order: OrderView, key: 't' | 'a'): string | null {
  const step = order.definition.steps.find((one) => one.key === order.stepKey);
  const allowed = step?.moves.filter((move) => order.moves.some((one) => one.key === move.key));
  const found =
    key === 't'
      ? allowed?.find(({ needs }) => needs.includes('department'))
      : allowed?.find(({ effect }) => effect === 'answered');
  return found?.key ?? null;
}

function useOrderKeys(
  order: OrderView,
  { move, ask }: { move: (key: string) => void; ask: (question: Question) => void },
): void {
  const transfer = moveOfKey(order, 't') ?? order.moves[0]?.key ?? null;
  const answer = order.ownerId === null ? null : moveOfKey(order, 'a');
  const group = 'orders:title';
  useShortcuts(
    [
      {
        keys: 't',
        label: 'orders:keys.transfer',
        group,
        run: () => (transfer === null ? undefined : move(transfer)),
      },
      {
        keys: 'a',
        label: 'orders:keys.answer',
        group,
        run: () => {
          if (answer !== null) move(answer);
          else if (order.may.assign) ask('assign');
        },
      },
      {
        keys: 'n',
        label: 'orders:keys.note',
        group,
        run: () => document.querySelector<HTMLElement>('#yd-order-comment')?.focus(),
      },
    ],
    order.status === 'open',
  );
}

function Shown({ order, ...props }: OrderPageProps & { order: OrderView }): ReactNode {
  const { t } = useTranslation('orders');
  useTitle(`${order.number} ${order.subject}`);
  const [move, setMove] = useState<string | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const closeMove = useCallback(() => setMove(null), []);
  useOrderKeys(order, { move: setMove, ask: setQuestion });
  const neighbours = useNeighbourKeys(props, move !== null || question !== null);
  return (
    <article className="yd-order" aria-label={`${order.number} ${order.subject}`}>
      <OrderHead
        order={order}
        openMove={move}
        neighbours={neighbours}
        deeds={props.deeds}
        onMove={setMove}
        onAsk={setQuestion}
        onOpen={props.onOpen}
        onClose={props.onClose}
      />
      <div className="yd-order-scroll">
        <div className="yd-order-body">
          <div className="yd-order-main">
            {move !== null && (
              <MoveForm
                key={move}
                order={order}
                move={move}
                onCancel={closeMove}
                onDone={closeMove}
              />
            )}
            <Standing order={order} />
            <Paper order={order} />
            <section className="yd-order-talk" aria-label={t('timeline.title')}>
              <h2>{t('timeline.title')}</h2>
              <Comment order={order} />
              <OrderTimeline order={order} />
            </section>
          </div>
          <aside className="yd-order-side" aria-label={t('side')}>
            <Progress order={order} />
            <Side order={order} onAsk={setQuestion} onOpen={props.onOpen} />
          </aside>
        </div>
      </div>
      {question !== null && (
        <Asked
          question={question}
          order={order}
          onClose={() => setQuestion(null)}
          onOpen={props.onOpen}
        />
      )}
    </article>
  );
}

/** One order with everything: the form, where it stands, and what one may do now. */
export function OrderPage(props: OrderPageProps): ReactNode {
  const { t } = useTranslation('orders');
  const query = useOrder(props.id);
  if (query.data) return <Shown {...props} order={query.data} />;
  if (!query.error) return <Bones rows={10} />;
  return (
    <div className="yd-order-gone">
      <ErrorState error={query.error} retry={() => void query.refetch()} />
      <Button onClick={props.onClose}>{t('back')}</Button>
    </div>
  );
}
