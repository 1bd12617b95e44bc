import type { FileView, OrderForm, OrderSummary, OrderView } from '@yingda/contract';
import { teamsWith } from '../../../kernel/actor.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { filesById } from '../../conversations/index.ts';
import { namesOf } from '../../identity/index.ts';
import { missingFields, movesFor, rolesOf, stepOf } from '../domain/flow.ts';
import type { Flow } from '../domain/flow.ts';
import { flatCalendar } from '../domain/visit-clock.ts';
import { holdingOf } from '../policy.ts';
import type { Reader } from '../policy.ts';
import { ownerNameOf, presentLine, presentSummary, presentTask, presentVisit } from '../present.ts';
import { selectLinks, selectRecurrence, selectTasks, selectVotes } from '../store/extras.ts';
import { selectLines } from '../store/line.ts';
import { selectSummaries } from '../store/lists.ts';
import type { SummaryRow } from '../store/lists.ts';
import { selectOrder } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import { selectVisitsOf } from '../store/visit.ts';
import { calendarsOf } from './calendars.ts';
import type { Made } from './create.ts';
import { flowOf, flowsById } from './flows.ts';
import { readerOf, requireSight } from './reader.ts';

const MOST_LINES = 1_000;

/** Rows as lists show them. */
export async function summariesOf(ctx: Ctx, rows: SummaryRow[]): Promise<OrderSummary[]> {
  const flows = await flowsById(ctx, [...new Set(rows.map((row) => row.flow_id))]);
  return rows.map((row) => presentSummary(row, flows.get(row.flow_id)?.definition));
}

/** What is written on the form, complete. */
export function formOf({ subject, phones, form }: OrderRow): OrderForm {
  const empty = { description: '', region: '', address: '', receipt: '', plan: '', result: '' };
  const rest = { review: '', rootCause: '', solutionAgreed: '', apology: '', compensation: '' };
  return { ...empty, ...rest, product: '', fields: {}, ...form, subject, phones };
}

/** The moves that a reader may make now, with what is still to be filled in. */
export function movesOf(order: OrderRow, flow: Flow, { party }: Reader): OrderView['moves'] {
  if (order.status !== 'open') return [];
  const roles = rolesOf(party, holdingOf(order));
  const facts = {
    customerId: order.customer_id,
    customerName: order.customer_name,
    departmentId: order.department_id,
  };
  return movesFor(stepOf(flow.definition, order.step_key), roles).map((move) => ({
    key: move.key,
    name: move.name,
    missing: missingFields(move.needs, formOf(order), facts),
  }));
}

async function linksOf(ctx: Ctx, id: string): Promise<OrderView['links']> {
  const links = await selectLinks(ctx.db, id);
  const others = links.map(({ otherId }) => otherId);
  const summaries = await summariesOf(ctx, await selectSummaries(ctx.db, others));
  return links.flatMap(({ otherId, kind }) => {
    const order = summaries.find((one) => one.id === otherId);
    return order ? [{ kind, order }] : [];
  });
}

async function approvalsOf(ctx: Ctx, order: OrderRow): Promise<OrderView['approvals']> {
  const votes = order.visit_id === null ? [] : await selectVotes(ctx.db, order.visit_id);
  return votes.map(({ teamName, userName, voterName, state, at, note }) => ({
    name: voterName ?? ownerNameOf(teamName, userName),
    state,
    at: at?.toISOString() ?? null,
    note,
  }));
}

async function filesOf(ctx: Ctx, ids: string[][]): Promise<Map<string, FileView>> {
  return filesById(ctx, [...new Set(ids.flat())]);
}

type Parts = Pick<OrderView, 'tasks' | 'links' | 'approvals' | 'recurrence' | 'lines' | 'visits'>;

async function partsOf(ctx: Ctx, order: OrderRow, now: Date): Promise<Parts> {
  const { definition } = await flowOf(ctx, order.flow_id);
  const recurrence = await selectRecurrence(ctx.db, order.id);
  const visits = await selectVisitsOf(ctx.db, order.id);
  const calendarFor = await calendarsOf(ctx, visits);
  const lines = await selectLines(ctx.db, order.id, MOST_LINES);
  const files = await filesOf(
    ctx,
    lines.map((line) => line.file_ids),
  );
  return {
    tasks: (await selectTasks(ctx.db, order.id)).map(presentTask),
    links: await linksOf(ctx, order.id),
    approvals: await approvalsOf(ctx, order),
    recurrence: recurrence
      ? { ...recurrence.rule, nextAt: recurrence.next_at.toISOString() }
      : null,
    lines: lines.map((line) => presentLine(line, files)),
    visits: visits.map((visit) =>
      presentVisit(visit, definition, { calendar: calendarFor(visit), now }),
    ),
  };
}

