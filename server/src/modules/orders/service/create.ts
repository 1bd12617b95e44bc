import { OrderSettings } from '@yingda/contract';
import type { createOrder as createRoute, FlowStep, InputOf } from '@yingda/contract';
import { requireRight, teamsWith } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { ownFiles, visibleAmong } from '../../conversations/index.ts';
import { stepOf } from '../domain/flow.ts';
import { statusIn } from '../domain/machine.ts';
import type { Owner } from '../domain/machine.ts';
import { flatCalendar } from '../domain/visit-clock.ts';
import { orderChanged } from '../events.ts';
import { insertLink } from '../store/extras.ts';
import type { NewLine } from '../store/line.ts';
import type { SummaryRow } from '../store/lists.ts';
import { insertOrder, selectIdByKey, selectMoment, selectOrder } from '../store/order.ts';
import type { ContextRow, Moment, OrderRow } from '../store/order.ts';
import type { VisitRow } from '../store/visit.ts';
import { calendarOf } from './calendars.ts';
import type { ClockHours } from './calendars.ts';
import { contextFor } from './context.ts';
import { beginVisit, presentOwner, requireOwner, setAlarm } from './enter.ts';
import { flowOf } from './flows.ts';
import { nextNumber } from './numbers.ts';
import { beginTasks } from './step-tasks.ts';
import { fieldsBy } from './own-fields.ts';
import { readerOf, requireSight } from './reader.ts';
import { authorOf, eventOf } from './scene.ts';
import { wordsOf } from './words.ts';

export type NewOrder = InputOf<typeof createRoute, 'body'>;
/** For orders that nobody records by hand: whose they are. */
export type Recorder = { id: string | null; teamId: string | null };

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
const FALLBACK_ZONE = 'Asia/Shanghai';
const TRIES = 5;

/** What an order is made of: it with the names beside it, and its first visit and lines. */
export type Made = { order: OrderRow; row: SummaryRow | null; visit: VisitRow; lines: NewLine[] };

/** Everything that is known before the order is stored. */
type Plan = {
  context: ContextRow;
  moment: Moment;
  recorder: Recorder;
  step: FlowStep;
  owner: Owner;
  hours: ClockHours;
};

async function contextOf(ctx: Ctx, input: NewOrder, recorder: Recorder): Promise<ContextRow> {
  const teams = teamsWith(ctx.actor, 'order.write');
  const context = await contextFor(ctx, {
    categoryId: input.categoryId,
    departmentId: input.departmentId,
    recorderId: recorder.id,
    recorderTeamId: recorder.teamId,
    teams: teams === 'all' ? null : teams,
  });
  if (context.categoryId === null) throw new Problem('order.category_not_found');
  if (context.flowId === null) throw new Problem('order.flow_not_found');
  if (input.departmentId !== null && context.departmentId === null) {
    throw new Problem('department.not_found');
  }
  if (recorder.teamId !== null && context.recorderTeamId === null) {
    throw new Problem('team.not_found');
  }
  return context;
}

async function planFor(ctx: Ctx, input: NewOrder, recorder: Recorder): Promise<Plan> {
  const context = await contextOf(ctx, input, recorder);
  const { definition } = await flowOf(ctx, context.flowId ?? '');
  const step = stepOf(definition, definition.start);
  const facts = {
    recorder_id: recorder.id,
    recorder_team_id: context.recorderTeamId,
    department_id: context.departmentId,
  };
  const found = requireOwner(step, facts, context.departmentTeamId);
  const owner = await presentOwner(ctx, found, context.recorderTeamId);
  const rule = step.clock?.calendar ?? 'owner';
  const teamId = rule === 'owner' ? owner.teamId : null;
  const moment = await selectMoment(ctx.db, { teamId, customerId: input.customerId });
  if (input.customerId !== null && moment.customerName === null) {
    throw new Problem('customer.not_found');
  }
  const { hoursId } = moment;
  const hours =
    rule === 'flat'
      ? { hoursId: null, calendar: flatCalendar }
      : { hoursId, calendar: await calendarOf(ctx, { ...moment, timeZone: context.timeZone }) };
  return { context, moment, recorder, step, owner, hours };
}

/** Throws `conversation.not_found`, `file.not_found`, `order.not_found` for what the actor may not see. */
async function checkTies(ctx: Ctx, input: NewOrder): Promise<void> {
  const { conversationId, fileIds, parentId } = input;
  if (conversationId !== null && !(await visibleAmong(ctx, [conversationId])).has(conversationId)) {
    throw new Problem('conversation.not_found');
  }
  if (fileIds.length > 0) await requireFiles(ctx, fileIds);
  if (parentId !== null) {
    await requireSight(ctx, await readerOf(ctx), await selectOrder(ctx.db, parentId));
  }
}

/** Throws `file.not_found` unless the actor has uploaded all of them. */
export async function requireFiles(ctx: Ctx, fileIds: string[]): Promise<void> {
  const files = await ownFiles(ctx, fileIds);
  if (fileIds.some((id) => !files.has(id))) throw new Problem('file.not_found');
}

