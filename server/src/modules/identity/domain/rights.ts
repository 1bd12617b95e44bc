import { builtInRoles, organisationPermissions, permissions } from '@yingda/contract';
import type { BuiltInRole, Permission } from '@yingda/contract';
import type { Rights } from '../../../kernel/actor.ts';

/** One role held for one team (null: for all), with what the role allows. */
export type GrantedRole = { permissions: readonly Permission[]; teamId: string | null };

const organisationWide = new Set<Permission>(organisationPermissions);
const known = new Set<string>(permissions);

export function isPermission(text: string): text is Permission {
  return known.has(text);
}

/** What a role allows: a built-in one what this version of the program says, an own one what was chosen for it. */
export function permissionsOf(role: {
  builtIn: string | null;
  permissions: readonly string[];
}): readonly Permission[] {
  if (isBuiltInRole(role.builtIn)) return builtInRoles[role.builtIn];
  return role.permissions.filter(isPermission);
}

export function isBuiltInRole(name: string | null): name is BuiltInRole {
  return name !== null && Object.hasOwn(builtInRoles, name);
}

/** A grant for one team gives nothing that concerns the whole organisation. */
function takesEffect(permission: Permission, teamId: string | null): boolean {
  return teamId === null || !organisationWide.has(permission);
}

/** The sum of all grants of a person: for each permission `all`, or the teams it is held for. */
export function rightsFrom(grants: readonly GrantedRole[]): Rights {
  const rights: Rights = {};
  for (const { permissions: allowed, teamId } of grants) {
    for (const permission of allowed) {
      const held = rights[permission];
      if (held === 'all' || !takesEffect(permission, teamId)) continue;
      if (teamId === null) rights[permission] = 'all';
      else if (!held?.includes(teamId)) rights[permission] = [...(held ?? []), teamId];
    }
  }
  return rights;
}

/** The part of `rights` that the scopes let through: what an API key may do on behalf of its creator. */
export function limitTo(rights: Rights, scopes: readonly Permission[]): Rights {
  const limited: Rights = {};
  for (const scope of scopes) {
    const held = rights[scope];
    if (held !== undefined) limited[scope] = held;
  }
  return limited;
}

/** Whether who holds `rights` may hand out (or take away) this role: nobody reaches beyond what they may do themselves. */
export function coversGrant(
  rights: Rights,
  { permissions: allowed, teamId }: GrantedRole,
): boolean {
  return allowed
    .filter((permission) => takesEffect(permission, teamId))
    .every((permission) => {
      const held = rights[permission];
      return held === 'all' || (teamId !== null && held?.includes(teamId) === true);
    });
}

/** Whether `rights` include all of `others`: only then may somebody take over or lock out the other's account. */
export function coversRights(rights: Rights, others: Rights): boolean {
  return permissions.every((permission) => {
    const theirs = others[permission];
    const mine = rights[permission];
    if (theirs === undefined || mine === 'all') return true;
    return theirs !== 'all' && theirs.every((teamId) => mine?.includes(teamId) === true);
  });
}
