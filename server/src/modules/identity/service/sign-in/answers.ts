import type { ProblemCode } from '@yingda/contract';
import { z } from 'zod';
import { Problem } from '../../../../kernel/problem.ts';

/** The library's codes in the product's words. */
const codes: Record<string, ProblemCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'auth.wrong_credentials',
  INVALID_EMAIL: 'auth.wrong_credentials',
  USER_NOT_FOUND: 'auth.wrong_credentials',
  ACCOUNT_DISABLED: 'auth.account_disabled',
  PASSWORD_TOO_SHORT: 'auth.password_weak',
  PASSWORD_TOO_LONG: 'auth.password_weak',
  INVALID_PASSWORD: 'sign_in.invalid_password',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'sign_in.credential_account_not_found',
  INVALID_TOKEN: 'sign_in.invalid_token',
  TOKEN_EXPIRED: 'sign_in.invalid_token',
  INVALID_CODE: 'sign_in.invalid_code',
  INVALID_BACKUP_CODE: 'sign_in.invalid_backup_code',
  INVALID_TWO_FACTOR_COOKIE: 'sign_in.invalid_two_factor_cookie',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'sign_in.too_many_attempts_request_new_code',
  ACCOUNT_TEMPORARILY_LOCKED: 'sign_in.account_temporarily_locked',
  TOTP_ALREADY_ENABLED: 'sign_in.totp_already_enabled',
  TOTP_NOT_ENABLED: 'sign_in.totp_not_enabled',
  TWO_FACTOR_NOT_ENABLED: 'sign_in.totp_not_enabled',
  BACKUP_CODES_NOT_ENABLED: 'sign_in.totp_not_enabled',
  PASSKEY_NOT_FOUND: 'sign_in.passkey_not_found',
  AUTHENTICATION_FAILED: 'sign_in.authentication_failed',
  FAILED_TO_VERIFY_REGISTRATION: 'sign_in.authentication_failed',
  CHALLENGE_NOT_FOUND: 'sign_in.authentication_failed',
  SESSION_EXPIRED: 'sign_in.session_not_fresh',
  SESSION_NOT_FRESH: 'sign_in.session_not_fresh',
  UNAUTHORIZED: 'auth.signed_out',
  SESSION_REQUIRED: 'auth.signed_out',
  INVALID_ORIGIN: 'request.origin_refused',
  MISSING_OR_NULL_ORIGIN: 'request.origin_refused',
  INVALID_CALLBACK_URL: 'request.origin_refused',
  INVALID_REDIRECT_URL: 'request.origin_refused',
  INVALID_ERROR_CALLBACK_URL: 'request.origin_refused',
  INVALID_NEW_USER_CALLBACK_URL: 'request.origin_refused',
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: 'request.origin_refused',
  RESET_PASSWORD_DISABLED: 'mail.not_configured',
  PROVIDER_NOT_FOUND: 'sign_in.provider_not_found',
};

/** A refusal of the library as our problem; what it does not explain becomes an unexplained error of ours. */
export function problemOf(status: number, code: string | undefined): Problem {
  const known = code === undefined ? undefined : codes[code];
  if (known) return new Problem(known);
  if (status === 429) return new Problem('request.too_many');
  if (status === 401) return new Problem('auth.signed_out');
  if (status === 404) return new Problem('request.not_found');
  if (status < 500)
    return new Problem('request.invalid', { faults: [{ path: '', kind: 'custom' }] });
  return new Problem('server.unexpected', { cause: new Error(`sign-in: ${code ?? status}`) });
}

const Refusal = z.object({ code: z.string().optional() }).catch({});

/** The code in the body of a refusal, if it says one. */
export async function codeOf(response: Response): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => ({}));
  return Refusal.parse(body).code;
}

const Answer = z
  .looseObject({ session: z.looseObject({}).optional(), user: z.looseObject({}).optional() })
  .or(z.array(z.unknown()))
  .nullable()
  .catch(null);

/**
 * The body of an answer without session tokens: the cookie holds them, out of reach of scripts. Null when there is no
 * body.
 */
export async function bodyWithoutTokens(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return null;
  const body = Answer.parse(JSON.parse(text));
  if (body === null || Array.isArray(body)) return body;
  const { token: _, session, ...rest } = body;
  if (session === undefined) return rest;
  const { token: __, ...shown } = session;
  return { ...rest, session: shown };
}
