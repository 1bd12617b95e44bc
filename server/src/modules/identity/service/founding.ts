import type { BuiltInRole, Locale } from '@yingda/contract';
import { newId } from '../../../kernel/ids.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx, Tx } from '../../../platform/ctx.ts';
import { transact } from '../../../platform/ctx.ts';
import { builtInRoleIds } from '../domain/built-in-roles.ts';
import { organisationFounded, personChanged, teamCreated } from '../events.ts';
import { insertOrganisation, selectOrganisation } from '../store/organisation.ts';
import type { Grant } from '../store/people.ts';
import { insertPerson, replaceTeamsOf } from '../store/people.ts';
import { insertTeam } from '../store/teams.ts';
import type { AuditAuthor } from './audit.ts';
import { audit } from './audit.ts';
import { addGrants } from './grants.ts';
import { newPasswordHash, setPassword } from './passwords.ts';
import { withConstraint } from './storage-faults.ts';

/** The organisation as others need it; before it is founded, with what the configuration says. */
export type Organisation = {
  name: string;
  /** IANA zone of the centre: days and opening hours are counted in it. */
  timeZone: string;
  locale: Locale;
  demo: boolean;
  founded: boolean;
};

const fallback = { timeZone: 'Asia/Shanghai', locale: 'zh-CN', demo: false } as const;
const names = {
  'zh-CN': { organisation: '客户服务中心', team: '客服一组' },
  en: { organisation: 'Service centre', team: 'Service team 1' },
} as const satisfies Record<Locale, unknown>;

export async function organisation(ctx: Ctx): Promise<Organisation> {
  const row = await selectOrganisation(ctx.db);
  if (row) return { ...row, founded: true };
  const name = ctx.services.config.organisationName ?? names[ctx.locale].organisation;
  return { ...fallback, name, founded: false };
}

/** True until the organisation and its first administrator exist. */
export async function needsSetup(ctx: Ctx): Promise<boolean> {
  return (await selectOrganisation(ctx.db)) === undefined;
}

export function isTimeZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

export type NewPerson = {
  name: string;
  email: string;
  /** As stored; without one the person can sign in only after a link for a new password. */
  passwordHash?: string | undefined;
  locale?: Locale | undefined;
  teamIds: string[];
  grants: Grant[];
};

/** Makes a person with teams and roles; the caller has asked whether it may. Throws `person.email_taken`. */
export async function addPerson(tx: Tx, input: NewPerson): Promise<string> {
  const id = newId();
  const { name, email, locale, teamIds, grants, passwordHash } = input;
  await withConstraint({ duplicate: 'person.email_taken' }, () =>
    insertPerson(tx.db, { id, name, email, preferences: locale ? { locale } : {} }),
  );
  if (passwordHash !== undefined) await setPassword(tx, id, passwordHash);
  await replaceTeamsOf(tx.db, id, teamIds);
  await addGrants(tx, id, grants);
  tx.emit(personChanged, { id, name, active: true, teamIds });
  return id;
}

export type Founding = {
  name: string;
  timeZone: string;
  locale: Locale;
  demo?: boolean;
};

/**
 * Founds the organisation with its first team; null when it was founded before. Of two that try at once one waits for
 * the other and gets null: the table holds one row. Returns the id of the first team.
 */
export async function foundOrganisation(tx: Tx, input: Founding): Promise<string | null> {
  const { name, timeZone, locale, demo = false } = input;
  if (!(await insertOrganisation(tx.db, { name, timeZone, locale, demo }))) return null;
  const team = { id: newId(), name: names[locale].team };
  await insertTeam(tx.db, { ...team, departmentId: null });
  tx.emit(organisationFounded, { name, timeZone });
  tx.emit(teamCreated, { ...team, memberIds: [] });
  return team.id;
}

export type NewAdministrator = {
  name: string;
  email: string;
  password: string;
  locale?: Locale;
};

function administratorGrants(): Grant[] {
  return [{ roleId: builtInRoleIds.administrator, teamId: null }];
}

