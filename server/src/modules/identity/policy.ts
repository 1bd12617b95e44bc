import type { Permission } from '@yingda/contract';
import { permissions } from '@yingda/contract';
import type { Actor, Rights } from '../../kernel/actor.ts';
import { Problem } from '../../kernel/problem.ts';
import { coversGrant, coversRights, permissionsOf } from './domain/rights.ts';
import type { RoleRow } from './store/roles.ts';

const everything: Rights = Object.fromEntries(permissions.map((name) => [name, 'all']));

/** What the actor may hand out: the product itself anything, a person what they hold. */
export function rightsOfActor(actor: Actor): Rights {
  if (actor.kind === 'system') return everything;
  return actor.kind === 'user' ? actor.rights : {};
}

/** Nobody hands out or takes away a role that reaches beyond their own rights. */
export function requireGrantable(actor: Actor, role: RoleRow, teamId: string | null): void {
  const grant = { permissions: permissionsOf(role), teamId };
  if (!coversGrant(rightsOfActor(actor), grant)) throw new Problem('role.beyond_own_rights');
}

/** Nobody writes a role or key with rights beyond their own, as they could give it to themselves. */
export function requireCovered(actor: Actor, wanted: readonly Permission[], forAll: boolean): void {
  const rights = rightsOfActor(actor);
  const covered = wanted.every((name) =>
    forAll ? rights[name] === 'all' : rights[name] !== undefined,
  );
  if (!covered) throw new Problem('role.beyond_own_rights');
}

/** Nobody locks out, or takes over the account of, a person who may do more than they themselves. */
export function requirePowerOver(actor: Actor, theirs: Rights): void {
  if (!coversRights(rightsOfActor(actor), theirs)) throw new Problem('role.beyond_own_rights');
}
