import { isNumberPattern } from '@yingda/contract';
import type {
  CategoryView,
  Fault,
  InputOf,
  OrderSettings,
  OrderSettingsView,
  ResponseOf,
  saveCategories as saveCategoriesRoute,
  setWorkCalendars as setWorkCalendarsRoute,
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
import { orderSettings, revisionOf } from './settings-read.ts';

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

type Seen = { seen?: string | undefined };

/** Keeps others from changing the settings, and throws `order.settings_changed_meanwhile` unless they are as they were seen. */
async function lockAsSeen<T>(tx: Tx, seen: string | undefined, read: (tx: Tx) => Promise<T>) {
  await store.lockSettings(tx.db);
  const now = await read(tx);
  if (seen !== undefined && seen !== revisionOf(now)) {
    throw new Problem('order.settings_changed_meanwhile');
  }
  return now;
}

export async function readSettings(ctx: Ctx): Promise<OrderSettingsView> {
  const settings = await orderSettings(ctx);
  return { ...settings, revision: revisionOf(settings) };
}

/**
 * Problems: `request.invalid` for a pattern without one counter or fields that cannot be told apart, `hours.not_found`,
 * `order.settings_changed_meanwhile`.
 */
export async function changeSettings(
  ctx: Ctx,
  { seen, ...settings }: OrderSettings & Seen,
): Promise<OrderSettingsView> {
  requireRight(ctx.actor, 'order.design');
  const faults = settingsFaults(settings);
  if (faults.length > 0) throw new Problem('request.invalid', { faults });
  return transact(ctx, async (tx) => {
    const before = await lockAsSeen(tx, seen, orderSettings);
    if (settings.hoursId !== null) await requireHours(tx, [settings.hoursId]);
    await store.saveSettings(tx.db, settings);
    await audit(tx, {
      action: 'order-settings.changed',
      subjectKind: 'order-settings',
      details: { before, after: settings },
    });
    tx.emit(orderSettingsChanged, { noun: 'order-settings' });
    if (before.hoursId !== settings.hoursId) await reckonAll(tx);
    return readSettings(tx);
  });
}

export function listCategories(ctx: Ctx): Promise<CategoryView[]> {
  return store.selectCategories(ctx.db);
}

type CategoryList = ResponseOf<typeof saveCategoriesRoute>;
export async function readCategories(ctx: Ctx): Promise<CategoryList> {
  const items = await listCategories(ctx);
  return { items, revision: revisionOf(items) };
}

const FOREIGN_KEY = '23503';
type Categories = InputOf<typeof saveCategoriesRoute, 'body'>;

async function writeCategories(
  tx: Tx,
  before: CategoryView[],
  items: Categories['items'],
): Promise<void> {
  const existing = new Set(before.map(({ id }) => id));
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
 * `order.flow_not_found` for a flow that is not published, `department.not_found`, `order.settings_changed_meanwhile`.
 */
export async function saveCategories(ctx: Ctx, { items, seen }: Categories): Promise<CategoryList> {
  requireRight(ctx.actor, 'order.design');
  try {
    await transact(ctx, async (tx) => {
      await writeCategories(tx, await lockAsSeen(tx, seen, listCategories), items);
      await audit(tx, { action: 'order-categories.changed', subjectKind: 'order-settings' });
      tx.emit(orderSettingsChanged, { noun: 'order-category' });
    });
  } catch (error) {
    if (errorCode(error) === FOREIGN_KEY) {
      throw new Problem('department.not_found', { cause: error });
    }
    throw error;
  }
  return readCategories(ctx);
}

function listWorkCalendars(ctx: Ctx): Promise<WorkCalendar[]> {
  return store.selectWorkCalendars(ctx.db);
}

type WorkCalendarList = ResponseOf<typeof setWorkCalendarsRoute>;
export async function readWorkCalendars(ctx: Ctx): Promise<WorkCalendarList> {
  const items = await listWorkCalendars(ctx);
  return { items, revision: revisionOf(items) };
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

/** Sets the hours of teams and departments; clocks that run are reckoned anew. Problems: `hours.not_found`, `team.not_found`, `order.settings_changed_meanwhile`. */
export async function setWorkCalendars(
  ctx: Ctx,
  { items, seen }: InputOf<typeof setWorkCalendarsRoute, 'body'>,
): Promise<WorkCalendarList> {
  requireRight(ctx.actor, 'order.design');
  checkCalendars(items);
  try {
    await transact(ctx, async (tx) => {
      await lockAsSeen(tx, seen, listWorkCalendars);
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
  return readWorkCalendars(ctx);
}