async function foundWith(
  tx: Tx,
  { organisation: wanted, administrator, passwordHash }: FirstRun,
): Promise<{ userId: string; teamId: string } | null> {
  const teamId = await foundOrganisation(tx, wanted);
  if (teamId === null) return null;
  const { name, email } = administrator;
  const grants = administratorGrants();
  const { locale } = wanted;
  const person = { name, email, locale, teamIds: [teamId], grants, passwordHash };
  return { userId: await addPerson(tx, person), teamId };
}

type FirstRun = {
  organisation: Founding;
  administrator: { name: string; email: string };
  passwordHash: string;
};

export type SetUpInput = {
  organisationName: string;
  name: string;
  email: string;
  password: string;
  locale: Locale;
  timeZone: string;
};

/** The first-run page: founds the organisation with its first administrator. Works once: then `auth.setup_done`. */
export async function setUp(ctx: Ctx, input: SetUpInput, ip: string): Promise<{ email: string }> {
  const { organisationName, name, locale, timeZone } = input;
  const email = input.email.toLowerCase();
  if (!(await needsSetup(ctx))) throw new Problem('auth.setup_done');
  if (!isTimeZone(timeZone)) {
    throw new Problem('request.invalid', {
      faults: [{ path: 'timeZone', kind: 'invalid_format' }],
    });
  }
  const passwordHash = await newPasswordHash(input.password, email);
  await transact(ctx, async (tx) => {
    const made = await foundWith(tx, {
      organisation: { name: organisationName, timeZone, locale },
      administrator: { name, email },
      passwordHash,
    });
    if (!made) throw new Problem('auth.setup_done');
    const author = { kind: 'user', id: made.userId, name, ip } as const;
    const subject = { subjectKind: 'organisation', subjectName: organisationName };
    await audit(tx, { action: 'organisation.founded', ...subject, details: { email } }, author);
  });
  return { email };
}

/**
 * Makes an administrator without the first-run page: for the command line and demo data. Founds the organisation when
 * there is none yet. Throws `person.email_taken`, `auth.password_weak`.
 */
export async function createAdministrator(
  ctx: Ctx,
  input: NewAdministrator & { organisation?: Partial<Founding> },
  author?: AuditAuthor,
): Promise<{ userId: string; name: string; teamId: string | null }> {
  const email = input.email.toLowerCase();
  const passwordHash = await newPasswordHash(input.password, email);
  const current = await organisation(ctx);
  const { name, locale = current.locale } = input;
  return transact(ctx, async (tx) => {
    const first = await foundWith(tx, {
      organisation: { ...current, locale, ...input.organisation },
      administrator: { name, email },
      passwordHash,
    });
    const grants = administratorGrants();
    const userId =
      first?.userId ??
      (await addPerson(tx, { name, email, locale, teamIds: [], grants, passwordHash }));
    const subject = { subjectKind: 'person', subjectId: userId, subjectName: name };
    await audit(
      tx,
      { action: 'person.created', ...subject, details: { email, role: 'administrator' } },
      author,
    );
    return { userId, name, teamId: first?.teamId ?? null };
  });
}

export type PersonInput = {
  name: string;
  email: string;
  password?: string;
  locale?: Locale;
  teamIds?: string[];
  /** Built-in roles by name, for one team or (null) for all. */
  roles?: { role: BuiltInRole; teamId: string | null }[];
};

/** Makes a person without an invitation: for demo data, imports and tests. Throws `person.email_taken`. */
export async function createPerson(
  ctx: Ctx,
  input: PersonInput,
): Promise<{ userId: string; name: string }> {
  const { name, email, password, locale, teamIds = [], roles = [] } = input;
  const passwordHash = password === undefined ? undefined : await newPasswordHash(password, email);
  const grants = roles.map(({ role, teamId }) => ({ roleId: builtInRoleIds[role], teamId }));
  return transact(ctx, async (tx) => {
    const userId = await addPerson(tx, { name, email, locale, teamIds, grants, passwordHash });
    const subject = { subjectKind: 'person', subjectId: userId, subjectName: name };
    await audit(tx, { action: 'person.created', ...subject, details: { email } });
    return { userId, name };
  });
}
