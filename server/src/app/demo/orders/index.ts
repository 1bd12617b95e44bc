import { OrderSettings } from '@yingda/contract';
import { findOrCreateCustomer } from '../../../modules/customers/index.ts';
import {
  changeOrderSettings,
  commentOrder,
  ensureShipped,
  listCategories,
  moveOrder,
  pauseOrder,
  recordOrder,
  retellOrder,
  setWorkCalendars,
  takeOrder,
  viewOrder,
} from '../../../modules/orders/index.ts';
import { createHours } from '../../../modules/clocks/index.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import type { DepartmentKey } from '../company.ts';
import { matters, people } from './matters.ts';
import type { Matter } from './matters.ts';
import { planned } from './plan.ts';
import type { Planned } from './plan.ts';
import { deedsOf } from './steps.ts';
import type { Deed } from './steps.ts';
import { recordedAt, timesOf } from './times.ts';

/** Who works on orders in the demo. */
export type DemoDesk = {
  timeZone: string;
  /** Hours of the shop, by which the clocks of the service desk run. */
  shopHoursId: string;
  /** Those who answer customers and record orders; the first of them can sign in. */
  agents: Ctx[];
  departments: Record<DepartmentKey, { id: string; handlers: Ctx[] }>;
  /** Conversations of the demo by the customer's phone. */
  conversations: Map<string, string>;
};

const weekday = [
  { from: 9 * 60, to: 12 * 60 },
  { from: 13 * 60, to: 18 * 60 },
];

async function setHours(ctx: Ctx, { timeZone, shopHoursId, departments }: DemoDesk): Promise<void> {
  await changeOrderSettings(ctx, OrderSettings.parse({ hoursId: shopHoursId }));
  const { id: hoursId } = await createHours(ctx, {
    name: '部门工作时间',
    timeZone,
    week: Array.from({ length: 7 }, (_, day) => (day < 5 ? weekday : [])),
    specialDays: [],
  });
  const own = Object.values(departments);
  await setWorkCalendars(ctx, {
    items: own.map(({ id: departmentId }) => ({ teamId: null, departmentId, hoursId })),
  });
}

type Order = { id: string; agent: Ctx; handler: Ctx; departmentId: string };

async function perform({ id, agent, handler, departmentId }: Order, deed: Deed): Promise<void> {
  const { version } = await viewOrder(agent, id);
  if (deed.deed === 'take') return takeOrder(handler, { id, version });
  if (deed.deed === 'pause') {
    return pauseOrder(handler, { id, version, reason: 'customer', note: deed.note });
  }
  const doer = deed.by === 'agent' ? agent : handler;
  if (deed.deed === 'comment') {
    const { text, isPublic = false } = deed;
    return commentOrder(doer, { id, text, isPublic, fileIds: [] });
  }
  const { move, form, note = '', toDepartment } = deed;
  const to = toDepartment ? { departmentId } : {};
  return moveOrder(doer, { id, version, move, note, fileIds: [], ...form, ...to });
}

const urgent: readonly Planned['matter'][] = ['drilled', 'wobbling', 'delayed', 'group'];
/** Matters that customers of the demo's conversations come with. */
const talkedAbout: readonly Planned['matter'][] = ['stuck', 'hinge', 'invoice'];

type Scene = { desk: DemoDesk; categories: Map<string, string>; now: number };

async function record(plan: Planned, { desk, categories }: Scene, agent: Ctx): Promise<string> {
  const matter: Matter = matters[plan.matter];
  const [name, phone, region, address] = people[plan.person] ?? ['', '', '', ''];
  const { id: customerId } = await transact(agent, (tx) =>
    findOrCreateCustomer(tx, { name, identities: [{ kind: 'phone', value: phone }] }),
  );
  const talked = talkedAbout.includes(plan.matter);
  const { order } = await recordOrder(agent, {
    subject: matter.subject,
    description: matter.description,
    product: matter.product,
    categoryId: categories.get(matter.category) ?? '',
    priority: urgent.includes(plan.matter) ? 'high' : 'normal',
    customerId,
    phones: [phone],
    region,
    address,
    departmentId: null,
    conversationId: talked ? (desk.conversations.get(phone) ?? null) : null,
    parentId: null,
    fileIds: [],
  });
  return order.id;
}

const opinions = [
  { score: 5, comment: '处理很快，师傅也很客气。' },
  { score: 4, comment: '解决了，就是等得久了一点。' },
  { score: 5, comment: '' },
  { score: 3, comment: '结果可以，希望以后别再出这种问题。' },
  { score: 4, comment: '客服一直有跟进，满意。' },
];
const notSolved = '用了一天又出现同样的问题，希望再来看看。';
const ended = new Set(['closed', 'direct', 'reopened', 'settled']);

async function play(plan: Planned, place: number, scene: Scene): Promise<void> {
  const { desk, now } = scene;
  const matter: Matter = matters[plan.matter];
  const { id: departmentId, handlers } = desk.departments[matter.department];
  const agent = desk.agents[place % desk.agents.length];
  const handler = handlers[place % handlers.length];
  if (!agent || !handler) return;
  const orderId = await record(plan, scene, agent);
  const deeds = deedsOf(matter, plan);
  for (const deed of deeds) await perform({ id: orderId, agent, handler, departmentId }, deed);
  const gaps = deeds.flatMap((deed) => (deed.deed === 'move' ? [deed.hours] : []));
  const entered = timesOf(recordedAt(plan.recorded, now), gaps, { now, place });
  const rating = ended.has(plan.ending) ? opinions[place % opinions.length] : undefined;
  await retellOrder(agent, {
    orderId,
    entered,
    said: { solved: rating?.comment || '已解决，谢谢。', notSolved },
    rating,
  });
}

/** Orders in every state they can be in, with what the departments did, calls to make today and a history of complaints. */
export async function seedOrders(ctx: Ctx, desk: DemoDesk, now = Date.now()): Promise<void> {
  await ensureShipped(ctx);
  await setHours(ctx, desk);
  const list = await listCategories(ctx);
  const categories = new Map(list.map(({ id, name }) => [name['zh-CN'], id]));
  const oldestFirst = planned.toSorted(
    (a, b) => recordedAt(a.recorded, now) - recordedAt(b.recorded, now),
  );
  for (const [place, plan] of oldestFirst.entries()) {
    await play(plan, place, { desk, categories, now });
  }
}
