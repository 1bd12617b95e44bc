import type { Rights, UserActor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Ctx, Services } from '../../../platform/ctx.ts';
import type { Authenticator, Credentials } from '../../../platform/module.ts';
import { hashKey } from '../../../platform/secrets/index.ts';
import { authOf, sessionCookieOf } from './sign-in/library.ts';
import { isOwnPage } from '../domain/origin.ts';
import { isPermission, limitTo, permissionsOf, rightsFrom } from '../domain/rights.ts';
import type { AccessRow } from '../store/access.ts';
import {
  selectKeyAccess,
  selectPersonAccess,
  selectSessionAccess,
  touchKey,
  touchSession,
} from '../store/access.ts';

export const keyPrefix = 'yd';

/** How long a process trusts what it read, should the event of a change not reach it (another process's command). */
const TRUST_MS = 5_000;
const MOST_KEPT = 20_000;
/** Being in use is noted once a minute. */
const NOTE_MS = 60_000;

/** `until`: by the clock that nobody sets. */
type Kept = { actor: UserActor; until: number };
type Found = { actor: UserActor; expiresAt: Date | null };
const caches = new WeakMap<Services, Map<string, Kept>>();

function cacheOf(services: Services): Map<string, Kept> {
  const cache = caches.get(services) ?? new Map<string, Kept>();
  caches.set(services, cache);
  return cache;
}

/** Forgets what this process knows of sessions, keys and rights. */
export function forgetAccess(services: Services): void {
  caches.get(services)?.clear();
}

/** The rights that a person's roles sum up to. */
export function rightsOfAccess({ grants }: Pick<AccessRow, 'grants'>): Rights {
  return rightsFrom(
    grants.map((grant) => ({ permissions: permissionsOf(grant), teamId: grant.teamId })),
  );
}

function isDue(seenAt: Date | null): boolean {
  return seenAt === null || Date.now() - seenAt.getTime() > NOTE_MS;
}

async function remembered(
  services: Services,
  key: string,
  find: () => Promise<Found | null>,
): Promise<UserActor | null> {
  const cache = cacheOf(services);
  const kept = cache.get(key);
  if (kept && kept.until > performance.now()) return kept.actor;
  const found = await find();
  if (cache.size >= MOST_KEPT) cache.clear();
  cache.delete(key);
  if (!found) return null;
  const { actor, expiresAt } = found;
  const left = expiresAt ? expiresAt.getTime() - Date.now() : TRUST_MS;
  const until = performance.now() + Math.min(TRUST_MS, left);
  cache.set(key, { actor, until });
  return actor;
}

async function actorOfSession(services: Services, cookie: string): Promise<Found | null> {
  const db = services.database.kysely;
  const sessionId = await authOf(services).sessionIdOf(cookie);
  const row = sessionId === null ? undefined : await selectSessionAccess(db, sessionId);
  if (sessionId === null || !row?.active) return null;
  if (isDue(row.seenAt)) await touchSession(db, sessionId);
  const { userId, name, expiresAt } = row;
  const rights = rightsOfAccess(row);
  const actor = { kind: 'user', userId, name, rights, via: 'session', sessionId } as const;
  return { actor: { ...actor, keyId: null, ip: null }, expiresAt };
}

async function actorOfKey(services: Services, keyHash: string): Promise<Found | null> {
  const db = services.database.kysely;
  const row = await selectKeyAccess(db, keyHash);
  if (!row?.works || !row.active) return null;
  if (isDue(row.seenAt)) await touchKey(db, row.keyId);
  const { userId, name, keyId, expiresAt } = row;
  const rights = limitTo(rightsOfAccess(row), row.scopes.filter(isPermission));
  const actor = { kind: 'user', userId, name, rights, via: 'key', keyId } as const;
  return { actor: { ...actor, sessionId: null, ip: null }, expiresAt };
}

/**
 * Somebody as they may act at this moment, for what they ordered to be done later on; null when they are unknown or no
 * longer active.
 */
export async function actorOfPerson(ctx: Ctx, userId: string): Promise<UserActor | null> {
  const row = await selectPersonAccess(ctx.db, userId);
  if (!row?.active) return null;
  const rights = rightsOfAccess(row);
  const { name } = row;
  return {
    kind: 'user',
    userId,
    name,
    rights,
    via: 'command',
    sessionId: null,
    keyId: null,
    ip: null,
  };
}

const HARMLESS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Throws unless one of our own pages made the request: a cookie alone proves nothing about who wanted it. */
export function requireOwnPage(
  { headers, method }: Pick<Credentials, 'headers' | 'method'>,
  { config }: Services,
): void {
  if (HARMLESS.has(method)) return;
  const fetchSite = headers['sec-fetch-site'];
  const source = {
    origin: headers.origin,
    fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
    host: headers.host,
  };
  if (!isOwnPage(source, config.baseUrl)) throw new Problem('request.origin_refused');
}

/** People in a browser, known by the session cookie. */
export const sessionAuthenticator: Authenticator = async (credentials, services) => {
  if (credentials.token !== null) return null;
  const cookie = sessionCookieOf(services, credentials.headers.cookie);
  if (cookie === null) return null;
  const actor = await remembered(services, `session ${cookie}`, () =>
    actorOfSession(services, cookie),
  );
  if (!actor) return null;
  requireOwnPage(credentials, services);
  return { ...actor, ip: credentials.ip };
};

/** Programs, known by `Authorization: Bearer yd_…`. */
export const keyAuthenticator: Authenticator = async (credentials, services) => {
  const { token, ip } = credentials;
  if (!token?.startsWith(`${keyPrefix}_`)) return null;
  const hash = hashKey(token);
  const actor = await remembered(services, `key ${hash}`, () => actorOfKey(services, hash));
  if (!actor) throw new Problem('auth.token_invalid');
  return { ...actor, ip };
};
