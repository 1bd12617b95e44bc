import type {
  AuditView,
  InvitationView,
  KeyView,
  MeView,
  PersonView,
  RoleView,
  SessionView,
  TeamView,
} from '@yingda/contract';
import { AuditView as AuditSchema } from '@yingda/contract';
import { z } from 'zod';
import { isBuiltInRole, isPermission, permissionsOf } from './domain/rights.ts';
import { grantsOf } from './service/invitations.ts';
import type { Me } from './service/me.ts';
import type { SessionRow } from './store/access.ts';
import type { AuditRow } from './store/audit.ts';
import type { InvitationRow } from './store/invitations.ts';
import type { KeyRow } from './store/keys.ts';
import type { PersonRow } from './store/people.ts';
import type { RoleRow } from './store/roles.ts';
import type { TeamRow } from './store/teams.ts';

function instant(date: Date): string {
  return date.toISOString();
}

function instantOrNull(date: Date | null): string | null {
  return date ? instant(date) : null;
}

export function presentMe({ actor, person, preferences, teams, organisationName }: Me): MeView {
  const { id, name, email, image, twoFactorEnabled } = person;
  const { rights } = actor;
  return { id, name, email, image, preferences, twoFactorEnabled, teams, rights, organisationName };
}

export function presentSession(session: SessionRow, currentId: string | null): SessionView {
  const { id, createdAt, lastSeenAt, expiresAt, ip, userAgent } = session;
  return {
    id,
    current: id === currentId,
    createdAt: instant(createdAt),
    lastSeenAt: instant(lastSeenAt),
    expiresAt: instant(expiresAt),
    ip,
    userAgent,
  };
}

export function presentPerson(person: PersonRow): PersonView {
  const { preferences: _, lastSeenAt, createdAt, ...rest } = person;
  return { ...rest, lastSeenAt: instantOrNull(lastSeenAt), createdAt: instant(createdAt) };
}

export function presentInvitation(invitation: InvitationRow): InvitationView {
  const { id, email, name, teamIds, invitedBy, mailed } = invitation;
  return {
    id,
    email,
    name,
    teamIds,
    grants: grantsOf(invitation),
    invitedBy,
    mailed,
    createdAt: instant(invitation.createdAt),
    expiresAt: instant(invitation.expiresAt),
    acceptedAt: instantOrNull(invitation.acceptedAt),
  };
}

export function presentTeam(team: TeamRow): TeamView {
  return { ...team, createdAt: instant(team.createdAt) };
}

export function presentRole(role: RoleRow): RoleView {
  const { id, name, builtIn, holders } = role;
  return {
    id,
    name,
    builtIn: isBuiltInRole(builtIn) ? builtIn : null,
    permissions: [...permissionsOf(role)],
    holders,
  };
}

export function presentKey(key: KeyRow): KeyView {
  const { id, name, prefix, createdBy } = key;
  return {
    id,
    name,
    prefix,
    scopes: key.scopes.filter(isPermission),
    createdBy,
    createdAt: instant(key.createdAt),
    expiresAt: instantOrNull(key.expiresAt),
    lastUsedAt: instantOrNull(key.lastUsedAt),
    revokedAt: instantOrNull(key.revokedAt),
  };
}

const Details = z.record(z.string(), z.unknown()).catch({});

export function presentAudit(entry: AuditRow): AuditView {
  const { id, actorName, action, subjectKind, subjectId, subjectName, ip } = entry;
  return {
    id,
    at: instant(entry.at),
    actorKind: AuditSchema.shape.actorKind.catch('system').parse(entry.actorKind),
    actorName,
    action,
    subjectKind,
    subjectId,
    subjectName,
    details: Details.parse(entry.details),
    ip,
  };
}
