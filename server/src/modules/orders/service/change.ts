import { formTexts } from '@yingda/contract';
import type {
  commentOrder as commentRoute,
  InputOf,
  OrderForm,
  updateOrder as updateRoute,
} from '@yingda/contract';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { customerBriefs } from '../../customers/index.ts';
import { isActive, selectDepartmentTeam, selectInboxPeople } from '../store/people.ts';
import { selectCategories } from '../store/settings.ts';
import { mayAssign, requireWork } from '../policy.ts';
import { isCommented } from '../store/line.ts';
import { updateVisits } from '../store/visit.ts';
import { namesOf } from '../../identity/index.ts';
import { priorities, requireFiles } from './create.ts';
import { ownFields } from './own-fields.ts';
import { onOrder, requireOpen, write } from './scene.ts';
import type { Scene } from './scene.ts';

type Form = Partial<OrderForm>;
type Facts = Pick<
  InputOf<typeof updateRoute, 'body'>,
  'categoryId' | 'priority' | 'departmentId' | 'customerId'
>;

const formKeys = ['description', ...formTexts, 'product'] as const;

/** What the form names its author of. */
const authored = [
  ['plan', 'planner_id'],
  ['result', 'handler_id'],
  ['review', 'reviewer_id'],
] as const;

/** Writes what is given on the form (own fields: all of them); the fields that are others now. Who plans and who handles follows from it. */
export function applyForm({ order, author }: Scene, given: Form): string[] {
  const changed: string[] = [];
  const form = { ...order.form };
  for (const key of formKeys) {
    const value = given[key];
    if (value === undefined || value === (form[key] ?? '')) continue;
    form[key] = value;
    changed.push(key);
  }
  if (given.fields !== undefined) {
    form.fields = given.fields;
    changed.push('fields');
  }
  order.form = form;
  if (given.subject !== undefined && given.subject !== order.subject) {
    order.subject = given.subject;
    changed.push('subject');
  }
  if (given.phones !== undefined && given.phones.join() !== order.phones.join()) {
    order.phones = given.phones;
    changed.push('phones');
  }
  for (const [key, column] of authored) if (changed.includes(key)) order[column] = author.id;
  return changed;
}

/** Names the department that the order is transferred to. Problems: `department.not_found`, `order.department_without_team`. */
export async function applyDepartment(
  { tx, order }: Scene,
  departmentId: string | null | undefined,
): Promise<string[]> {
  if (departmentId === undefined || departmentId === order.department_id) return [];
  if (departmentId !== null && (await selectDepartmentTeam(tx.db, departmentId)) === null) {
    throw new Problem('order.department_without_team');
  }
  order.department_id = departmentId;
  return ['department'];
}

async function applyCategory({ tx, order }: Scene, id: string | undefined): Promise<string[]> {
  if (id === undefined || id === order.category_id) return [];
  const category = (await selectCategories(tx.db)).find((one) => one.id === id);
  if (!category || category.retired) throw new Problem('order.category_not_found');
  order.category_id = category.id;
  order.is_complaint = category.isComplaint;
  return ['category'];
}

/** Names the customer. Throws `customer.not_found`. */
export async function applyCustomer(
  { tx, order }: Scene,
  id: string | null | undefined,
): Promise<string[]> {
  if (id === undefined || id === order.customer_id) return [];
  const brief = id === null ? null : (await customerBriefs(tx, [id])).get(id);
  if (brief === undefined) throw new Problem('customer.not_found');
  order.customer_id = brief?.id ?? null;
  order.customer_name = brief?.name ?? order.customer_name;
  return ['customer'];
}

function applyPriority({ order }: Scene, given: Facts['priority']): string[] {
  if (given === undefined || priorities.indexOf(given) === order.priority) return [];
  order.priority = priorities.indexOf(given);
  return ['priority'];
}

async function applyFacts(scene: Scene, given: Facts): Promise<string[]> {
  return [
    ...(await applyDepartment(scene, given.departmentId)),
    ...(await applyCategory(scene, given.categoryId)),
    ...applyPriority(scene, given.priority),
    ...(await applyCustomer(scene, given.customerId)),
  ];
}

type Update = Omit<InputOf<typeof updateRoute, 'body'>, 'version'> & {
  id: string;
  version?: number;
};

/**
 * Fills in the form; whether anything is other than before. Problems: `order.changed_meanwhile`, `order.closed`, `order.not_yours`,
 * `order.category_not_found`, `customer.not_found`, `order.department_without_team`, `request.invalid` for a value that
 * does not fit its own field.
 */
