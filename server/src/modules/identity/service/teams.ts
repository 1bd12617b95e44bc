import { requireRight } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import {
  accessChanged,
  departmentChanged,
  teamChanged,
  teamCreated,
  teamDeleted,
} from '../events.ts';
import { selectHolders } from '../store/roles.ts';
import type { DepartmentRow, TeamRow } from '../store/teams.ts';
import {
  deleteDepartmentRow,
  insertDepartment,
  insertTeam,
  lockTeam,
  renameDepartment,
  replaceMembers,
  retireTeam,
  selectDepartment,
  selectDepartments,
  selectTeam,
  selectTeams,
  updateTeamRow,
} from '../store/teams.ts';
import { audit } from './audit.ts';
import { withConstraint } from './storage-faults.ts';

export type TeamInput = {
  name: string;
  departmentId?: string | null | undefined;
  memberIds?: string[] | undefined;
};

/** Asked before a team is deleted; true: somebody still needs it. */
export type TeamUse = (tx: Tx, teamId: string) => Promise<boolean>;
const uses: TeamUse[] = [];

/**
 * Lets a module above say that a team is in use, so that deleting it is refused with `team.in_use`. Call once, when the
 * module is loaded.
 */
export function guardTeam(isInUse: TeamUse): void {
  uses.push(isInUse);
}

const constraints = { duplicate: 'team.name_taken', reference: 'department.not_found' } as const;

export function listTeams(ctx: Ctx): Promise<TeamRow[]> {
  return selectTeams(ctx.db);
}

function entry(action: string, { id, name }: { id: string; name: string }, details = {}) {
  return { action, subjectKind: 'team', subjectId: id, subjectName: name, details };
}

/** Makes a team; whoever hears `team.created` makes what a team needs. Throws `team.name_taken`, `department.not_found`. */
export async function createTeam(ctx: Ctx, input: TeamInput): Promise<TeamRow> {
  requireRight(ctx.actor, 'team.manage');
  const id = newId();
  const { name, departmentId = null, memberIds = [] } = input;
  return transact(ctx, async (tx) => {
    await withConstraint(constraints, () => insertTeam(tx.db, { id, name, departmentId }));
    await replaceMembers(tx.db, id, memberIds);
    const team = orProblem(await selectTeam(tx.db, id), 'team.not_found');
    await audit(tx, entry('team.created', team, { memberIds: team.memberIds }));
    tx.emit(teamCreated, { id, name, memberIds: team.memberIds });
    return team;
  });
}

/** Changes name, department or members. Throws `team.not_found`, `team.name_taken`, `department.not_found`. */
export async function updateTeam(
  ctx: Ctx,
  id: string,
  change: Partial<TeamInput>,
): Promise<TeamRow> {
  requireRight(ctx.actor, 'team.manage');
  return transact(ctx, async (tx) => {
    const before = orProblem(await lockTeam(tx.db, id), 'team.not_found');
    await withConstraint(constraints, () => updateTeamRow(tx.db, id, change));
    if (change.memberIds) await replaceMembers(tx.db, id, change.memberIds);
    const after = orProblem(await selectTeam(tx.db, id), 'team.not_found');
    const { name, memberIds } = after;
    const details = {
      ...(before.name === name ? {} : { name: { from: before.name, to: name } }),
      ...(change.memberIds ? { memberIds: { from: before.memberIds, to: memberIds } } : {}),
    };
    await audit(tx, entry('team.changed', after, details));
    const isMoved = before.departmentId !== after.departmentId;
    tx.emit(teamChanged, { id, name, memberIds, isMoved });
    return after;
  });
}

/** Deletes a team that nobody needs; its history stays. Throws `team.not_found`, `team.in_use`. */
export async function deleteTeam(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx.actor, 'team.manage');
  await transact(ctx, async (tx) => {
    const team = orProblem(await lockTeam(tx.db, id), 'team.not_found');
    for (const isInUse of uses) if (await isInUse(tx, id)) throw new Problem('team.in_use');
    tx.emit(accessChanged, { userIds: await selectHolders(tx.db, { teamId: id }) });
    await retireTeam(tx.db, id);
    await audit(tx, entry('team.deleted', team));
    tx.emit(teamDeleted, { id, name: team.name });
  });
}

export function listDepartments(ctx: Ctx): Promise<DepartmentRow[]> {
  return selectDepartments(ctx.db);
}

async function noteDepartment(
  tx: Tx,
  action: string,
  { id, name, was }: DepartmentRow & { was?: string },
): Promise<void> {
  const details = was === undefined ? {} : { name: { from: was, to: name } };
  await audit(tx, { action, subjectKind: 'department', subjectId: id, subjectName: name, details });
  tx.emit(departmentChanged, { id });
}

/** Throws `department.name_taken`. */
export async function createDepartment(ctx: Ctx, name: string): Promise<DepartmentRow> {
  requireRight(ctx.actor, 'team.manage');
  const department = { id: newId(), name };
  return transact(ctx, async (tx) => {
    await withConstraint({ duplicate: 'department.name_taken' }, () =>
      insertDepartment(tx.db, department),
    );
    await noteDepartment(tx, 'department.created', department);
    return department;
  });
}

/** Throws `department.not_found`, `department.name_taken`. */
export async function updateDepartment(ctx: Ctx, id: string, name: string): Promise<DepartmentRow> {
  requireRight(ctx.actor, 'team.manage');
  return transact(ctx, async (tx) => {
    const before = orProblem(await selectDepartment(tx.db, id), 'department.not_found');
    await withConstraint({ duplicate: 'department.name_taken' }, () =>
      renameDepartment(tx.db, { id, name }),
    );
    await noteDepartment(tx, 'department.changed', { id, name, was: before.name });
    return { id, name };
  });
}

/** Throws `department.not_found`; `department.in_use` while a team belongs to it. */
export async function deleteDepartment(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx.actor, 'team.manage');
  await transact(ctx, async (tx) => {
    const department = orProblem(await selectDepartment(tx.db, id), 'department.not_found');
    await withConstraint({ reference: 'department.in_use' }, () => deleteDepartmentRow(tx.db, id));
    await noteDepartment(tx, 'department.deleted', department);
  });
}
