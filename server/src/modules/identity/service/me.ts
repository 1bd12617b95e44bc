import { Preferences } from '@yingda/contract';
import { requireUser } from '../../../kernel/actor.ts';
import type { UserActor } from '../../../kernel/actor.ts';
import { orProblem, Problem } from '../../../kernel/problem.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import { personChanged, sessionEnded } from '../events.ts';
import type { SessionRow } from '../store/access.ts';
import { deleteSessions, selectSessions } from '../store/access.ts';
import type { PersonRow } from '../store/people.ts';
import { lockPerson, selectPerson, updatePersonRow } from '../store/people.ts';
import { audit } from './audit.ts';
import { teamsOf } from './directory.ts';
import { organisation } from './founding.ts';

export type Me = {
  actor: UserActor;
  person: PersonRow;
  preferences: Preferences;
  teams: { id: string; name: string }[];
  organisationName: string;
};

/** Who the actor is and what they may do. */
export async function readMe(ctx: Ctx): Promise<Me> {
  const actor = requireUser(ctx.actor);
  const person = orProblem(await selectPerson(ctx.db, actor.userId), 'auth.signed_out');
  const [teams, { name }] = await Promise.all([teamsOf(ctx, actor.userId), organisation(ctx)]);
  // What an older version wrote may no longer be a choice: then the default counts.
  const preferences = Preferences.catch({}).parse(person.preferences);
  return { actor, person, preferences, teams, organisationName: name };
}

/** Changes the actor's own name and preferences; preferences left out stay. */
export async function changeMe(
  ctx: Ctx,
  change: { name?: string | undefined; preferences?: Preferences | undefined },
): Promise<Me> {
  const { userId } = requireUser(ctx.actor);
  await transact(ctx, async (tx) => {
    const before = orProblem(await lockPerson(tx.db, userId), 'auth.signed_out');
    await updatePersonRow(tx.db, userId, change);
    if (change.name === undefined || change.name === before.name) return;
    await audit(tx, {
      action: 'person.changed',
      subjectKind: 'person',
      subjectId: userId,
      subjectName: change.name,
      details: { name: { from: before.name, to: change.name } },
    });
    const { active, teamIds } = before;
    tx.emit(personChanged, { id: userId, name: change.name, active, teamIds });
  });
  return readMe(ctx);
}

/** The browsers the actor is signed in with. */
export function listSessions(ctx: Ctx): Promise<SessionRow[]> {
  return selectSessions(ctx.db, requireUser(ctx.actor).userId);
}

/** Signs one of the actor's own browsers out. Throws `session.not_found`. */
export async function revokeSession(ctx: Ctx, sessionId: string): Promise<void> {
  const { userId, name } = requireUser(ctx.actor);
  await transact(ctx, async (tx) => {
    const [ended] = await deleteSessions(tx.db, { userId, sessionId });
    if (ended === undefined) throw new Problem('session.not_found');
    await audit(tx, {
      action: 'session.revoked',
      subjectKind: 'person',
      subjectId: userId,
      subjectName: name,
    });
    tx.emit(sessionEnded, { userId, sessionId: ended });
  });
}
