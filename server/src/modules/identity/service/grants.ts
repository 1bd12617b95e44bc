import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { builtInRoleIds } from '../domain/built-in-roles.ts';
import { requireGrantable } from '../policy.ts';
import type { Grant } from '../store/people.ts';
import { countHolders, deleteGrants, insertGrants } from '../store/people.ts';
import { selectRoles } from '../store/roles.ts';
import { selectLiveTeamIds } from '../store/teams.ts';

function keyOf({ roleId, teamId }: Grant): string {
  return `${roleId} ${teamId ?? '*'}`;
}

function without(grants: readonly Grant[], others: readonly Grant[]): Grant[] {
  const seen = new Set(others.map(keyOf));
  return grants.filter((grant) => !seen.has(keyOf(grant)));
}

/** Each grant once. */
export function distinct(grants: readonly Grant[]): Grant[] {
  return [...new Map(grants.map((grant) => [keyOf(grant), grant])).values()];
}

/** Checks that roles and teams exist and that the actor may hand these roles out. */
export async function checkGrants(ctx: Ctx, grants: readonly Grant[]): Promise<void> {
  if (grants.length === 0) return;
  const roles = new Map((await selectRoles(ctx.db)).map((role) => [role.id, role]));
  for (const { roleId, teamId } of grants) {
    const role = roles.get(roleId);
    if (!role) throw new Problem('role.not_found');
    requireGrantable(ctx.actor, role, teamId);
  }
  await checkTeams(
    ctx,
    grants.flatMap(({ teamId }) => teamId ?? []),
  );
}

/** Throws `team.not_found` when one of the ids names no team. */
export async function checkTeams(ctx: Ctx, teamIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(teamIds)];
  if (wanted.length === 0) return;
  const found = await selectLiveTeamIds(ctx.db, wanted);
  if (found.length < wanted.length) throw new Problem('team.not_found');
}

function isAdministration({ roleId, teamId }: Grant): boolean {
  return roleId === builtInRoleIds.administrator && teamId === null;
}

export function isAdministrator(grants: readonly Grant[]): boolean {
  return grants.some(isAdministration);
}

/** Throws unless another active administrator remains. The caller holds the lock of `lockAdministrators`. */
export async function requireOtherAdministrator(tx: Tx, userId: string): Promise<void> {
  const others = await countHolders(tx.db, {
    roleId: builtInRoleIds.administrator,
    except: userId,
  });
  if (others === 0) throw new Problem('person.last_administrator');
}

/** Gives the person exactly these roles; the actor must be allowed to hand out and to take away what changes. */
export async function replaceGrants(
  tx: Tx,
  person: { id: string; grants: Grant[] },
  wanted: readonly Grant[],
): Promise<{ added: Grant[]; removed: Grant[] }> {
  const added = without(distinct(wanted), person.grants);
  const removed = without(person.grants, wanted);
  await checkGrants(tx, added);
  await checkGrants(tx, removed);
  await deleteGrants(tx.db, person.id, removed);
  await addGrants(tx, person.id, added);
  return { added, removed };
}

/** Adds roles without asking whether the actor may. */
export async function addGrants(tx: Tx, userId: string, grants: readonly Grant[]): Promise<void> {
  await insertGrants(
    tx.db,
    grants.map((grant) => ({ id: newId(), userId, ...grant })),
    tx.actor.kind === 'user' ? tx.actor.userId : null,
  );
}
