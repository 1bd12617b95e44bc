import type { IncomingHttpHeaders } from 'node:http';
import { APIError } from 'better-auth/api';
import { Uuid } from '@yingda/contract';
import { z } from 'zod';
import { Problem } from '../../../../kernel/problem.ts';
import type { Ctx } from '../../../../platform/ctx.ts';
import { addressHeader, authPath } from '../../adapters/better-auth.ts';
import { mustWait } from '../../domain/sign-in-limits.ts';
import { countFailures } from '../../store/audit.ts';
import { selectPerson } from '../../store/people.ts';
import { requireOwnPage, sessionAuthenticator } from '../access.ts';
import { requireGoodPassword } from '../passwords.ts';
import { bodyWithoutTokens, codeOf, problemOf } from './answers.ts';
import { authOf, sessionCookieOf } from './library.ts';
import type { SignInCall } from './log.ts';
import { noteRefusal, noteSuccess, readBefore, triedEmail } from './log.ts';
import { isOpen, needsSingleSignOn, proofs } from './paths.ts';

export type SignInRequest = {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: unknown;
  ip: string;
};
export type SignInAnswer = {
  status: number;
  location: string | null;
  cookies: string[];
  body: unknown;
};

const Body = z.record(z.string(), z.unknown()).catch({});

/** Browsers must be on our own page; programs without cookies (which no other page can make them send) may sign in too. */
function requireSource(ctx: Ctx, { headers, method }: SignInRequest): void {
  const isBrowser =
    headers.origin !== undefined ||
    headers['sec-fetch-site'] !== undefined ||
    headers.cookie !== undefined;
  if (isBrowser) requireOwnPage({ headers, method }, ctx.services);
}

/** Our own rules, before the library sees the call. */
async function checkCall(ctx: Ctx, { path, body, before, ip }: SignInCall): Promise<void> {
  const { newPassword, id } = body;
  if (typeof newPassword === 'string') {
    const email = before ? await emailOf(ctx, before.userId) : '';
    requireGoodPassword(newPassword, email);
  }
  if (/^\/passkey\/(delete|update)-/.test(path) && !Uuid.safeParse(id).success) {
    throw new Problem('request.invalid', { faults: [{ path: 'id', kind: 'invalid_format' }] });
  }
  if (!(path in proofs) || before !== null || !ctx.services.config.rateLimit) return;
  const email = triedEmail({ body });
  if (mustWait(await countFailures(ctx.db, { email, ip }))) throw new Problem('request.too_many');
}

async function emailOf(ctx: Ctx, userId: string): Promise<string> {
  return (await selectPerson(ctx.db, userId))?.email ?? '';
}

const passedOn = ['cookie', 'user-agent', 'accept-language', 'referer', 'sec-fetch-site'] as const;

/** The request as the library takes it. Its origin, checked already, is given as the one the library knows. */
function requestFor(ctx: Ctx, { method, url, headers, ip }: SignInRequest, body: object): Request {
  const { baseUrl } = ctx.services.config;
  const made = new Headers({ [addressHeader]: ip });
  for (const name of passedOn) {
    const value = headers[name];
    if (typeof value === 'string') made.set(name, value);
  }
  if (method === 'GET') return new Request(new URL(url, baseUrl), { headers: made });
  made.set('origin', baseUrl);
  made.set('content-type', 'application/json');
  return new Request(new URL(url, baseUrl), {
    method,
    headers: made,
    body: JSON.stringify(body),
  });
}

/** Calls the library; what it refuses, thrown or answered, comes back as its code. */
async function call(
  ctx: Ctx,
  path: string,
  request: Request,
): Promise<{ response: Response } | { status: number; code: string | undefined }> {
  try {
    const response = await authOf(ctx.services, needsSingleSignOn(path)).handle(request);
    if (response.status < 400) return { response };
    return { status: response.status, code: await codeOf(response) };
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    return { status: error.statusCode, code: error.body?.code };
  }
}

async function startedSession(ctx: Ctx, cookies: string[]): Promise<string | null> {
  for (const cookie of cookies) {
    const value = sessionCookieOf(ctx.services, cookie);
    if (value) return authOf(ctx.services).sessionIdOf(value);
  }
  return null;
}

/** A single sign-on that failed comes back as a redirect that says why. */
function refusalIn(location: string | null, baseUrl: string): string | null {
  if (location === null) return null;
  return URL.parse(location, baseUrl)?.searchParams.get('error') ?? null;
}

/** Answers one request to the sign-in library: checked before, noted after, in the product's own codes. */
export async function answerSignIn(ctx: Ctx, request: SignInRequest): Promise<SignInAnswer> {
  const { method, url, headers, ip } = request;
  const { pathname } = new URL(url, ctx.services.config.baseUrl);
  const path = pathname.slice(authPath.length);
  if (!isOpen(path, method)) throw new Problem('request.not_found');
  requireSource(ctx, request);
  const actor = await sessionAuthenticator({ headers, token: null, ip, method }, ctx.services);
  const before = actor?.kind === 'user' ? actor : null;
  const body = Body.parse(request.body ?? {});
  const signIn: SignInCall = { path, body, ip, before };
  await checkCall(ctx, signIn);
  const was = await readBefore(ctx, signIn);
  const result = await call(ctx, path, requestFor(ctx, request, body));
  if (!('response' in result)) {
    const problem = problemOf(result.status, result.code);
    if (problem.status < 500) await noteRefusal(ctx, signIn, problem.code);
    throw problem;
  }
  const { response } = result;
  const cookies = response.headers.getSetCookie();
  const location = response.headers.get('location');
  const refusal =
    path === '/callback/oidc' ? refusalIn(location, ctx.services.config.baseUrl) : null;
  if (refusal !== null) await noteRefusal(ctx, signIn, refusal);
  else {
    const started = await startedSession(ctx, cookies);
    await noteSuccess(ctx, signIn, { was, startedSession: started });
  }
  return { status: response.status, location, cookies, body: await bodyWithoutTokens(response) };
}
