import type { Services } from '../../../../platform/ctx.ts';
import { actingAs, systemCtx, transact } from '../../../../platform/ctx.ts';
import { localeOf } from '../../../../platform/http/answer.ts';
import type { Auth, SignInEvents } from '../../adapters/better-auth.ts';
import { createAuth, sessionCookieName } from '../../adapters/better-auth.ts';
import { sessionEnded } from '../../events.ts';
import { selectOrganisation } from '../../store/organisation.ts';
import { selectPerson } from '../../store/people.ts';
import { audit } from '../audit.ts';
import { resetLink } from '../links.ts';
import { letter } from '../mails.ts';

type Built = { plain: Auth; singleSignOn: Auth | null };
const built = new WeakMap<Services, Built>();

async function mailResetLink(
  services: Services,
  userId: string,
  { token, language }: { token: string; language: string | null },
): Promise<void> {
  const ctx = systemCtx(services, 'sign-in');
  const person = await selectPerson(ctx.db, userId);
  const organisation = await selectOrganisation(ctx.db);
  if (!person?.active) return;
  const mail = letter('passwordLink', person.email, {
    organisationName: organisation?.name ?? 'Yingda',
    name: person.name,
    url: resetLink(services, token),
    locale: localeOf(language ?? undefined),
  });
  await services.mailer.send(mail);
  await transact(ctx, (tx) =>
    audit(tx, {
      action: 'password.link_mailed',
      subjectKind: 'person',
      subjectId: person.id,
      subjectName: person.name,
    }),
  );
}

async function notePasswordReset(services: Services, userId: string): Promise<void> {
  const ctx = systemCtx(services, 'sign-in');
  const person = await selectPerson(ctx.db, userId);
  if (!person) return;
  const { id, name } = person;
  await transact(actingAs(ctx, { kind: 'system', name }), async (tx) => {
    const by = { kind: 'user', id, name, ip: null } as const;
    const subject = { subjectKind: 'person', subjectId: id, subjectName: name };
    await audit(tx, { action: 'password.reset', ...subject }, by);
    tx.emit(sessionEnded, { userId: id, sessionId: null });
  });
}

function eventsOf(services: Services): SignInEvents {
  const { log, database } = services;
  return {
    isActive: async (userId) => (await selectPerson(database.kysely, userId))?.active ?? false,
    // Not waited for: the time an answer takes must not tell whether the address is known.
    linkWanted: async ({ id }, token, language) =>
      void mailResetLink(services, id, { token, language }).catch((err: unknown) =>
        log.error({ err }, 'the link for a new password was not mailed'),
      ),
    passwordReset: ({ id }) => notePasswordReset(services, id),
  };
}

/** The sign-in library of this process; the one for single sign-on is built when first asked for. */
export function authOf(services: Services, withSingleSignOn = false): Auth {
  const found = built.get(services) ?? {
    plain: createAuth(services, eventsOf(services), { withSingleSignOn: false }),
    singleSignOn: null,
  };
  built.set(services, found);
  if (!withSingleSignOn) return found.plain;
  found.singleSignOn ??= createAuth(services, eventsOf(services), { withSingleSignOn: true });
  return found.singleSignOn;
}

/** The value of the session cookie in a Cookie header; null when there is none. */
export function sessionCookieOf(services: Services, header: string | undefined): string | null {
  if (!header) return null;
  const name = `${sessionCookieName(services.config)}=`;
  const found = header
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(name));
  return found ? found.slice(name.length) : null;
}
