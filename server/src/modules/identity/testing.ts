import type { BuiltInRole } from '@yingda/contract';
import { newId } from '../../kernel/ids.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { sessionCookieName } from './adapters/better-auth.ts';
import { createPerson as makePerson } from './service/founding.ts';
import { authOf } from './service/sign-in/library.ts';

/** A person with everything filled in that the test is not about. */
export function createPerson(
  ctx: Ctx,
  options: {
    role?: BuiltInRole;
    /** The team the role is held for; null: for all. */
    teamId?: string | null;
    teamIds?: string[];
    name?: string;
    email?: string;
    password?: string;
  } = {},
): Promise<{ userId: string; name: string }> {
  const { role = 'agent', teamId = null, teamIds = [], password } = options;
  const id = newId().slice(-12);
  const { name = `Person ${id}`, email = `person-${id}@example.com` } = options;
  return makePerson(ctx, { name, email, password, teamIds, roles: [{ role, teamId }] });
}

/** Signs the person in without a password; the value of the Cookie header. */
export async function createSessionToken(ctx: Ctx, userId: string): Promise<string> {
  const value = await authOf(ctx.services).startSession(userId);
  return `${sessionCookieName(ctx.services.config)}=${value}`;
}

type Injected = { statusCode: number; body: string; headers: Record<string, unknown> };
type Doors = {
  inject(options: {
    method: 'GET' | 'POST';
    url: string;
    headers: Record<string, string>;
    payload?: object;
  }): Promise<Injected>;
};
export type Answered = {
  status: number;
  body: Record<string, unknown>;
  location: string | null;
  cookies: string[];
};

/** A browser without a screen: keeps its cookies and says where its requests come from. */
export type Browser = {
  headers(): Record<string, string>;
  get(url: string): Promise<Answered>;
  post(url: string, body?: object, headers?: Record<string, string>): Promise<Answered>;
  signIn(email: string, password: string): Promise<Answered>;
};

export function openBrowser(doors: Doors, origin: string): Browser {
  const jar = new Map<string, string>();
  const headers = (): Record<string, string> => ({
    origin,
    'user-agent': 'Test browser',
    ...(jar.size > 0 && {
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    }),
  });
  function keep(cookies: string[]): void {
    for (const cookie of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /max-age=0\b/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
  }
  async function send(options: Parameters<Doors['inject']>[0]): Promise<Answered> {
    const answer = await doors.inject(options);
    const cookies = [answer.headers['set-cookie'] ?? []].flat().map(String);
    keep(cookies);
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      body: answer.body === '' ? {} : (JSON.parse(answer.body) as Record<string, unknown>),
      location: typeof location === 'string' ? location : null,
      cookies,
    };
  }
  const post: Browser['post'] = (url, body = {}, more = {}) =>
    send({ method: 'POST', url, headers: { ...headers(), ...more }, payload: body });
  return {
    headers,
    get: (url) => send({ method: 'GET', url, headers: headers() }),
    post,
    signIn: (email, password) => post('/api/auth/sign-in/email', { email, password }),
  };
}
