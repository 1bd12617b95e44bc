import type {
  FileView,
  InputOf,
  OrderPortalView,
  writeOrderPortal as writeRoute,
} from '@yingda/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { VisitorActor } from '../../../kernel/actor.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { actingAs, transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { readToken, signToken } from '../../../platform/secrets/index.ts';
import { filesById, ownFiles, storeUpload } from '../../conversations/index.ts';
import { organisation } from '../../identity/index.ts';
import { isOfSameCustomer, requireWork } from '../policy.ts';
import { selectMergedInto } from '../store/extras.ts';
import { selectLines } from '../store/line.ts';
import type { LineRow } from '../store/line.ts';
import { selectOrder } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import { selectVisitsOf } from '../store/visit.ts';
import type { NamedVisit } from '../store/visit.ts';
import { flowOf } from './flows.ts';
import type { Flow } from '../domain/flow.ts';
import { answerResult, goOn } from './move.ts';
import { readerOf, requireSight } from './reader.ts';
import { onOrder, write } from './scene.ts';
import { orderSettings } from './settings-read.ts';

const PURPOSE = 'order-portal';
const Payload = z.object({ o: z.uuid() });
const customer = { kind: 'customer', id: null } as const;
const MOST_LINES = 500;

/** Address of the customer's page; who has it needs no account. Problems: `order.not_found`, `order.not_yours`. */
export async function portalLink(ctx: Ctx, id: string): Promise<string> {
  const reader = await readerOf(ctx);
  // Who has it acts as the customer: it is for those who work on the order.
  requireWork(reader, await requireSight(ctx, reader, await selectOrder(ctx.db, id)));
  return portalUrl(ctx, id);
}

/** The same for an order that the caller has checked. */
export function portalUrl({ services: { config } }: Ctx, id: string): string {
  return `${config.baseUrl}/o/${signToken(config.authSecret, { o: id }, { purpose: PURPOSE })}`;
}

/** How often an order goes on in another that goes on in a third; more is nobody's patience. */
const MOST_MERGES = 20;

/**
 * The order of a link; of one that goes on in another of the same customer, the other. Throws `order.link_invalid` for
 * a token that we did not sign for this.
 */
async function orderIdOf(ctx: Ctx, token: string): Promise<string> {
  let order = orProblem(await selectOrder(ctx.db, signedIdOf(ctx, token)), 'order.link_invalid');
  for (let hops = 0; hops < MOST_MERGES; hops++) {
    const into = order.status === 'open' ? undefined : await selectMergedInto(ctx.db, order.id);
    if (!into || !isOfSameCustomer(order, into)) break;
    order = { ...order, ...into };
  }
  return order.id;
}

function signedIdOf({ services }: Ctx, token: string): string {
  const payload = Payload.safeParse(
    readToken(services.config.authSecret, token, { purpose: PURPOSE }),
  );
  if (!payload.success) throw new Problem('order.link_invalid');
  return payload.data.o;
}

/** The customer's steps in order: those passed, the present one, and those that the flow usually goes on to. */
function stepsOf(order: OrderRow, flow: Flow, visits: NamedVisit[]): OrderPortalView['steps'] {
  const { steps } = flow.definition;
  const shown = steps.filter(({ customerName, kind, key }) => {
    if (customerName === null) return false;
    // Of several ends only the one that was reached, or else the first.
    if (kind !== 'end') return true;
    const ends = steps.filter((step) => step.kind === 'end');
    return order.status === 'open' ? key === ends[0]?.key : key === order.step_key;
  });
  const current = shown.findIndex(({ key }) => key === order.step_key);
  return shown.flatMap(({ key, customerName: name }, index) => {
    const visit = visits.findLast((one) => one.step_key === key);
    if (name === null) return [];
    if (order.status !== 'open') {
      // Only what was passed is told: a way that was not taken would only be asked about.
      return visit ? [{ name, state: 'done' as const, at: visit.entered_at.toISOString() }] : [];
    }
    const state = index === current ? 'current' : visit && index < current ? 'done' : 'to_come';
    const at = state === 'to_come' || !visit ? null : visit.entered_at.toISOString();
    return [{ name, state, at }];
  });
}

type Found = OrderRow & { now: Date };

/** What the customer may read of what was written, with the files that hang on it. */
async function talkOf(ctx: Ctx, all: LineRow[]): Promise<OrderPortalView['lines']> {
  const lines = all.filter(
    ({ is_public: isPublic, text, file_ids: ids }) => isPublic && (text !== '' || ids.length > 0),
  );
  const files = await filesById(
    ctx,
    lines.flatMap((line) => line.file_ids),
  );
  return lines.map(({ at, by_kind: by, text, file_ids: ids }) => ({
    at: at.toISOString(),
    fromCustomer: by === 'customer',
    text,
    files: ids.flatMap((id) => files.get(id) ?? []),
  }));
}

const DAY_MS = 86_400_000;

/** Whether the customer may still say that a closed order is not solved: within the window of repeated contacts. */
async function mayReopen(ctx: Ctx, { id, status, closed_at: at, now }: Found): Promise<boolean> {
  if (status !== 'closed' || at === null) return false;
  // What goes on in another order is spoken of there.
  if (await selectMergedInto(ctx.db, id)) return false;
  const { repeatDays } = await orderSettings(ctx);
  return now.getTime() - at.getTime() <= repeatDays * DAY_MS;
}

async function viewOf(ctx: Ctx, id: string): Promise<OrderPortalView> {
  const order = orProblem(await selectOrder(ctx.db, id), 'order.link_invalid');
  const flow = await flowOf(ctx, order.flow_id);
  const { name, locale } = await organisation(ctx);
  const lines = await selectLines(ctx.db, id, MOST_LINES);
  const step = flow.definition.steps.find(({ key }) => key === order.step_key);
  const mayConfirm = order.status === 'open' && step?.kind === 'callback';
  const mayReopenIt = await mayReopen(ctx, order);
  return {
    number: order.number,
    subject: order.subject,
    organisationName: name,
    locale,
    createdAt: order.created_at.toISOString(),
    status: order.status,
    steps: stepsOf(order, flow, await selectVisitsOf(ctx.db, id)),
    lines: await talkOf(ctx, lines),
    expectedBy: order.due_at?.toISOString() ?? null,
    // Before they are asked it is a draft of the departments; long after it is nobody's business who finds the link.
    result: mayConfirm || mayReopenIt ? (order.form.result ?? '') : '',
    mayConfirm,
    mayReopen: mayReopenIt,
    mayRate: order.status === 'closed' && order.rating === null,
    rating: order.rating,
  };
}

/** Throws `order.link_invalid`. */
export async function readPortal(ctx: Ctx, token: string): Promise<OrderPortalView> {
  return viewOf(ctx, await orderIdOf(ctx, token));
}

/**
 * Who uploads on the page of an order: the page itself. What hangs on it later must have come from there, because an
 * id alone gives no right to a file.
 */
const pageOf = (orderId: string): VisitorActor => ({
  kind: 'visitor',
  visitorId: orderId,
  customerId: null,
  widgetId: orderId,
  name: '',
});

/** Keeps a file the customer will add. Problems: `order.link_invalid`, those of `storeUpload`. */
export async function uploadPortalFile(
  ctx: Ctx,
  token: string,
  request: FastifyRequest,
): Promise<FileView> {
  const id = await orderIdOf(ctx, token);
  return storeUpload(actingAs(ctx, pageOf(id)), request);
}

type Added = { text: string; fileIds: string[] };

/** What the customer adds is public; an order that waited for them goes on. */
async function add(ctx: Ctx, id: string, { text, fileIds }: Added): Promise<void> {
  const files = await ownFiles(actingAs(ctx, pageOf(id)), fileIds);
  const known = fileIds.filter((fileId) => files.has(fileId));
  if (text.trim() === '' && known.length === 0) throw new Problem('file.not_found');
  await onOrder(ctx, { id, author: customer }, async (scene) => {
    if (scene.order.paused_for === 'customer' && scene.order.status === 'open') await goOn(scene);
    else scene.isNewVersion = false;
    write(scene, { kind: 'commented', text: text.trim(), fileIds: known, isPublic: true });
  });
}

async function rate(ctx: Ctx, id: string, given: { score: number; comment: string }) {
  await onOrder(ctx, { id, author: customer }, (scene) => {
    const { order, now } = scene;
    if (order.status !== 'closed') throw new Problem('order.not_closed');
    if (order.rating !== null) throw new Problem('order.closed');
    Object.assign(order, { rating: given.score, rating_comment: given.comment, rated_at: now });
    scene.isNewVersion = false;
    write(scene, { kind: 'rated', text: given.comment, data: { score: given.score } });
  });
}

type Deed = InputOf<typeof writeRoute, 'body'>;

/**
 * What a customer does on their page. Problems: `order.link_invalid`, `order.move_not_allowed` when nothing waits for
 * their word or it was closed too long ago to go on, `order.not_closed` and `order.closed` when it cannot be rated yet,
 * or was already.
 */
export async function writePortal(ctx: Ctx, token: string, deed: Deed): Promise<OrderPortalView> {
  const id = await orderIdOf(ctx, token);
  const own = actingAs(ctx, { kind: 'system', name: 'order page' });
  if (deed.deed === 'add') await add(own, id, deed);
  else if (deed.deed === 'rate') await rate(own, id, deed);
  else await answer(own, id, deed);
  return viewOf(ctx, id);
}

async function answer(ctx: Ctx, id: string, deed: Extract<Deed, { deed: 'confirm' | 'reject' }>) {
  const note = deed.deed === 'reject' ? deed.text : '';
  const effect = deed.deed === 'reject' ? 'not_solved' : 'solved';
  await transact(ctx, async (tx) => {
    const order = orProblem(await selectOrder(tx.db, id), 'order.link_invalid');
    const isOver = order.status !== 'open' && !(await mayReopen(tx, order));
    const isDone =
      !isOver && (await answerResult(tx, { orderId: id, effect, note, author: customer }));
    if (!isDone) throw new Problem('order.move_not_allowed', { params: { move: effect } });
    if (deed.deed === 'reject' && deed.fileIds.length > 0) {
      await add(tx, id, { text: '', fileIds: deed.fileIds });
    }
  });
}
