import type { UserActor } from '../../../../kernel/actor.ts';
import type { Ctx, Tx } from '../../../../platform/ctx.ts';
import { transact } from '../../../../platform/ctx.ts';
import { personChanged, sessionEnded } from '../../events.ts';
import { selectSessionAccess, selectSessions } from '../../store/access.ts';
import { selectPerson } from '../../store/people.ts';
import { audit } from '../audit.ts';
import { changes, proofs } from './paths.ts';

export type SignInCall = {
  path: string;
  body: Record<string, unknown>;
  ip: string;
  /** Who was signed in before the call. */
  before: UserActor | null;
};

type Subject = { id: string; name: string };

function about({ id, name }: Subject, ip: string) {
  return {
    subject: { subjectKind: 'person', subjectId: id, subjectName: name },
    author: { kind: 'user', id, name, ip } as const,
  };
}

/** The address somebody tried, as far as it can be stored. */
export function triedEmail({ body }: Pick<SignInCall, 'body'>): string {
  const { email } = body;
  if (typeof email !== 'string') return '';
  return email.replaceAll('\u0000', '').toLowerCase().slice(0, 200);
}

/** Notes a proof that failed; these entries are also what the limits count. */
export async function noteRefusal(ctx: Ctx, call: SignInCall, reason: string): Promise<void> {
  const method = proofs[call.path];
  if (method === undefined || call.before !== null) return;
  const email = triedEmail(call);
  await transact(ctx, (tx) =>
    audit(
      tx,
      {
        action: 'session.refused',
        subjectKind: 'person',
        subjectName: email,
        details: { method, reason },
      },
      { kind: 'user', id: null, name: email, ip: call.ip },
    ),
  );
}

async function noteStart(tx: Tx, call: SignInCall, sessionId: string): Promise<void> {
  const access = await selectSessionAccess(tx.db, sessionId);
  if (!access) return;
  const { subject, author } = about({ id: access.userId, name: access.name }, call.ip);
  const details = { method: proofs[call.path] };
  await audit(tx, { action: 'session.started', ...subject, details }, author);
}

async function noteEnd(tx: Tx, { before, ip }: SignInCall): Promise<void> {
  if (!before) return;
  const { subject, author } = about({ id: before.userId, name: before.name }, ip);
  await audit(tx, { action: 'session.ended', ...subject }, author);
  tx.emit(sessionEnded, { userId: before.userId, sessionId: before.sessionId });
}

async function noteChange(tx: Tx, call: SignInCall, action: string): Promise<void> {
  const { before, body, ip } = call;
  const person = before && (await selectPerson(tx.db, before.userId));
  if (!person) return;
  const { subject, author } = about(person, ip);
  const details = typeof body['name'] === 'string' ? { name: body['name'].slice(0, 200) } : {};
  await audit(tx, { action, ...subject, details }, author);
  const { id, name, active, teamIds } = person;
  if (action.startsWith('two_factor.')) tx.emit(personChanged, { id, name, active, teamIds });
}

/** Sessions open before and after a call; those gone by it are told to the sockets. */
async function noteEndedSessions(tx: Tx, { before }: SignInCall, known: string[]): Promise<void> {
  if (!before) return;
  const open = new Set((await selectSessions(tx.db, before.userId)).map(({ id }) => id));
  for (const sessionId of known) {
    if (!open.has(sessionId) && sessionId !== before.sessionId)
      tx.emit(sessionEnded, { userId: before.userId, sessionId });
  }
}

/** What was so before a call, to compare with afterwards. */
export type Before = { twoFactorEnabled: boolean; sessionIds: string[] };

export async function readBefore(ctx: Ctx, { before, path }: SignInCall): Promise<Before> {
  if (!before || !(path in changes || path in proofs)) {
    return { twoFactorEnabled: false, sessionIds: [] };
  }
  const person = await selectPerson(ctx.db, before.userId);
  const sessions = path === '/change-password' ? await selectSessions(ctx.db, before.userId) : [];
  return {
    twoFactorEnabled: person?.twoFactorEnabled ?? false,
    sessionIds: sessions.map(({ id }) => id),
  };
}

/** Notes what a call brought about: a session that began or ended, a changed way to sign in. */
export async function noteSuccess(
  ctx: Ctx,
  call: SignInCall,
  { was, startedSession }: { was: Before; startedSession: string | null },
): Promise<void> {
  const { path, before } = call;
  await transact(ctx, async (tx) => {
    const change = changes[path];
    if (change !== undefined) await noteChange(tx, call, change);
    if (was.sessionIds.length > 0) await noteEndedSessions(tx, call, was.sessionIds);
    if (path === '/sign-out') await noteEnd(tx, call);
    if (!(path in proofs)) return;
    // The code of a signed-in person confirms the authenticator app they just set up.
    if (before === null) {
      if (startedSession !== null) await noteStart(tx, call, startedSession);
    } else if (!was.twoFactorEnabled && path === '/two-factor/verify-totp') {
      await noteChange(tx, call, 'two_factor.enabled');
    }
  });
}
