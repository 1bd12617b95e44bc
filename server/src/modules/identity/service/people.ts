import { requireRight } from '../../../kernel/actor.ts';
import type { Rights } from '../../../kernel/actor.ts';
import { orProblem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import { accessChanged, personChanged, sessionEnded } from '../events.ts';
import { requirePowerOver } from '../policy.ts';
import { deleteSessions, selectPersonAccess } from '../store/access.ts';
import type { Grant, PersonRow } from '../store/people.ts';
import {
  lockAdministrators,
  lockPerson,
  replaceTeamsOf,
  selectPeople,
  selectPerson,
  updatePersonRow,
} from '../store/people.ts';
import { rightsOfAccess } from './access.ts';
import { audit } from './audit.ts';
import { checkTeams, isAdministrator, replaceGrants, requireOtherAdministrator } from './grants.ts';
import { resetLink } from './links.ts';
import { decodeCursor, encodeCursor } from './paging.ts';
import type { Page } from './paging.ts';
import { authOf } from './sign-in/library.ts';

export type PeopleQuery = {
  q?: string | undefined;
  active?: 'true' | 'false' | undefined;
  cursor?: string | undefined;
  limit: number;
};

/** One page of people by name. */
export async function listPeople(ctx: Ctx, query: PeopleQuery): Promise<Page<PersonRow>> {
  requireRight(ctx.actor, 'people.manage');
  const { q, active, cursor, limit } = query;
  const [name = '', id = ''] = decodeCursor(cursor, 2) ?? [];
  const rows = await selectPeople(ctx.db, {
    q: q?.trim(),
    active: active === undefined ? undefined : active === 'true',
    after: cursor === undefined ? undefined : { name, id },
    limit: limit + 1,
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last;
  return { items, nextCursor: more ? encodeCursor([last.name, last.id]) : null };
}

async function rightsOf(ctx: Ctx, userId: string): Promise<Rights> {
  const access = await selectPersonAccess(ctx.db, userId);
  return access ? rightsOfAccess(access) : {};
}

export type PersonChange = {
  name?: string | undefined;
  active?: boolean | undefined;
  teamIds?: string[] | undefined;
  grants?: Grant[] | undefined;
};

/** Locks a person out, or lets them in again. */
async function setActive(tx: Tx, person: PersonRow, active: boolean): Promise<void> {
  requirePowerOver(tx.actor, await rightsOf(tx, person.id));
  if (!active && isAdministrator(person.grants)) await requireOtherAdministrator(tx, person.id);
  await updatePersonRow(tx.db, person.id, { active });
  if (active) return;
  await deleteSessions(tx.db, { userId: person.id });
  tx.emit(sessionEnded, { userId: person.id, sessionId: null });
}

async function setGrants(tx: Tx, person: PersonRow, wanted: Grant[]) {
  const loses = isAdministrator(person.grants) && !isAdministrator(wanted) && person.active;
  const changed = await replaceGrants(tx, person, wanted);
  if (loses) await requireOtherAdministrator(tx, person.id);
  if (changed.added.length + changed.removed.length > 0) {
    tx.emit(accessChanged, { userIds: [person.id] });
  }
  return changed;
}

/** Carries out the parts of a change that differ from what is, and tells which for the audit log. */
async function applyChange(tx: Tx, person: PersonRow, change: PersonChange) {
  const { name, active, teamIds, grants } = change;
  const details: Record<string, unknown> = {};
  if (name !== undefined && name !== person.name) {
    await updatePersonRow(tx.db, person.id, { name });
    details['name'] = { from: person.name, to: name };
  }
  if (teamIds !== undefined) {
    await checkTeams(tx, teamIds);
    await replaceTeamsOf(tx.db, person.id, teamIds);
    details['teamIds'] = { from: person.teamIds, to: teamIds };
  }
  if (grants !== undefined) {
    const { added, removed } = await setGrants(tx, person, grants);
    if (added.length > 0) details['granted'] = added;
    if (removed.length > 0) details['withdrawn'] = removed;
  }
  if (active !== undefined && active !== person.active) await setActive(tx, person, active);
  return details;
}

function actionOf(person: PersonRow, { active }: PersonChange): string {
  if (active === undefined || active === person.active) return 'person.changed';
  return active ? 'person.activated' : 'person.deactivated';
}

/**
 * Changes name, teams, roles, or whether the person may sign in. Problems: `person.not_found`, `team.not_found`,
 * `role.not_found`, `role.beyond_own_rights`, `person.last_administrator`.
 */
export async function updatePerson(ctx: Ctx, id: string, change: PersonChange): Promise<PersonRow> {
  requireRight(ctx.actor, 'people.manage');
  return transact(ctx, async (tx) => {
    await lockAdministrators(tx.db);
    const before = orProblem(await lockPerson(tx.db, id), 'person.not_found');
    const details = await applyChange(tx, before, change);
    const after = orProblem(await selectPerson(tx.db, id), 'person.not_found');
    await audit(tx, {
      action: actionOf(before, change),
      subjectKind: 'person',
      subjectId: id,
      subjectName: after.name,
      details,
    });
    const { name, active, teamIds } = after;
    tx.emit(personChanged, { id, name, active, teamIds });
    return after;
  });
}

const LINK_HOURS = 24;

/** A one-time link with which the person sets a new password, to be handed over by the one who asked for it. */
export async function makeResetLink(
  ctx: Ctx,
  id: string,
): Promise<{ url: string; expiresAt: Date }> {
  requireRight(ctx.actor, 'people.manage');
  const person = orProblem(await selectPerson(ctx.db, id), 'person.not_found');
  requirePowerOver(ctx.actor, await rightsOf(ctx, id));
  const expiresAt = new Date(Date.now() + LINK_HOURS * 60 * 60_000);
  const token = await authOf(ctx.services).makeResetToken(id, expiresAt);
  await transact(ctx, (tx) =>
    audit(tx, {
      action: 'password.link_made',
      subjectKind: 'person',
      subjectId: id,
      subjectName: person.name,
    }),
  );
  return { url: resetLink(ctx.services, token), expiresAt };
}
