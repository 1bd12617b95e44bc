import type {
  ComplaintAnalysis,
  ComplaintFilter,
  ComplaintRow,
  ComplaintSplit,
  ImprovementView,
  InputOf,
  openImprovement as openRoute,
} from '@yingda/contract';
import { requireRight, teamsWith } from '../../../kernel/actor.ts';
import { orProblem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { organisation } from '../../identity/index.ts';
import { orderSight, recordOrder } from '../../orders/index.ts';
import { textsIn } from '../adapters/texts.ts';
import { filled, pareto, stepOf } from '../domain/pareto.ts';
import { presentImprovement } from '../present.ts';
import * as store from '../store/complaints.ts';
import type { ComplaintScope } from '../store/complaints.ts';
import type { Period } from '../store/rows.ts';
import { decode, encode } from './list.ts';
import { requirePeriod } from './scope.ts';

/** Orders of the teams that the actor leads: who reads orders only learns nothing of a department as a whole. */
async function sightOf(ctx: Ctx): Promise<ComplaintScope['sight']> {
  requireRight(ctx.actor, 'order.manage');
  const teams = teamsWith(ctx.actor, 'order.manage');
  const { userId, departments } = await orderSight(ctx);
  return { userId, departments, teams: teams === 'all' ? null : teams };
}

async function scopeOf(ctx: Ctx, filter: ComplaintFilter): Promise<ComplaintScope> {
  return {
    sight: await sightOf(ctx),
    locale: ctx.locale,
    complaintsOnly: filter.complaintsOnly,
    categoryId: filter.categoryId ?? null,
    departmentId: filter.departmentId ?? null,
    product: filter.product ?? null,
    cause: filter.cause ?? null,
  };
}

async function periodOf(ctx: Ctx, given: { from: string; to: string }): Promise<Period> {
  requirePeriod(given);
  const { timeZone } = await organisation(ctx);
  return { from: given.from, to: given.to, timeZone };
}

const total = <G>(groups: readonly G[], of: (group: G) => number): number =>
  groups.reduce((sum, group) => sum + of(group), 0);

/** What complaints come from, most frequent first. Throws `register.period_too_long`. */
export async function analyseComplaints(
  ctx: Ctx,
  { by, ...filter }: ComplaintFilter & { by: ComplaintSplit },
): Promise<ComplaintAnalysis> {
  const scope = await scopeOf(ctx, filter);
  const period = await periodOf(ctx, filter);
  const { from, to } = period;
  const groups = await store.selectGroups(ctx.db, scope, { by, period });
  const step = stepOf(from, to);
  const counts = await store.selectPeriods(ctx.db, scope, { step, period });
  const causes = by === 'cause' ? groups.map(({ key }) => key) : null;
  const improvements = await store.selectImprovements(ctx.db, scope.sight, causes);
  return {
    total: total(groups, ({ count }) => count),
    previousTotal: total(groups, ({ previous }) => previous),
    withCause: total(groups, ({ withCause }) => withCause),
    by,
    groups: pareto(groups),
    step,
    periods: filled(counts, { step, from, to }),
    improvements: improvements.map(presentImprovement),
    products: await store.selectProducts(ctx.db, { ...scope, product: null, cause: null }, period),
  };
}

/** The complaints behind a bar. Throws `register.period_too_long`. */
export async function listComplaints(
  ctx: Ctx,
  { cursor, limit, ...filter }: ComplaintFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: ComplaintRow[]; nextCursor: string | null }> {
  const scope = await scopeOf(ctx, filter);
  const period = await periodOf(ctx, filter);
  const paging = { period, after: decode(cursor), limit: limit + 1 };
  const rows = await store.selectComplaints(ctx.db, scope, paging);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
    nextCursor: last ? encode(last) : null,
  };
}

export async function listImprovements(ctx: Ctx): Promise<ImprovementView[]> {
  const rows = await store.selectImprovements(ctx.db, await sightOf(ctx), null);
  return rows.map(presentImprovement);
}

type Opening = InputOf<typeof openRoute, 'body'>;
const MOST_NAMED = 20;

/** What the figures say of a cause, in the centre's language: text of the order that is to end it. */
async function figuresOf(ctx: Ctx, opening: Opening, period: Period): Promise<string> {
  const { locale } = await organisation(ctx);
  const say = textsIn(locale);
  const { cause, product, departmentId } = opening;
  const scope: ComplaintScope = {
    sight: await sightOf(ctx),
    locale,
    complaintsOnly: true,
    categoryId: null,
    departmentId,
    product: product === '' ? null : product,
    cause: null,
  };
  const groups = pareto(await store.selectGroups(ctx.db, scope, { by: 'cause', period }));
  const folded = cause.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  const group = groups.find(({ key }) => key === folded);
  const named = await store.selectComplaints(
    ctx.db,
    { ...scope, cause },
    { period, after: null, limit: MOST_NAMED },
  );
  const share = new Intl.NumberFormat(locale, { style: 'percent' }).format(group?.share ?? 0);
  const numbers = named.map(({ number }) => number).join(', ');
  return [
    say('improvement.figures', {
      from: period.from,
      to: period.to,
      cause,
      share,
      count: group?.count ?? 0,
      previous: group?.previous ?? 0,
    }),
    ...(product === '' ? [] : [say('improvement.product', { product })]),
    ...(numbers === '' ? [] : [say('improvement.orders', { numbers })]),
  ].join('\n');
}

/** Records an order that is to end a cause of complaints, with the figures in it. Problems: those of recording an order. */
export async function openImprovement(ctx: Ctx, opening: Opening): Promise<ImprovementView> {
  const { cause, categoryId, departmentId, product, plan } = opening;
  const period = await periodOf(ctx, opening);
  const figures = await figuresOf(ctx, opening, period);
  const { locale } = await organisation(ctx);
  const subject = opening.subject ?? textsIn(locale)('improvement.subject', { cause });
  return transact(ctx, async (tx) => {
    const { order } = await recordOrder(tx, {
      subject: subject.slice(0, 200),
      description: [plan, figures].filter(Boolean).join('\n\n'),
      plan,
      product,
      categoryId,
      departmentId,
      priority: 'normal',
      customerId: null,
      customerName: (await organisation(tx)).name.slice(0, 120),
      conversationId: null,
      parentId: null,
      fileIds: [],
    });
    await store.insertImprovement(tx.db, { orderId: order.id, cause });
    const opened = await store.selectImprovements(tx.db, await sightOf(tx), null);
    const found = opened.find(({ orderId }) => orderId === order.id);
    return presentImprovement(orProblem(found, 'order.not_found'));
  });
}
