import { bigrams, segment } from '../../server/src/platform/text/index.ts';
import { numbering } from '@yingda/contract';
import { arrayText, copyRow, instantText, vectorText } from '../../tools/load/copy-text.ts';
import { customerOf } from '../../tools/load/customers.ts';
import type { Customer } from '../../tools/load/customers.ts';
import { idOf, mix, randomOf } from '../../tools/load/random.ts';
import { arrivals } from '../../tools/load/timeline.ts';
import type { Category, OrderCompany, Staff } from './company.ts';
import { courseOf } from './life.ts';
import type { Course, Stay } from './life.ts';

export type OrderPlan = {
  seed: number;
  orders: number;
  customers: number;
  from: number;
  until: number;
  company: OrderCompany;
  questions: string[];
  /** Of those recorded in the last four months, so many are left lying. */
  stuckShare: number;
  /** When set: every order is open, clocks run day and night, and their next alarms are all due then. */
  allDueAt?: number;
};

export const columnsOf = {
  work_order: `id, number, flow_id, flow_key, category_id, is_complaint, priority, status, step_key, visit_id, subject,
    form, words, phones, customer_id, customer_name, department_id, owner_team_id, owner_id, recorder_id,
    recorder_team_id, handler_id, step_since, due_at, clock, paused_for, reopened, created_at, closed_at, version`,
  order_visit: `id, order_id, step_key, owner_team_id, owner_id, entered_at, left_at, hours_id, calendar, allowed_ms, left_ms,
    running_since, due_at, clock, alarms_fired, worked_ms, move`,
  order_line: 'id, order_id, at, by_kind, by_id, kind, data',
  timer: 'kind, key, due_at, run_at, payload',
  callback: `id, order_id, visit_id, customer_id, customer_name, phones, reason, due_at, next_try_at, max_tries, team_id,
    state, created_at`,
} as const;
export type Table = keyof typeof columnsOf;
export type Batch = { rows: Record<Table, string>; orders: number };

const DAY = 86_400_000;
const ZONE = 8 * 3_600_000;
const PATTERN = 'W{yyyy}{mm}{dd}-{0000}';

/** One order, by all that its rows share. */
type Order = {
  id: string;
  index: number;
  createdAt: number;
  number: string;
  flow: OrderCompany['flows'][number];
  category: Category;
  recorder: Staff;
  customer: Customer;
  question: string;
  course: Course;
  last: Stay;
  /** By which the clocks of its owners run; null: the usual ones. */
  hoursId: string | null;
};

function numbersBy(): (at: number) => string {
  const counts = new Map<string, number>();
  return (at) => {
    const local = new Date(at + ZONE);
    const date = {
      year: local.getUTCFullYear(),
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
    };
    const { period, number } = numbering(PATTERN, date);
    const count = (counts.get(period) ?? 0) + 1;
    counts.set(period, count);
    return number(count);
  };
}

/** The words of a text, cut once for all orders that say the same. */
function cutter(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const words = known.get(text) ?? segment(text);
    known.set(text, words);
    return words;
  };
}

function visitRow(order: Order, nth: number, stay: Stay): string {
  const { clock, step } = stay;
  return copyRow([
    visitIdOf(order, nth),
    order.id,
    step.key,
    stay.teamId,
    stay.userId,
    instantText(stay.enteredAt),
    instantText(stay.leftAt),
    order.hoursId,
    step.clock?.calendar ?? 'owner',
    clock.allowedMs,
    clock.leftMs,
    instantText(clock.runningSince),
    instantText(clock.dueAt),
    clock.state,
    clock.fired,
    Math.round(clock.workedMs),
    stay.move?.key ?? null,
  ]);
}

/** Who came with what to a step, and the alarms given in it. */
function lineRows(order: Order, nth: number, nextLine: () => number): string {
  const { id, course } = order;
  const stay = course.stays[nth];
  if (!stay) return '';
  const visitId = visitIdOf(order, nth);
  const row = (at: number, [by, byId]: [string, string | null], what: [string, object]): string => {
    const [kind, data] = what;
    const lineId = idOf('line', at, nextLine());
    return copyRow([lineId, id, instantText(at), by, byId, kind, JSON.stringify(data)]);
  };
  const moverId = course.stays[nth - 1]?.userId ?? order.recorder.id;
  const came: [string, object] = [nth === 0 ? 'created' : 'moved', { to: stay.step.key }];
  const alarms = stay.alarms.map(({ at, kind, level }) =>
    row(at, ['system', null], [kind, { visitId, level }]),
  );
  return row(stay.enteredAt, ['person', moverId], came) + alarms.join('');
}

function stepRows(order: Order, nextLine: () => number): { visits: string; lines: string } {
  let [visits, lines] = ['', ''];
  for (const [nth, stay] of order.course.stays.entries()) {
    visits += visitRow(order, nth, stay);
    lines += lineRows(order, nth, nextLine);
  }
  return { visits, lines };
}

const visitIdOf = ({ index, course }: Pick<Order, 'index' | 'course'>, nth: number): string =>
  idOf('visit', course.stays[nth]?.enteredAt ?? 0, index * 32 + nth);

/** Moves a stay so that its next alarm is due when the plan wants it. */
function dueThen(stay: Stay, at: number): void {
  if (stay.nextAlarmAt === null || stay.clock.dueAt === null) return;
  const by = at - stay.nextAlarmAt;
  stay.nextAlarmAt += by;
  stay.enteredAt += by;
  stay.clock = {
    ...stay.clock,
    dueAt: stay.clock.dueAt + by,
    runningSince: (stay.clock.runningSince ?? 0) + by,
  };
}

