import type { Locale } from '@yingda/contract';
import { Grant as GrantSchema } from '@yingda/contract';
import { z } from 'zod';
import { requireRight, requireUser } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/ids.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import { hashKey, randomKey } from '../../../platform/secrets/index.ts';
import { invitationChanged } from '../events.ts';
import type { InvitationRow } from '../store/invitations.ts';
import {
  insertInvitation,
  markAccepted,
  markNotMailed,
  revokeInvitations,
  selectInvitation,
  selectInvitationByToken,
  selectOpenInvitations,
} from '../store/invitations.ts';
import type { Grant } from '../store/people.ts';
import { selectPersonByEmail } from '../store/people.ts';
import { selectRoles } from '../store/roles.ts';
import { selectLiveTeamIds } from '../store/teams.ts';
import { audit } from './audit.ts';
import { addPerson, organisation } from './founding.ts';
import { checkGrants, checkTeams, distinct } from './grants.ts';
import { invitationLink } from './links.ts';
import { letter } from './mails.ts';
import { newPasswordHash } from './passwords.ts';
import { withConstraint } from './storage-faults.ts';

const VALID_DAYS = 7;
const Grants = z.array(GrantSchema);

export type InvitationInput = { email: string; name: string; teamIds: string[]; grants: Grant[] };

export function grantsOf(invitation: InvitationRow): Grant[] {
  return Grants.parse(invitation.grants);
}

export function listInvitations(ctx: Ctx): Promise<InvitationRow[]> {
  requireRight(ctx.actor, 'people.manage');
  return selectOpenInvitations(ctx.db);
}

function note(tx: Tx, action: string, { id, email, name }: InvitationRow): Promise<void> {
  tx.emit(invitationChanged, { id });
  const details = { email };
  return audit(tx, {
    action,
    subjectKind: 'invitation',
    subjectId: id,
    subjectName: name,
    details,
  });
}

/** Mails the link after the commit; when the mail server refuses, the list says that it was not mailed. */
async function mailInvitation(ctx: Ctx, invitation: InvitationRow, url: string): Promise<void> {
  const { name: organisationName } = await organisation(ctx);
  const { name, email, id } = invitation;
  try {
    const content = { organisationName, name, url, locale: ctx.locale };
    await ctx.services.mailer.send(letter('invitation', email, content));
  } catch (err) {
    ctx.log.warn({ err }, 'an invitation was not mailed');
    await transact(ctx, async (tx) => {
      await markNotMailed(tx.db, id);
      tx.emit(invitationChanged, { id });
    });
  }
}

/**
 * Invites a person, with the link to hand over in the answer; an open invitation to the same address ends. Problems:
 * `person.email_taken`, `team.not_found`, `role.not_found`, `role.beyond_own_rights`.
 */
export async function invitePerson(
  ctx: Ctx,
  input: InvitationInput,
): Promise<{ invitation: InvitationRow; url: string }> {
  requireRight(ctx.actor, 'people.manage');
  const { userId: invitedBy } = requireUser(ctx.actor);
  const email = input.email.toLowerCase();
  const id = newId();
  const token = randomKey('yi');
  const url = invitationLink(ctx.services, token);
  const mailed = ctx.services.mailer.isConfigured;
  const grants = distinct(input.grants);
  const invitation = await transact(ctx, async (tx) => {
    if (await selectPersonByEmail(tx.db, email)) throw new Problem('person.email_taken');
    await checkTeams(tx, input.teamIds);
    await checkGrants(tx, grants);
    await revokeInvitations(tx.db, { email });
    const { name, teamIds } = input;
    const expiresAt = new Date(Date.now() + VALID_DAYS * 24 * 60 * 60_000);
    const tokenHash = hashKey(token);
    const row = { id, email, name, teamIds, grants, tokenHash, mailed, invitedBy, expiresAt };
    await withConstraint({ duplicate: 'person.email_taken' }, () => insertInvitation(tx.db, row));
    const made = orProblem(await selectInvitation(tx.db, id), 'invitation.not_found');
    await note(tx, 'invitation.created', made);
    return made;
  });
  if (mailed) void mailInvitation(ctx, invitation, url).catch(() => {});
  return { invitation, url };
}

/** Throws `invitation.not_found` when it is not open. */
export async function revokeInvitation(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx.actor, 'people.manage');
  await transact(ctx, async (tx) => {
    const invitation = orProblem(await selectInvitation(tx.db, id), 'invitation.not_found');
    await revokeInvitations(tx.db, { id });
    await note(tx, 'invitation.revoked', invitation);
  });
}

async function openInvitation(ctx: Ctx, token: string, lock: boolean): Promise<InvitationRow> {
  const found = await selectInvitationByToken(ctx.db, hashKey(token), { lock });
  const invitation = orProblem(found, 'invitation.not_found');
  if (invitation.expiresAt <= new Date()) throw new Problem('invitation.expired');
  return invitation;
}

/** What a link is for. Throws `invitation.not_found`, `invitation.expired`. */
export async function readInvitation(
  ctx: Ctx,
  token: string,
): Promise<{ email: string; name: string; organisationName: string }> {
  const { email, name } = await openInvitation(ctx, token, false);
  return { email, name, organisationName: (await organisation(ctx)).name };
}

/** Teams and roles as promised, without those that are gone meanwhile. */
async function promised(tx: Tx, invitation: InvitationRow) {
  const grants = grantsOf(invitation);
  const roles = new Set((await selectRoles(tx.db)).map(({ id }) => id));
  const named = [...invitation.teamIds, ...grants.flatMap(({ teamId }) => teamId ?? [])];
  const teams = new Set(await selectLiveTeamIds(tx.db, named));
  return {
    teamIds: invitation.teamIds.filter((id) => teams.has(id)),
    grants: grants.filter(
      ({ roleId, teamId }) => roles.has(roleId) && (teamId === null || teams.has(teamId)),
    ),
  };
}

/**
 * Makes the invited person, who may then sign in. A link works once. Problems: `invitation.not_found`,
 * `invitation.expired`, `person.email_taken`, `auth.password_weak`.
 */
export async function acceptInvitation(
  ctx: Ctx,
  token: string,
  input: { name: string; password: string; locale: Locale; ip: string },
): Promise<{ email: string }> {
  const { email } = await openInvitation(ctx, token, false);
  const passwordHash = await newPasswordHash(input.password, email);
  const { name, locale, ip } = input;
  await transact(ctx, async (tx) => {
    const invitation = await openInvitation(tx, token, true);
    const { teamIds, grants } = await promised(tx, invitation);
    const userId = await addPerson(tx, { name, email, locale, teamIds, grants, passwordHash });
    await markAccepted(tx.db, invitation.id, userId);
    tx.emit(invitationChanged, { id: invitation.id });
    await audit(
      tx,
      {
        action: 'invitation.accepted',
        subjectKind: 'person',
        subjectId: userId,
        subjectName: name,
        details: { email, invitedBy: invitation.invitedBy },
      },
      { kind: 'user', id: userId, name, ip },
    );
  });
  return { email };
}
