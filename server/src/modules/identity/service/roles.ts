import type { Permission } from '@yingda/contract';
import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import { accessChanged, roleChanged } from '../events.ts';
import { requireCovered } from '../policy.ts';
import type { RoleRow } from '../store/roles.ts';
import {
  deleteRoleRow,
  insertRole,
  isRoleInUse,
  lockRole,
  selectHolders,
  selectRoles,
  updateRoleRow,
} from '../store/roles.ts';
import { audit } from './audit.ts';
import { withConstraint } from './storage-faults.ts';

const duplicate = 'role.name_taken' as const;

export function listRoles(ctx: Ctx): Promise<RoleRow[]> {
  return selectRoles(ctx.db);
}

type Noted = { id: string; name: string; details: Record<string, unknown> };

async function note(tx: Tx, action: string, { id, name, details }: Noted): Promise<void> {
  await audit(tx, { action, subjectKind: 'role', subjectId: id, subjectName: name, details });
  tx.emit(roleChanged, { id });
}

/** Makes an own role. Throws `role.name_taken`; `role.beyond_own_rights` for rights the actor has not everywhere. */
export async function createRole(
  ctx: Ctx,
  { name, permissions }: { name: string; permissions: Permission[] },
): Promise<RoleRow> {
  requireRight(ctx.actor, 'role.manage');
  requireCovered(ctx.actor, permissions, true);
  const role = { id: newId(), name, permissions: [...new Set(permissions)] };
  return transact(ctx, async (tx) => {
    await withConstraint({ duplicate }, () => insertRole(tx.db, role));
    await note(tx, 'role.created', { ...role, details: { permissions } });
    return { ...role, builtIn: null, holders: 0 };
  });
}

async function ownRole(tx: Tx, id: string): Promise<RoleRow> {
  const role = orProblem(await lockRole(tx.db, id), 'role.not_found');
  if (role.builtIn !== null) throw new Problem('role.built_in');
  return role;
}

/** Throws `role.not_found`, `role.built_in`, `role.name_taken`, `role.beyond_own_rights`. */
export async function updateRole(
  ctx: Ctx,
  id: string,
  change: { name?: string | undefined; permissions?: Permission[] | undefined },
): Promise<RoleRow> {
  requireRight(ctx.actor, 'role.manage');
  const wanted = change.permissions && [...new Set(change.permissions)];
  return transact(ctx, async (tx) => {
    const before = await ownRole(tx, id);
    const added = (wanted ?? []).filter((name) => !before.permissions.includes(name));
    requireCovered(tx.actor, added, true);
    await withConstraint({ duplicate }, () =>
      updateRoleRow(tx.db, id, { name: change.name, permissions: wanted }),
    );
    const after = orProblem(await lockRole(tx.db, id), 'role.not_found');
    const permissions = { from: before.permissions, to: after.permissions };
    if (wanted) tx.emit(accessChanged, { userIds: await selectHolders(tx.db, { roleId: id }) });
    await note(tx, 'role.changed', { ...after, details: wanted ? { permissions } : {} });
    return after;
  });
}

/** Throws `role.not_found`, `role.built_in`; `role.in_use` while somebody holds it or is invited to. */
export async function deleteRole(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx.actor, 'role.manage');
  await transact(ctx, async (tx) => {
    const role = await ownRole(tx, id);
    if (await isRoleInUse(tx.db, id)) throw new Problem('role.in_use');
    await deleteRoleRow(tx.db, id);
    await note(tx, 'role.deleted', { ...role, details: { permissions: role.permissions } });
  });
}