/** Names of those who wrote the form; the actor's own needs no asking. */
async function authorNames(
  ctx: Ctx,
  order: OrderRow,
): Promise<(id: string | null) => string | null> {
  const { actor } = ctx;
  const own = actor.kind === 'user' ? actor.userId : null;
  const ids = [order.planner_id, order.handler_id, order.recorder_id];
  const names = await namesOf(ctx, ids.filter((id) => id !== null && id !== own).map(String));
  if (actor.kind === 'user') names.set(actor.userId, actor.name);
  return (id) => (id === null ? null : (names.get(id) ?? null));
}

function ratingOf({ rating, rating_comment: comment, rated_at: at }: OrderRow) {
  if (rating === null || at === null) return null;
  return { score: rating, comment: comment ?? '', at: at.toISOString() };
}

type Seen = { order: OrderRow; row: SummaryRow | undefined; reader: Reader; parts: Parts };

async function assemble(ctx: Ctx, { order, row, reader, parts }: Seen): Promise<OrderView> {
  const flow = await flowOf(ctx, order.flow_id);
  const nameOf = await authorNames(ctx, order);
  const step = stepOf(flow.definition, order.step_key);
  const named = row ?? { ...order, ownerTeamName: null, ownerPersonName: null, tier: null };
  return {
    ...presentSummary(named, flow.definition),
    form: formOf(order),
    plannerName: nameOf(order.planner_id),
    handlerName: nameOf(order.handler_id),
    recorderName: nameOf(order.recorder_id),
    conversationId: order.conversation_id,
    flowVersion: flow.version,
    definition: flow.definition,
    moves: movesOf(order, flow, reader),
    pausedFor: order.paused_for,
    ...parts,
    checklist: step.checklist.map((text, index) => ({ text, done: order.checks[index] ?? false })),
    spentMinutes: order.spent_minutes,
    rating: ratingOf(order),
  };
}

/** One order with all that belongs to it. Throws `order.not_found`. */
export async function viewOrder(ctx: Ctx, id: string): Promise<OrderView> {
  const reader = await readerOf(ctx);
  const { now, ...order } = await requireSight(ctx, reader, await selectOrder(ctx.db, id));
  const [row] = await selectSummaries(ctx.db, [id]);
  return assemble(ctx, { order, row, reader, parts: await partsOf(ctx, order, now) });
}

/** Who recorded and holds an order needs no asking where they work to know what they may do with it. */
async function ownReader(ctx: Ctx, order: OrderRow): Promise<Reader> {
  const { actor } = ctx;
  if (actor.kind !== 'user' || order.owner_id !== actor.userId) return readerOf(ctx);
  const manages = teamsWith(actor, 'order.manage');
  const party = {
    kind: 'person' as const,
    userId: actor.userId,
    inboxTeams: new Set<string>(),
    manages: manages === 'all' ? manages : new Set(manages),
  };
  return { actor, party, teams: [], departments: [] };
}

/** An order just recorded: what it cannot have yet is not asked for, as orders come by the hundred a second. */
export async function viewMade(ctx: Ctx, made: Made): Promise<OrderView> {
  const { order } = made;
  const row = made.row ?? (await selectSummaries(ctx.db, [order.id]))[0];
  const { definition } = await flowOf(ctx, order.flow_id);
  const files = await filesOf(
    ctx,
    made.lines.map((line) => line.file_ids),
  );
  const byName = ctx.actor.kind === 'user' ? ctx.actor.name : null;
  const owner = { teamName: row?.ownerTeamName ?? null, ownerName: row?.ownerPersonName ?? null };
  const begun = { calendar: flatCalendar, now: made.visit.entered_at };
  const parts = {
    tasks: [],
    links: [],
    approvals: [],
    recurrence: null,
    lines: made.lines.map((line) => presentLine({ ...line, byName }, files)),
    visits: [presentVisit({ ...made.visit, ...owner }, definition, begun)],
  };
  return assemble(ctx, { order, row, reader: await ownReader(ctx, order), parts });
}