function formOf(input: NewOrder): OrderRow['form'] {
  const { description, region, address, receipt, plan, result, review } = input;
  const { rootCause, solutionAgreed, apology, compensation, product, fields } = input;
  const given = { description, region, address, receipt, plan, result, review, rootCause };
  const all = { ...given, solutionAgreed, apology, compensation, product, fields };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The order as it begins; where it stands is filled in with its first step. */
function draftOf(input: NewOrder, plan: Plan, number: string): OrderRow {
  const { context, moment, recorder } = plan;
  const { now } = moment;
  return {
    id: newId(now.getTime()),
    number,
    flow_id: context.flowId ?? '',
    flow_key: context.flowKey ?? '',
    category_id: input.categoryId,
    is_complaint: context.isComplaint,
    priority: priorities.indexOf(input.priority),
    status: 'open',
    step_key: '',
    visit_id: null,
    subject: input.subject,
    form: formOf(input),
    phones: input.phones ?? [],
    customer_id: input.customerId,
    customer_name: input.customerName ?? moment.customerName ?? '',
    conversation_id: input.conversationId,
    department_id: context.departmentId,
    owner_team_id: null,
    owner_id: null,
    recorder_id: recorder.id,
    recorder_team_id: context.recorderTeamId,
    planner_id: input.plan ? recorder.id : null,
    handler_id: input.result ? recorder.id : null,
    reviewer_id: input.review ? recorder.id : null,
    step_since: now,
    due_at: null,
    clock: 'none',
    paused_for: null,
    checks: [],
    spent_minutes: 0,
    reopened: 0,
    rating: null,
    rating_comment: null,
    rated_at: null,
    created_at: now,
    closed_at: null,
    version: 1,
  };
}

/** The names beside an order that is just begun; null when they are to be asked for. */
function namedOf({ actor }: Ctx, order: OrderRow, { context, moment }: Plan): SummaryRow | null {
  const teams = new Map<string | null, string | null>([
    [null, null],
    [context.recorderTeamId, context.recorderTeamName],
    [context.departmentTeamId, context.departmentTeamName],
  ]);
  const ownerTeamName = teams.get(order.owner_team_id);
  const isOwn = actor.kind === 'user' && order.owner_id === actor.userId;
  if (ownerTeamName === undefined || (order.owner_id !== null && !isOwn)) return null;
  const ownerPersonName = isOwn ? actor.name : null;
  return { ...order, ownerTeamName, ownerPersonName, tier: moment.tier };
}

/** Makes order, visit, line, timer and event; null when the number or the caller's key is taken. */
async function insert(
  tx: Tx,
  input: NewOrder,
  { draft, plan }: { draft: OrderRow; plan: Plan },
): Promise<Made | null> {
  const { step, owner, hours } = plan;
  const { now } = plan.moment;
  const author = authorOf(tx);
  const { visit, calendar } = await beginVisit(tx, { order: draft, step, owner, now, hours });
  const order: OrderRow = {
    ...draft,
    step_key: step.key,
    visit_id: visit.id,
    owner_team_id: owner.teamId,
    owner_id: owner.userId,
    due_at: visit.due_at,
    clock: visit.clock,
    status: statusIn(step, null),
  };
  const line: NewLine = {
    id: newId(now.getTime()),
    order_id: order.id,
    at: now,
    by_kind: author.kind,
    by_id: author.id,
    kind: 'created',
    text: '',
    data: { stepKey: step.key, stepName: step.name },
    file_ids: input.fileIds,
    is_public: false,
  };
  const key = input.idempotencyKey ?? null;
  const words = wordsOf(order);
  const first = { visit, lines: [line] };
  if (!(await insertOrder(tx.db, { ...order, words, idempotencyKey: key }, first))) return null;
  if (visit.due_at) await setAlarm(tx, visit, { step, calendar });
  if (step.tasks.length > 0) await beginTasks(tx, { order, step, visit, now });
  if (input.parentId !== null) {
    const link = { orderId: order.id, otherId: input.parentId };
    await insertLink(tx.db, { ...link, kind: 'parent', back: 'child' });
  }
  tx.emit(orderChanged, eventOf(order, order, { change: 'created', at: now, author }));
  return { order, row: namedOf(tx, order, plan), ...first };
}

/** The order that was recorded with this key before. */
async function repeated(ctx: Ctx, key: string | undefined): Promise<OrderRow | null> {
  const id = key === undefined ? undefined : await selectIdByKey(ctx.db, key);
  if (id === undefined) return null;
  return requireSight(ctx, await readerOf(ctx), await selectOrder(ctx.db, id));
}

/**
 * Records an order on the published flow of its category; the same again (by the caller's key) gives the first one,
 * with `made` null.
 * Problems: `order.category_not_found`, `order.flow_not_found`, `department.not_found`, `customer.not_found`,
 * `conversation.not_found`, `file.not_found`, `team.not_found`, `request.invalid` for a value that does not fit its own field, and of a flow that begins in a department `order.department_missing` or
 * `order.department_without_team`.
 */
export async function recordOrder(
  ctx: Ctx,
  input: NewOrder,
  given?: Recorder,
): Promise<{ order: OrderRow; made: Made | null }> {
  requireRight(ctx.actor, 'order.write');
  const self = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  const recorder = given ?? { id: self, teamId: null };
  await checkTies(ctx, input);
  for (let tries = 0; tries < TRIES; tries++) {
    const first = await repeated(ctx, input.idempotencyKey);
    if (first) return { order: first, made: null };
    const plan = await planFor(ctx, input, recorder);
    const settings = OrderSettings.parse(plan.context.settings ?? {});
    const pattern = settings.numberPattern;
    const timeZone = plan.context.timeZone ?? FALLBACK_ZONE;
    const number = await nextNumber(ctx, { pattern, now: plan.moment.now, timeZone });
    const fields = fieldsBy(settings, {}, input.fields);
    const draft = draftOf({ ...input, fields }, plan, number);
    const made = await transact(ctx, (tx) => insert(tx, input, { draft, plan }));
    if (made) return { order: made.order, made };
    // Lost against the same request, or the number was given under another pattern: look again, take the next.
  }
  throw new Problem('server.unavailable');
}