export async function changeOrder(ctx: Ctx, { id, version, ...given }: Update): Promise<boolean> {
  return onOrder(ctx, { id, version }, async (scene) => {
    requireOpen(scene);
    requireWork(scene.reader, scene.order);
    const fields = await ownFields(scene.tx, scene.order.form.fields, given.fields);
    const changed = [
      ...applyForm(scene, { ...given, fields }),
      ...(await applyFacts(scene, given)),
    ];
    if (changed.length > 0) write(scene, { kind: 'changed', data: { fields: changed } });
    return changed.length > 0;
  });
}

type Comment = InputOf<typeof commentRoute, 'body'> & { id: string };

/**
 * Writes on the order, also on a closed one; the same again (by the caller's key) is written once. Problems: `request.invalid` for nothing at all, `file.not_found`,
 * `order.not_yours` for who would write to the customer without a part in the order.
 */
export async function commentOrder(ctx: Ctx, comment: Comment): Promise<void> {
  const { id, text, isPublic, fileIds, idempotencyKey: key } = comment;
  if (text.trim() === '' && fileIds.length === 0) {
    throw new Problem('request.invalid', { faults: [{ path: 'text', kind: 'required' }] });
  }
  if (fileIds.length > 0) await requireFiles(ctx, fileIds);
  await onOrder(ctx, { id }, async (scene) => {
    // Colleagues who see it may say something; what the customer reads comes from who works on it.
    if (isPublic) requireWork(scene.reader, scene.order);
    // The order is locked, so two at once cannot both be the first.
    if (key !== undefined && (await isCommented(scene.tx.db, id, key))) return;
    scene.isNewVersion = false;
    write(scene, { kind: 'commented', text, isPublic, fileIds, data: key ? { key } : {} });
  });
}

type Taking = { id: string; version: number; ownerId?: string | null | undefined };

async function requireColleague({ tx, order }: Scene, userId: string): Promise<void> {
  const teamId = order.owner_team_id;
  const fits =
    teamId === null
      ? await isActive(tx.db, userId)
      : (await selectInboxPeople(tx.db, [teamId])).some((one) => one.userId === userId);
  if (!fits) throw new Problem('person.not_found');
}

function requireHand({ reader, order }: Scene): void {
  if (!mayAssign(reader, order)) throw new Problem('order.not_yours');
}

/**
 * Takes the order, gives it to a colleague, or (null) back to the inbox. Problems: `order.closed`, `order.not_yours`,
 * `order.changed_meanwhile`, `person.not_found` for who is none of the owning team.
 */
export async function takeOrder(ctx: Ctx, { id, version, ownerId }: Taking): Promise<void> {
  await onOrder(ctx, { id, version }, async (scene) => {
    requireOpen(scene);
    requireHand(scene);
    const { order, author, tx } = scene;
    const next = ownerId === undefined ? author.id : ownerId;
    if (next === order.owner_id) return;
    if (next === null && order.owner_team_id === null) throw new Problem('order.not_yours');
    if (next !== null && next !== author.id) await requireColleague(scene, next);
    order.owner_id = next;
    scene.visit = { ...scene.visit, owner_id: next };
    await updateVisits(tx.db, [scene.visit]);
    const name = next === null ? null : ((await namesOf(tx, [next])).get(next) ?? null);
    write(scene, { kind: 'taken', data: { name } });
  });
}

type Time = { id: string; minutes: number; note: string };

export async function spendTime(ctx: Ctx, { id, minutes, note }: Time): Promise<void> {
  await onOrder(ctx, { id }, (scene) => {
    requireWork(scene.reader, scene.order);
    scene.isNewVersion = false;
    scene.order.spent_minutes += minutes;
    write(scene, { kind: 'time_spent', data: { minutes }, text: note });
  });
}

type Check = { id: string; index: number; done: boolean };

/** Throws `request.invalid` for a line that the step does not have. */
export async function checkOrder(ctx: Ctx, { id, index, done }: Check): Promise<void> {
  await onOrder(ctx, { id }, (scene) => {
    requireOpen(scene);
    requireWork(scene.reader, scene.order);
    const text = scene.step.checklist[index];
    if (text === undefined) {
      const params = { max: scene.step.checklist.length - 1 };
      throw new Problem('request.invalid', {
        faults: [{ path: 'index', kind: 'too_big', params }],
      });
    }
    scene.isNewVersion = false;
    scene.order.checks = scene.step.checklist.map((_, place) =>
      place === index ? done : (scene.order.checks[place] ?? false),
    );
    write(scene, { kind: 'checked', data: { text, done } });
  });
}
