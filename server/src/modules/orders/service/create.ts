import { OrderSettings } from '@yingda/contract';
import type { createOrder as createRoute, InputOf } from '@yingda/contract';
import { requireRight, teamsWith } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { ownFiles, visibleAmong } from '../../conversations/index.ts';
import { stepOf } from '../domain/flow.ts';
import { statusIn } from '../domain/machine.ts';
import { orderChanged } from '../events.ts';
import { insertLink } from '../store/extras.ts';
import type { NewLine } from '../store/line.ts';
import { insertOrder, selectContext, selectIdByKey, selectOrder } from '../store/order.ts';
import type { ContextRow, OrderRow } from '../store/order.ts';
import type { VisitRow } from '../store/visit.ts';
import { beginVisit, requireOwner, setAlarm } from './enter.ts';
import { flowOf } from './flows.ts';
import { nextNumber } from './numbers.ts';
import { readerOf, requireSight } from './reader.ts';
import { authorOf, eventOf } from './scene.ts';
import { wordsOf } from './words.ts';

export type NewOrder = InputOf<typeof createRoute, 'body'>;
/** For orders that nobody records by hand: whose they are. */
export type Recorder = { id: string | null; teamId: string | null };

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
const FALLBACK_ZONE = 'Asia/Shanghai';
const TRIES = 5;

/** What an order is made of; `visit` and `lines` are its first. */
export type Made = { order: OrderRow; visit: VisitRow; lines: NewLine[]; isNew: boolean };

async function contextOf(ctx: Ctx, input: NewOrder, recorder: Recorder): Promise<ContextRow> {
  const teams = teamsWith(ctx.actor, 'order.write');
  const context = await selectContext(ctx.db, {
    categoryId: input.categoryId,
    departmentId: input.departmentId,
    recorderId: recorder.id,
    teams: teams === 'all' ? null : teams,
    customerId: input.customerId,
  });
  if (context.categoryId === null) throw new Problem('order.category_not_found');
  if (context.flowId === null) throw new Problem('order.flow_not_found');
  if (input.departmentId !== null && context.departmentId === null) {
    throw new Problem('department.not_found');
  }
  if (input.customerId !== null && context.customerName === null) {
    throw new Problem('customer.not_found');
  }
  return context;
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
function draftOf(input: NewOrder, context: ContextRow, recorder: Recorder): OrderRow {
  const { now } = context;
  return {
    id: newId(now.getTime()),
    number: '',
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
    customer_name: input.customerName ?? context.customerName ?? '',
    conversation_id: input.conversationId,
    department_id: context.departmentId,
    owner_team_id: null,
    owner_id: null,
    recorder_id: recorder.id,
    recorder_team_id: recorder.teamId ?? context.recorderTeamId,
    planner_id: input.plan ? recorder.id : null,
    handler_id: input.result ? recorder.id : null,
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

/** Makes order, visit, line, timer and event; null when the number or the caller's key is taken. */
async function insert(
  tx: Tx,
  input: NewOrder,
  { draft, context }: { draft: OrderRow; context: ContextRow },
): Promise<Made | null> {
  const { now } = context;
  const author = authorOf(tx);
  const { definition } = await flowOf(tx, draft.flow_id);
  const step = stepOf(definition, definition.start);
  const owner = requireOwner(step, draft, context.departmentTeamId);
  const { visit, calendar } = await beginVisit(tx, { order: draft, step, owner, now });
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
  if (input.parentId !== null) {
    const link = { orderId: order.id, otherId: input.parentId };
    await insertLink(tx.db, { ...link, kind: 'parent', back: 'child' });
  }
  tx.emit(orderChanged, eventOf(order, order, { change: 'created', at: now, author }));
  return { order, ...first, isNew: true };
}

async function repeated(ctx: Ctx, key: string | undefined): Promise<Made | null> {
  const id = key === undefined ? undefined : await selectIdByKey(ctx.db, key);
  if (id === undefined) return null;
  const reader = await readerOf(ctx);
  const { now: _now, ...order } = await requireSight(ctx, reader, await selectOrder(ctx.db, id));
  return { order, visit: {} as VisitRow, lines: [], isNew: false };
}

/**
 * Records an order on the published flow of its category; the same again (by the caller's key) gives the first one.
 * Problems: `order.category_not_found`, `order.flow_not_found`, `department.not_found`, `customer.not_found`,
 * `conversation.not_found`, `file.not_found`, and of a flow that begins in a department `order.department_missing` or
 * `order.department_without_team`.
 */
export async function recordOrder(ctx: Ctx, input: NewOrder, given?: Recorder): Promise<Made> {
  requireRight(ctx.actor, 'order.write');
  const self = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  const recorder = given ?? { id: self, teamId: null };
  await checkTies(ctx, input);
  for (let tries = 0; tries < TRIES; tries++) {
    const first = await repeated(ctx, input.idempotencyKey);
    if (first) return first;
    const context = await contextOf(ctx, input, recorder);
    const { numberPattern: pattern } = OrderSettings.parse(context.settings ?? {});
    const timeZone = context.timeZone ?? FALLBACK_ZONE;
    const draft = draftOf(input, context, recorder);
    draft.number = await nextNumber(ctx, { pattern, now: context.now, timeZone });
    const made = await transact(ctx, (tx) => insert(tx, input, { draft, context }));
    if (made) return made;
    // Lost against the same request, or the number was given under another pattern: look again, take the next.
  }
  throw new Problem('server.unavailable');
}
