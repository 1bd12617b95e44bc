import type { FlowStep, OrderLine } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { stepOf } from '../domain/flow.ts';
import type { Flow } from '../domain/flow.ts';
import { orderChanged } from '../events.ts';
import type { OrderChanged, OrderHappening } from '../events.ts';
import type { Reader } from '../policy.ts';
import { insertLines } from '../store/line.ts';
import type { NewLine } from '../store/line.ts';
import { lockOrder, updateOrder } from '../store/order.ts';
import type { OrderRow } from '../store/order.ts';
import { selectVisits } from '../store/visit.ts';
import type { VisitRow } from '../store/visit.ts';
import { flowOf } from './flows.ts';
import { readerOf, requireSight } from './reader.ts';
import { wordsOf } from './words.ts';

export type Author = { kind: OrderLine['by']; id: string | null };

export function authorOf({ actor }: Ctx): Author {
  if (actor.kind === 'user') return { kind: 'person', id: actor.userId };
  const isRule = actor.kind === 'system' && actor.name.startsWith('automation');
  return { kind: isRule ? 'automation' : 'system', id: null };
}

/** An order in somebody's hands for the time of one transaction; `order` is changed in place and stored at the end. */
export type Scene = {
  tx: Tx;
  reader: Reader;
  author: Author;
  order: OrderRow;
  readonly before: Readonly<OrderRow>;
  flow: Flow;
  step: FlowStep;
  visit: VisitRow;
  now: Date;
  lines: NewLine[];
  /** The last one says what this was; none: nothing happened. */
  happenings: OrderHappening[];
  /** Others who look at the order must see that it is another now. */
  isNewVersion: boolean;
};

type Note = {
  kind: OrderLine['kind'];
  data?: Record<string, unknown>;
  text?: string;
  fileIds?: string[];
  isPublic?: boolean;
};

/** Writes a line and says what happened. */
export function write(scene: Scene, note: Note, happening: OrderHappening = note.kind): void {
  const { order, author, now, lines } = scene;
  lines.push({
    id: newId(now.getTime()),
    order_id: order.id,
    at: now,
    by_kind: author.kind,
    by_id: author.id,
    kind: note.kind,
    text: note.text ?? '',
    data: note.data ?? {},
    file_ids: note.fileIds ?? [],
    is_public: note.isPublic ?? false,
  });
  scene.happenings.push(happening);
}

/** What an event says of an order as it is now and was before. */
export function eventOf(
  order: OrderRow,
  before: OrderRow,
  happening: { change: OrderHappening; at: Date; author: Author; alarm?: OrderChanged['alarm'] },
): OrderChanged {
  const { change, at, author, alarm = null } = happening;
  const was = (now: string | null, then: string | null) => (now === then ? null : then);
  return {
    orderId: order.id,
    number: order.number,
    subject: order.subject,
    change,
    at: at.toISOString(),
    by: author.kind,
    byId: author.id,
    flowKey: order.flow_key,
    stepKey: order.step_key,
    previousStepKey: was(order.step_key, before.step_key),
    status: order.status,
    categoryId: order.category_id,
    customerId: order.customer_id,
    departmentId: order.department_id,
    ownerId: order.owner_id,
    ownerTeamId: order.owner_team_id,
    previousOwnerId: was(order.owner_id, before.owner_id),
    previousTeamId: was(order.owner_team_id, before.owner_team_id),
    recorderId: order.recorder_id,
    recorderTeamId: order.recorder_team_id,
    alarm,
  };
}

const textsOf = ({ subject, form, phones, customer_name: name }: OrderRow): string =>
  JSON.stringify([subject, form, phones, name]);

async function store(scene: Scene): Promise<void> {
  const { tx, order, before, lines, happenings, now, author } = scene;
  const change = happenings.at(-1);
  if (!change) return;
  if (scene.isNewVersion) order.version += 1;
  const isSame = textsOf(order) === textsOf(before);
  await updateOrder(tx.db, order, isSame ? undefined : wordsOf(order));
  await insertLines(tx.db, lines);
  tx.emit(orderChanged, eventOf(order, before, { change, at: now, author }));
}

type Options = {
  id: string;
  /** The version that the actor saw; another's change in between is refused. */
  version?: number;
  /** Who acts when it is not the actor: the customer, through their page. */
  author?: Author;
};

/** Opens an order inside a transaction, for the deeds below and for modules above. */
export async function openScene(tx: Tx, { id, version, author }: Options): Promise<Scene> {
  const reader = await readerOf(tx);
  const found = await requireSight(tx, reader, await lockOrder(tx.db, id));
  const { now, ...order } = found;
  if (version !== undefined && version !== order.version) {
    throw new Problem('order.changed_meanwhile');
  }
  const flow = await flowOf(tx, order.flow_id);
  const [visit] = await selectVisits(tx.db, [order.visit_id ?? '']);
  if (!visit) throw new Error(`order ${order.number} is nowhere`);
  return {
    tx,
    reader,
    author: author ?? authorOf(tx),
    order,
    before: structuredClone(order),
    flow,
    step: stepOf(flow.definition, order.step_key),
    visit,
    now,
    lines: [],
    happenings: [],
    isNewVersion: true,
  };
}

/** Does something with an order in one transaction: locked, seen, its version compared, and stored with what happened. */
export function onOrder<T>(
  ctx: Ctx,
  options: Options,
  deed: (scene: Scene) => Promise<T> | T,
): Promise<T> {
  return transact(ctx, async (tx) => {
    const scene = await openScene(tx, options);
    const result = await deed(scene);
    await store(scene);
    return result;
  });
}

/** Throws `order.closed` for one that has come to its end. */
export function requireOpen({ order }: Scene): void {
  if (order.status !== 'open') throw new Problem('order.closed');
}
