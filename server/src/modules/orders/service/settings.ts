import { isNumberPattern } from '@yingda/contract';
import type {
  CategoryView,
  Fault,
  InputOf,
  OrderSettings,
  saveCategories as saveCategoriesRoute,
  WorkCalendar,
} from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { errorCode } from '../../../platform/error-code.ts';
import { hoursOf } from '../../clocks/index.ts';
import { audit } from '../../identity/index.ts';
import { orderSettingsChanged } from '../events.ts';
import { selectPublishedKeys } from '../store/flow.ts';
import * as store from '../store/settings.ts';
import { reckonAll } from './reckon.ts';
import { orderSettings } from './settings-read.ts';

async function requireHours(ctx: Ctx, ids: string[]): Promise<void> {
  const found = await hoursOf(ctx, ids);
  if (ids.some((id) => !found.has(id))) throw new Problem('hours.not_found');
}

function ownFieldFaults(fields: OrderSettings['fields']): Fault[] {
  return fields.flatMap(({ key, kind, choices }, index) => {
    const isTwice = fields.findIndex((other) => other.key === key) < index;
    const twice = isTwice ? [{ path: `fields.${index}.key`, kind: 'key_twice' }] : [];
    const isEmpty = kind === 'choice' && choices.length === 0;
    return isEmpty ? [...twice, { path: `fields.${index}.choices`, kind: 'required' }] : twice;
  });
}

function settingsFaults({ numberPattern, fields }: OrderSettings): Fault[] {
  const wrong = isNumberPattern(numberPattern)
    ? []
    : [{ path: 'numberPattern', kind: 'number_pattern' }];
  return [...wrong, ...ownFieldFaults(fields)];
}

/** Problems: `request.invalid` for a pattern without one counter or fields that cannot be told apart, `hours.not_found`. */
export async function changeSettings(ctx: Ctx, settings: OrderSettings): Promise<OrderSettings> {
  requireRight(ctx.actor, 'order.design');
  const faults = settingsFaults(settings);
  if (faults.length > 0) throw new Problem('request.invalid', { faults });
  return transact(ctx, async (tx) => {
    if (settings.hoursId !== null) await requireHours(tx, [settings.hoursId]);
    const before = await orderSettings(tx);
    await store.saveSettings(tx.db, settings);
    await audit(tx, {
      action: 'order-settings.changed',
      subjectKind: 'order-settings',
      details: { before, after: settings },
    });
    tx.emit(orderSettingsChanged, { noun: 'order-settings' });
    if (before.hoursId !== settings.hoursId) await reckonAll(tx);
    return settings;
  });
}

export function listCategories(ctx: Ctx): Promise<CategoryView[]> {
  return store.selectCategories(ctx.db);
}

const FOREIGN_KEY = '23503';
type Categories = InputOf<typeof saveCategoriesRoute, 'body'>['items'];

async function writeCategories(tx: Tx, items: Categories): Promise<void> {
  await store.lockCategories(tx.db);
  const existing = new Set((await store.selectCategories(tx.db)).map(({ id }) => id));
  if (items.some(({ id }) => id !== undefined && !existing.has(id))) {
    throw new Problem('order.category_not_found');
  }
  const keys = [...new Set(items.map(({ flowKey }) => flowKey))];
  if ((await selectPublishedKeys(tx.db, keys)).length < keys.length) {
    throw new Problem('order.flow_not_found');
  }
  const kept = items.map((item, position) => ({ ...item, id: item.id ?? newId(), position }));
  await store.retireOtherCategories(
    tx.db,
    kept.map(({ id }) => id),
  );
  for (const category of kept) await store.saveCategory(tx.db, category);
}

/**
 * Sets the categories in this order; those left out are retired. Problems: `order.category_not_found`,
 * `order.flow_not_found` for a flow that is not published, `department.not_found`.
 */
export async function saveCategories(ctx: Ctx, items: Categories): Promise<CategoryView[]> {
  requireRight(ctx.actor, 'order.design');
  try {
    await transact(ctx, async (tx) => {
      await writeCategories(tx, items);
      await audit(tx, { action: 'order-categories.changed', subjectKind: 'order-settings' });
      tx.emit(orderSettingsChanged, { noun: 'order-category' });
    });
  } catch (error) {
    if (errorCode(error) === FOREIGN_KEY) {
      throw new Problem('department.not_found', { cause: error });
    }
    throw error;
  }
  return listCategories(ctx);
}

export function listWorkCalendars(ctx: Ctx): Promise<WorkCalendar[]> {
  return store.selectWorkCalendars(ctx.db);
}

function checkCalendars(items: WorkCalendar[]): void {
  const faults = items.flatMap(({ teamId, departmentId }, index) => {
    const isOne = (teamId === null) !== (departmentId === null);
    const id = teamId ?? departmentId;
    const first = items.findIndex((other) => (other.teamId ?? other.departmentId) === id);
    if (!isOne) return [{ path: `items.${index}`, kind: 'team_or_department' }];
    return first < index ? [{ path: `items.${index}`, kind: 'key_twice' }] : [];
  });
  if (faults.length > 0) throw new Problem('request.invalid', { faults });
}

/** Sets the hours of teams and departments; clocks that run are reckoned anew. */
export async function setWorkCalendars(ctx: Ctx, items: WorkCalendar[]): Promise<WorkCalendar[]> {
  requireRight(ctx.actor, 'order.design');
  checkCalendars(items);
  try {
    await transact(ctx, async (tx) => {
      await requireHours(
        tx,
        items.map(({ hoursId }) => hoursId),
      );
      await store.replaceWorkCalendars(
        tx.db,
        items.map((item) => ({ ...item, id: newId() })),
      );
      await audit(tx, { action: 'work-calendars.changed', subjectKind: 'order-settings' });
      tx.emit(orderSettingsChanged, { noun: 'order-settings' });
      await reckonAll(tx);
    });
  } catch (error) {
    if (errorCode(error) === FOREIGN_KEY) throw new Problem('team.not_found', { cause: error });
    throw error;
  }
  return listWorkCalendars(ctx);
}
