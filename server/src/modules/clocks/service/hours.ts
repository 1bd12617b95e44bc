import { createHours as createRoute, updateHours as updateRoute } from '@yingda/contract';
import type { InputOf } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import { transact } from '../../../platform/ctx.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { errorCode } from '../../../platform/error-code.ts';
import { audit } from '../../identity/index.ts';
import { hoursFaults } from '../domain/opening-hours.ts';
import type { Hours } from '../domain/opening-hours.ts';
import { hoursChanged } from '../events.ts';
import * as store from '../store/hours.ts';
import type { StoredHours } from '../store/hours.ts';

/** All calendars, by name. */
export function listHours(ctx: Ctx): Promise<StoredHours[]> {
  return store.selectHours(ctx);
}

/** Calendars by id, for `isOpen` and `nextChange`; unknown ids are left out. */
export async function hoursOf(ctx: Ctx, ids: string[]): Promise<Map<string, Hours>> {
  if (ids.length === 0) return new Map();
  const found = await store.selectHours(ctx, [...new Set(ids)]);
  return new Map(found.map((hours) => [hours.id, hours]));
}

async function save(tx: Tx, hours: StoredHours, action: string): Promise<StoredHours> {
  const faults = hoursFaults(hours);
  if (faults.length > 0) throw new Problem('hours.invalid', { faults });
  if (!(await store.saveHours(tx, hours))) throw new Problem('hours.name_taken');
  await note(tx, hours, action);
  return hours;
}

async function note(tx: Tx, { id, name }: StoredHours, action: string): Promise<void> {
  await audit(tx, { action, subjectKind: 'hours', subjectId: id, subjectName: name });
  tx.emit(hoursChanged, { id });
}

/** Throws `hours.invalid` with faults, `hours.name_taken`. */
export async function createHours(
  ctx: Ctx,
  input: InputOf<typeof createRoute, 'body'>,
): Promise<StoredHours> {
  requireRight(ctx.actor, 'hours.manage');
  return transact(ctx, (tx) => save(tx, { id: newId(), ...input }, 'hours.created'));
}

type Change = InputOf<typeof updateRoute, 'body'> & { id: string };

/** Throws `hours.not_found`, `hours.invalid` with faults, `hours.name_taken`. */
export async function updateHours(ctx: Ctx, { id, ...change }: Change): Promise<StoredHours> {
  requireRight(ctx.actor, 'hours.manage');
  return transact(ctx, async (tx) => {
    const before = orProblem(await store.selectHoursForUpdate(tx, id), 'hours.not_found');
    return save(tx, { ...before, ...change }, 'hours.changed');
  });
}

const FOREIGN_KEY = '23503';

/** Throws `hours.not_found`, or `hours.in_use` while a queue (or whatever else) refers to them. */
export async function deleteHours(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx.actor, 'hours.manage');
  try {
    await transact(ctx, async (tx) => {
      const hours = orProblem(await store.selectHoursForUpdate(tx, id), 'hours.not_found');
      await store.deleteHours(tx, id);
      await note(tx, hours, 'hours.deleted');
    });
  } catch (error) {
    if (errorCode(error) === FOREIGN_KEY) throw new Problem('hours.in_use', { cause: error });
    throw error;
  }
}
