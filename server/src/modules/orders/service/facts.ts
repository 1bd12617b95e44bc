import type { OrderForm, OrderSummary } from '@yingda/contract';
import type { Ctx } from '../../../platform/ctx.ts';
import type { Calendar } from '../domain/visit-clock.ts';
import { selectIdByNumber, selectIds, selectTextAt, selectTouched } from '../store/facts.ts';
import { selectSummaries } from '../store/lists.ts';
import { selectPastAnchors, selectPastLate, selectPastLines } from '../store/past.ts';
import type { PastRow } from '../store/past.ts';
import { hoursFor } from './calendars.ts';
import { formOf, summariesOf } from './view.ts';

/** An order as automations and other programs know it. */
export type OrderFacts = {
  order: OrderSummary;
  form: OrderForm;
  conversationId: string | null;
  recorderTeamId: string | null;
  rating: number | null;
  spentMinutes: number;
  pausedFor: string | null;
  /** When a person or the customer last did something to it. */
  touchedAt: string;
};
export type PastOrder = PastRow;

/** What is known of orders, by id; whoever asks has checked who may know it. */
export async function orderFacts(
  ctx: Ctx,
  orderIds: Iterable<string>,
): Promise<Map<string, OrderFacts>> {
  const ids = [...new Set(orderIds)];
  if (ids.length === 0) return new Map();
  const rows = await selectSummaries(ctx.db, ids);
  const summaries = await summariesOf(ctx, rows);
  const touched = await selectTouched(ctx.db, ids);
  return new Map(
    rows.flatMap((row, index) => {
      const order = summaries[index];
      if (!order) return [];
      const facts: OrderFacts = {
        order,
        form: formOf(row),
        conversationId: row.conversation_id,
        recorderTeamId: row.recorder_team_id,
        rating: row.rating,
        spentMinutes: row.spent_minutes,
        pausedFor: row.paused_for,
        touchedAt: (touched.get(row.id) ?? row.created_at).toISOString(),
      };
      return [[row.id, facts] as const];
    }),
  );
}

/** The order with this number; undefined when there is none. */
export const orderIdOf = (ctx: Ctx, number: string): Promise<string | undefined> =>
  selectIdByNumber(ctx.db, number);

/** What was written on an order at the moment that an event names; empty when nothing was. */
export const orderTextAt = (ctx: Ctx, orderId: string, at: string): Promise<string> =>
  selectTextAt(ctx.db, orderId, at);

/** Ids of open orders, or of those that ended since an instant, page by page in the order of their ids. */
export const orderIds = (
  ctx: Ctx,
  page: { after: string | null; endedSince: Date | null; limit: number },
): Promise<string[]> => selectIds(ctx.db, page);

/** Working time of the organisation. */
export async function organisationCalendar(ctx: Ctx): Promise<Calendar> {
  return (await hoursFor(ctx, { rule: 'organisation', teamId: null })).calendar;
}

type Asked = { from: Date; limit: number };

/** What happened to orders: the events of these names (without their `order.`), newest first. */
export async function pastOrderEvents(
  ctx: Ctx,
  { names, ...asked }: Asked & { names: string[] },
): Promise<PastOrder[]> {
  const kinds = names.filter((name) => !['late', 'closed', 'moved'].includes(name));
  const found: PastOrder[] = [];
  if (kinds.length > 0) {
    found.push(...(await selectPastLines(ctx.db, { ...asked, kinds, isEnd: null })));
  }
  for (const isEnd of [true, false]) {
    if (!names.includes(isEnd ? 'closed' : 'moved')) continue;
    found.push(...(await selectPastLines(ctx.db, { ...asked, kinds: ['moved'], isEnd })));
  }
  if (names.includes('late')) found.push(...(await selectPastLate(ctx.db, asked)));
  return found.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, asked.limit);
}

/** From when a clock (as `order.in_step`) counted for orders, newest first. */
export const pastOrderAnchors = (
  ctx: Ctx,
  asked: Asked & { clock: string },
): Promise<PastOrder[]> => selectPastAnchors(ctx.db, asked);
