import type { FileView, FlowStep, OrderForm, OrderSummary, OrderView } from '@yingda/contract';
import { teamsWith } from '../../../kernel/actor.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { filesById } from '../../conversations/index.ts';
import { namesOf } from '../../identity/index.ts';
import { missingFields, movesFor, rolesOf, stepOf, undoneBefore } from '../domain/flow.ts';
import type { Flow } from '../domain/flow.ts';
import { flatCalendar } from '../domain/visit-clock.ts';
import { holdingOf, mayAssign, mayFinish, mayWork } from '../policy.ts';
import type { Reader } from '../policy.ts';
import { ownerNameOf, presentLine, presentSummary, presentTask, presentVisit } from '../present.ts';
import { selectLinks, selectRecurrence, selectTasks, selectVotes } from '../store/extras.ts';
import type { NamedVote, TaskRow } from '../store/extras.ts';
import { selectLines } from '../store/line.ts';
import { selectSummaries } from '../store/lists.ts';
import type { SummaryRow } from '../store/lists.ts';
import { selectOrder } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import { selectVisitsOf } from '../store/visit.ts';
import { calendarsOf } from './calendars.ts';
import type { Made } from './create.ts';
import { flowOf, flowsById } from './flows.ts';
import { ownFieldKeys } from './own-fields.ts';
import { readerOf, requireSight, visibleOf } from './reader.ts';
import { doingsOf } from './step-tasks.ts';
import { ownVote } from './votes.ts';

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

type Standing = { order: OrderRow; flow: Flow; reader: Reader; tasks: TaskRow[] };

/** The moves that a reader may make now, with what is still to be filled in and to be done. */
export async function movesOf(ctx: Ctx, standing: Standing): Promise<OrderView['moves']> {
  const { order, flow, reader, tasks } = standing;
  if (order.status !== 'open') return [];
  const step = stepOf(flow.definition, order.step_key);
  const moves = movesFor(step, rolesOf(reader.party, holdingOf(order)));
  const form = formOf(order);
  const facts = {
    customerId: order.customer_id,
    customerName: order.customer_name,
    departmentId: order.department_id,
    ownFields: await ownFieldKeys(ctx, moves),
  };
  const doings = doingsOf(order, tasks);
  return moves.map((move) => ({
    key: move.key,
    name: move.name,
    missing: missingFields(move.needs, form, facts),
    undone: undoneBefore(step, move, doings),
  }));
}

/** The other orders that this reader may see as well. */
async function linksOf(ctx: Ctx, reader: Reader, id: string): Promise<OrderView['links']> {
  const links = await selectLinks(ctx.db, id);
  if (links.length === 0) return [];
  const others = await selectSummaries(
    ctx.db,
    links.map(({ otherId }) => otherId),
  );
  const seen = await visibleOf(ctx, reader, others);
  const summaries = await summariesOf(ctx, seen);
  return links.flatMap(({ otherId, kind }) => {
    const order = summaries.find((one) => one.id === otherId);
    return order ? [{ kind, order }] : [];
  });
}

const approvalsOf = (votes: NamedVote[]): OrderView['approvals'] =>
  votes.map(({ teamName, userName, voterName, state, at, note }) => ({
    name: voterName ?? ownerNameOf(teamName, userName),
    state,
    at: at?.toISOString() ?? null,
    note,
  }));

/** What a reader may do beside the moves. */
function mayOf({ order, reader, step, votes }: Acting): OrderView['may'] {
  const isOpen = order.status === 'open';
  const asked = isOpen && step.kind === 'approval' ? ownVote(reader, step, votes) : undefined;
  return {
    work: mayWork(reader, order),
    assign: isOpen && mayAssign(reader, order),
    vote: asked !== undefined,
  };
}

function tasksOf({ order, reader, step }: Acting, tasks: TaskRow[]): OrderView['tasks'] {
  const isOpen = order.status === 'open';
  return tasks.map((task) =>
    presentTask(task, {
      isAwaited: isOpen && step.doneFirst && task.visit_id === order.visit_id,
      mayFinish: isOpen && mayFinish(reader, order, task),
    }),
  );
}

async function filesOf(ctx: Ctx, ids: string[][]): Promise<Map<string, FileView>> {
  return filesById(ctx, [...new Set(ids.flat())]);
}

type Acting = { order: OrderRow; reader: Reader; step: FlowStep; votes: NamedVote[] };
type Parts = Pick<OrderView, 'links' | 'recurrence' | 'lines' | 'visits'> & {
  tasks: TaskRow[];
  votes: NamedVote[];
};

async function partsOf(
  ctx: Ctx,
  reader: Reader,
  { now, ...order }: OrderRow & { now: Date },
): Promise<Parts> {
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
    tasks: await selectTasks(ctx.db, order.id),
    links: await linksOf(ctx, reader, order.id),
    votes: order.visit_id === null ? [] : await selectVotes(ctx.db, order.visit_id),
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
  const { planner_id: planner, handler_id: handler, reviewer_id: reviewer } = order;
  const ids = [planner, handler, reviewer, order.recorder_id];
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
  const { tasks, votes, ...told } = parts;
  const acting = { order, reader, step, votes };
  const named = row ?? { ...order, ownerTeamName: null, ownerPersonName: null, tier: null };
  return {
    ...presentSummary(named, flow.definition),
    form: formOf(order),
    plannerName: nameOf(order.planner_id),
    handlerName: nameOf(order.handler_id),
    reviewerName: nameOf(order.reviewer_id),
    recorderName: nameOf(order.recorder_id),
    conversationId: order.conversation_id,
    flowVersion: flow.version,
    definition: flow.definition,
    moves: await movesOf(ctx, { order, flow, reader, tasks }),
    may: mayOf(acting),
    pausedFor: order.paused_for,
    ...told,
    tasks: tasksOf(acting, tasks),
    approvals: approvalsOf(votes),
    checklist: step.checklist.map((text, index) => ({ text, done: order.checks[index] ?? false })),
    spentMinutes: order.spent_minutes,
    rating: ratingOf(order),
  };
}

/** One order with all that belongs to it. Throws `order.not_found`. */
export async function viewOrder(ctx: Ctx, id: string): Promise<OrderView> {
  const reader = await readerOf(ctx);
  const order = await requireSight(ctx, reader, await selectOrder(ctx.db, id));
  const [row] = await selectSummaries(ctx.db, [id]);
  return assemble(ctx, { order, row, reader, parts: await partsOf(ctx, reader, order) });
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
  const step = stepOf(definition, order.step_key);
  const files = await filesOf(
    ctx,
    made.lines.map((line) => line.file_ids),
  );
  const byName = ctx.actor.kind === 'user' ? ctx.actor.name : null;
  const owner = { teamName: row?.ownerTeamName ?? null, ownerName: row?.ownerPersonName ?? null };
  const begun = { calendar: flatCalendar, now: made.visit.entered_at };
  const parts = {
    tasks: step.tasks.length === 0 ? [] : await selectTasks(ctx.db, order.id),
    links: [],
    votes: [],
    recurrence: null,
    lines: made.lines.map((line) => presentLine({ ...line, byName }, files)),
    visits: [presentVisit({ ...made.visit, ...owner }, definition, begun)],
  };
  return assemble(ctx, { order, row, reader: await ownReader(ctx, order), parts });
}
