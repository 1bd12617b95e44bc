import { organisationPermissions } from '@yingda/contract';
import type { Permission } from '@yingda/contract';
import { Problem } from './problem.ts';

/** What somebody may do: for all teams, or for those named. */
export type Rights = Partial<Record<Permission, 'all' | string[]>>;

export type UserActor = {
  kind: 'user';
  userId: string;
  name: string;
  rights: Rights;
  via: 'session' | 'key' | 'command';
  sessionId: string | null;
  keyId: string | null;
  ip: string | null;
};
/** A visitor of a web page that carries the widget. */
export type VisitorActor = {
  kind: 'visitor';
  visitorId: string;
  customerId: string | null;
  widgetId: string;
  name: string;
};
/** The product itself: timers, listeners, jobs. */
export type SystemActor = { kind: 'system'; name: string };
/** Somebody who has not said who they are. */
export type NobodyActor = { kind: 'nobody' };
export type Actor = UserActor | VisitorActor | SystemActor | NobodyActor;

/** The teams a right is held for. */
export function teamsWith(actor: Actor, permission: Permission): 'all' | string[] {
  if (actor.kind === 'system') return 'all';
  if (actor.kind !== 'user') return [];
  return actor.rights[permission] ?? [];
}

/**
 * Whether the actor holds the right for this team; without a team: for at least one.
 * Rights over the whole organisation need a grant for all teams.
 */
export function may(actor: Actor, permission: Permission, teamId?: string | null): boolean {
  const teams = teamsWith(actor, permission);
  if (teams === 'all') return true;
  if (organisationPermissions.includes(permission)) return false;
  return teamId === undefined || teamId === null ? teams.length > 0 : teams.includes(teamId);
}

/** Throws `auth.forbidden` unless `may`. */
export function requireRight(actor: Actor, permission: Permission, teamId?: string | null): void {
  if (!may(actor, permission, teamId)) throw new Problem('auth.forbidden');
}

/** The signed-in person, or `auth.signed_out`. */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind !== 'user') throw new Problem('auth.signed_out');
  return actor;
}