function timerRow(order: Order): string {
  const { last } = order;
  if (!isOpen(order) || last.nextAlarmAt === null) return '';
  const visitId = visitIdOf(order, order.course.stays.length - 1);
  const due = instantText(last.nextAlarmAt);
  const payload = JSON.stringify({ orderId: order.id, visitId });
  return copyRow(['order.alarm', visitId, due, due, payload]);
}

/** Everything about one order follows from the seed and its number. */
function orderOf(
  plan: OrderPlan,
  { index, createdAt, number }: Pick<Order, 'index' | 'createdAt' | 'number'>,
): Order {
  const { company, seed, until, questions } = plan;
  const random = randomOf(mix(seed, index));
  const of = <T>(list: readonly T[]): T => list[random.int(list.length)] as T;
  const category = of(company.categories);
  const flow = company.flows.find(({ key }) => key === category.flowKey);
  if (!flow) throw new Error(`the flow ${category.flowKey} is missing`);
  const recorder = of(company.agents);
  const isYoung = until - createdAt < 120 * DAY;
  const course = courseOf(
    {
      definition: flow.definition,
      createdAt,
      until: plan.allDueAt === undefined ? until : createdAt + 1,
      recorder,
      department: of(company.departments),
      isFlat: plan.allDueAt !== undefined,
      isStuck: isYoung && random.chance(plan.stuckShare),
    },
    random,
  );
  const last = course.stays.at(-1);
  if (!last) throw new Error('an order is somewhere');
  if (plan.allDueAt !== undefined) dueThen(last, plan.allDueAt);
  const customer = customerOf(seed, random.int(plan.customers), plan.from);
  const question = of(questions).slice(0, 500);
  const id = idOf('order', createdAt, index);
  return {
    hoursId: plan.allDueAt === undefined ? null : company.alwaysId,
    id,
    index,
    createdAt,
    number,
    flow,
    category,
    recorder,
    customer,
    question,
    course,
    last,
  };
}

const phonesOf = ({ customer: { phone } }: Order): string[] => (phone === null ? [] : [phone]);
const isOpen = ({ course }: Order): boolean => course.status === 'open';

function orderRow(order: Order, cut: (text: string) => string): string {
  const { id, number, flow, category, recorder, customer, question, course, last } = order;
  const subject = question.slice(0, 60).replaceAll(/\s+/g, ' ').trim() || '问题';
  const phones = phonesOf(order);
  const answered = course.handlerId === null ? {} : { result: '已处理，请回复客户。' };
  const parts = bigrams([number, customer.name, ...phones].join('\n'));
  const words = [...new Set(`${cut(question)} ${parts}`.split(' '))].filter((word) => word !== '');
  // An end is held by nobody: the order keeps who had it before.
  const owner = isOpen(order) ? last : (course.stays.at(-2) ?? last);
  return copyRow([
    id,
    number,
    flow.id,
    flow.key,
    category.id,
    category.isComplaint,
    order.index % 10 === 0 ? 2 : 1,
    course.status,
    last.step.key,
    visitIdOf(order, course.stays.length - 1),
    subject,
    JSON.stringify({ description: question, ...answered }),
    vectorText(words.join(' ')),
    arrayText(phones),
    customer.id,
    customer.name,
    course.department?.id ?? null,
    owner.teamId,
    owner.userId,
    recorder.id,
    recorder.teamId,
    course.handlerId,
    instantText(last.enteredAt),
    instantText(last.clock.dueAt),
    last.clock.state,
    last.clock.state === 'paused' ? 'customer' : null,
    course.reopened,
    instantText(order.createdAt),
    isOpen(order) ? null : instantText(last.enteredAt),
    course.stays.length,
  ]);
}

function callbackRow(order: Order): string {
  const { last, customer, category, recorder, course } = order;
  if (!isOpen(order) || last.step.kind !== 'callback') return '';
  const entered = instantText(last.enteredAt);
  return copyRow([
    idOf('callback', last.enteredAt, order.index),
    order.id,
    visitIdOf(order, course.stays.length - 1),
    customer.id,
    customer.name,
    arrayText(phonesOf(order)),
    category.isComplaint ? 'complaint_follow_up' : 'confirm_result',
    instantText(last.clock.dueAt ?? last.enteredAt),
    entered,
    3,
    recorder.teamId,
    'open',
    entered,
  ]);
}

const empty = (): Batch => ({
  rows: { work_order: '', order_visit: '', order_line: '', timer: '', callback: '' },
  orders: 0,
});

/** Orders in the order of their recording, some thousand at once. */
export function* orderBatches(plan: OrderPlan, size = 4_000): Generator<Batch> {
  const cut = cutter();
  const numberAt = numbersBy();
  let lines = 0;
  const nextLine = (): number => (lines += 1);
  let batch = empty();
  let index = 0;
  for (const createdAt of arrivals(plan.orders, plan, randomOf(plan.seed))) {
    const order = orderOf(plan, { index, createdAt, number: numberAt(createdAt) });
    const { rows } = batch;
    const steps = stepRows(order, nextLine);
    rows.work_order += orderRow(order, cut);
    rows.order_visit += steps.visits;
    rows.order_line += steps.lines;
    rows.timer += timerRow(order);
    rows.callback += callbackRow(order);
    index += 1;
    batch.orders += 1;
    if (batch.orders === size || index === plan.orders) {
      yield batch;
      batch = empty();
    }
  }
}
