import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import type { OrderSummary } from '@yingda/contract';
import { getDueCalendar } from '@yingda/contract';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../lib/language.ts';
import { formatTime } from '../../../lib/format.ts';
import { useCall } from '../../../lib/query.ts';
import { useMedia } from '../../../lib/use-media.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { useNow } from '../../../ui/time.tsx';
import type { ViewProps } from '../list/order-list.tsx';
import { OrderRow } from '../list/order-row.tsx';
import { dueLevel } from '../model/due.ts';
import { monthAfter, weeksOf } from '../model/month.ts';
import './calendar.css';

interface Day {
  date: string;
  due: number;
  late: number;
  orders: OrderSummary[];
}

/** The day in the zone of the reader, as `2026-11-23`. */
function localDay(ms: number): string {
  const at = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

const dayName = (date: string, style: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(currentLanguage(), { timeZone: 'UTC', ...style }).format(
    new Date(`${date}T12:00:00Z`),
  );

const shown = 3;

function DueOrder({
  order,
  onOpen,
}: {
  order: OrderSummary;
  onOpen: (id: string) => void;
}): ReactNode {
  const now = useNow(60_000);
  return (
    <button
      type="button"
      className={`yd-day-order is-${dueLevel(order, now)}`}
      title={`${order.number} ${order.subject} · ${order.customerName}`}
      onClick={() => onOpen(order.id)}
    >
      {order.dueAt !== null && <span className="yd-figures">{formatTime(order.dueAt)}</span>}
      <span className="yd-ellipsis">{order.subject}</span>
    </button>
  );
}

/** What fits into the cell of a day, and how much does not. */
function partsOf(
  day: Day | undefined,
  most: number,
): { orders: OrderSummary[]; late: number; rest: number } {
  if (!day) return { orders: [], late: 0, rest: 0 };
  const orders = day.orders.slice(0, most);
  return { orders, late: day.late, rest: day.due - orders.length };
}

function Cell({
  date,
  day,
  isOther,
  isToday,
  onOpen,
  onDay,
}: {
  date: string;
  day: Day | undefined;
  isOther: boolean;
  isToday: boolean;
  onOpen: (id: string) => void;
  onDay: (day: Day) => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const isNarrow = useMedia('(max-width: 760px)');
  const { orders, late, rest } = partsOf(day, isNarrow ? 0 : shown);
  return (
    <div
      role="gridcell"
      className={['yd-day', isOther && 'is-other', isToday && 'is-today'].filter(Boolean).join(' ')}
    >
      <span className="yd-day-head">
        <span className="yd-hidden">{dayName(date, { month: 'long', day: 'numeric' })}</span>
        <span className="yd-day-number yd-figures" aria-hidden>
          {Number(date.slice(8))}
        </span>
        {!isNarrow && late > 0 && (
          <span className="yd-order-count is-late yd-figures">
            {t('board.late', { count: late })}
          </span>
        )}
      </span>
      {orders.map((order) => (
        <DueOrder key={order.id} order={order} onOpen={onOpen} />
      ))}
      {day && rest > 0 && (
        <button
          type="button"
          className={`yd-day-more ${isNarrow && late > 0 ? 'is-late' : ''}`}
          aria-label={isNarrow ? t('calendar.due', { count: day.due }) : undefined}
          onClick={() => onDay(day)}
        >
          {isNarrow ? day.due : t('calendar.more', { count: rest })}
        </button>
      )}
    </div>
  );
}

function DayDialog({
  day,
  onOpen,
  onClose,
}: {
  day: Day;
  onOpen: (id: string) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const title = dayName(day.date, { month: 'long', day: 'numeric', weekday: 'long' });
  return (
    <Dialog label={title} className="yd-day-dialog" onClose={onClose}>
      <h2>{title}</h2>
      <p className="yd-soft">{t('calendar.due', { count: day.due })}</p>
      <div className="yd-day-list">
        {day.orders.map((order) => (
          <OrderRow key={order.id} order={order} isAt={false} onOpen={onOpen} />
        ))}
      </div>
      {day.due > day.orders.length && (
        <p className="yd-soft">{t('calendar.notShown', { count: day.due - day.orders.length })}</p>
      )}
    </Dialog>
  );
}

/** Which orders are due on which day. */
export function DueCalendar({ search, filter, onOpen, onChange }: ViewProps): ReactNode {
  const { t } = useTranslation('orders');
  const today = localDay(useNow(60_000));
  const month = search.month ?? today.slice(0, 7);
  const weeks = weeksOf(month);
  const [day, setDay] = useState<Day | null>(null);
  const query = useCall(
    getDueCalendar,
    {
      query: { ...filter, from: weeks[0]?.[0] ?? month, to: weeks.at(-1)?.[6] ?? month },
    },
    { staleTime: 15_000 },
  );
  const days = new Map(query.data?.items.map((one) => [one.date, one]));
  const go = (by: number): void => onChange({ month: monthAfter(month, by) });
  if (query.error && !query.data) {
    return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <div className="yd-calendar" aria-busy={query.isFetching}>
      <header>
        <h2>{dayName(`${month}-15`, { year: 'numeric', month: 'long' })}</h2>
        <Button
          type="text"
          icon={<LeftOutlined />}
          aria-label={t('calendar.previous')}
          title={t('calendar.previous')}
          onClick={() => go(-1)}
        />
        <Button size="small" onClick={() => onChange({ month: undefined })}>
          {t('calendar.today')}
        </Button>
        <Button
          type="text"
          icon={<RightOutlined />}
          aria-label={t('calendar.next')}
          title={t('calendar.next')}
          onClick={() => go(1)}
        />
      </header>
      <div
        role="grid"
        aria-label={t('as.calendar')}
        className={`yd-month ${query.data ? '' : 'is-waiting'}`}
      >
        <div role="row" className="yd-week is-head">
          {weeks[0]?.map((date) => (
            <span key={date} role="columnheader">
              {dayName(date, { weekday: 'short' })}
            </span>
          ))}
        </div>
        {weeks.map((week) => (
          <div key={week[0]} role="row" className="yd-week">
            {week.map((date) => (
              <Cell
                key={date}
                date={date}
                day={days.get(date)}
                isOther={!date.startsWith(month)}
                isToday={date === today}
                onOpen={onOpen}
                onDay={setDay}
              />
            ))}
          </div>
        ))}
      </div>
      {day && <DayDialog day={day} onOpen={onOpen} onClose={() => setDay(null)} />}
    </div>
  );
}
